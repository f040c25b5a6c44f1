import { Bench } from "tinybench";
import { eigenvaluesOfDiagonalPlusRankOne } from "../../src/numerics/diagonal-plus-rank-one.ts";
import { exp, log } from "../../src/numerics/elementary.ts";
import { applyHaar, fillHaar } from "../../src/numerics/haar.ts";
import { fillGaussian, fillRademacher, fillUniform, openStream } from "../../src/numerics/random.ts";
import { symmetricEigenvalues } from "../../src/numerics/symmetric-eigenvalues.ts";

/** Small enough for the second cache, large enough that a call costs nothing beside its values. */
const VALUES = 10_000;
const DIMENSION = 64;

const stream = openStream([1, 2, 3, 4], 0, 0);
const values = new Float64Array(VALUES);
const inputs = new Float64Array(VALUES);
fillUniform(stream, inputs, 0, VALUES);
const square = new Float64Array(DIMENSION * DIMENSION);
const diagonal = new Float64Array(DIMENSION);
const vector = new Float64Array(DIMENSION);
fillGaussian(stream, diagonal, 0, DIMENSION);
fillGaussian(stream, vector, 0, DIMENSION);
const dense = Float64Array.from({ length: DIMENSION * DIMENSION }, (_, at) => {
  const [i, j] = [Math.floor(at / DIMENSION), at % DIMENSION];
  return vector[i]! * vector[j]! + (i === j ? diagonal[i]! : 0);
});

/** What is timed, and how many of its units one call makes. */
const tasks: readonly (readonly [name: string, units: number, run: () => void])[] = [
  ["normals", VALUES, () => fillGaussian(stream, values, 0, VALUES)],
  ["uniforms", VALUES, () => fillUniform(stream, values, 0, VALUES)],
  ["signs", VALUES, () => fillRademacher(stream, values, 0, VALUES)],
  ["log", VALUES, () => map(log)],
  ["exp", VALUES, () => map(exp)],
  ["streams opened", 1, () => openStream([1, 2, 3, 4], 0, 0)],
  ["vectors turned by Haar, n = 64", 1, () => applyHaar(stream, vector, 0, DIMENSION)],
  ["Haar matrices, n = 64", 1, () => fillHaar(stream, square, DIMENSION)],
  ["spectra, dense, n = 64", 1, () => symmetricEigenvalues(dense, DIMENSION)],
  ["spectra, diagonal plus rank one, n = 64", 1, () => eigenvaluesOfDiagonalPlusRankOne(diagonal, 1, vector)],
];

const bench = new Bench({ time: 300, warmupTime: 100 });
for (const [name, , run] of tasks) bench.add(name, run);
await bench.run();

console.table(
  tasks.map(([name, units]) => {
    const result = bench.getTask(name)?.result;
    if (result?.state !== "completed") throw new Error(`${name} requires a completed timing, got ${result?.state}`);
    const { p50, rme } = result.latency;
    return { what: name, "per second": Math.round((units / p50) * 1000), "± %": Number(rme.toFixed(1)) };
  }),
);

function map(transform: (x: number) => number): void {
  for (let i = 0; i < VALUES; i++) values[i] = transform(inputs[i]!);
}
