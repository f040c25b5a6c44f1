import { commandExperiment } from "plateau";

/**
 * Whether a random matrix of `to` rows keeps the squared norm of a unit vector within one half of it. Entries are independent
 * Gaussians of variance `scale / to`. A Python program draws them: one replicate is one matrix, from a seed of its own.
 */
export function randomProjection(to = 64, scale = 1) {
  return commandExperiment({
    name: "random-projection",
    module: import.meta.url,
    argv: ["python3", "benchmarks/random_projection.py"],
    // what the numbers depend on: change a file or a version, and they are computed again
    files: ["benchmarks/random_projection.py", "requirements.txt"],
    versions: [
      ["python3", "--version"],
      ["python3", "-c", "import numpy; print(numpy.__version__)"],
    ],
    cell: { to, scale },
    measures: {
      preserved: {
        kind: "bounded",
        range: [0, 1],
        description: "1 where the squared norm of the projected vector is within one half of 1",
      },
    },
    seconds: 0.0002, // of one replicate, measured: for plans and time limits
  });
}
