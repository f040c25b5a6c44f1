import { fillGaussian, nextUniform, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";

/** Draws for simulations in tests: the same for the same seed. */
export interface Draws {
  readonly uniform: () => number;
  /** Standard exponential, -ln U. */
  readonly exponential: () => number;
  readonly normals: (count: number) => Float64Array;
  /** `count` values of a law given by its sampler. */
  readonly sample: (count: number, draw: () => number) => Float64Array;
}

export function seededDraws(seed: number): Draws {
  const stream = openStream([seed, 0, 0, 0], 0, LANES.weights);
  const normalStream = openStream([seed, 0, 0, 0], 1, LANES.weights);
  const uniform = (): number => nextUniform(stream);
  return {
    uniform,
    exponential: () => -Math.log(uniform()),
    normals: (count) => {
      const values = new Float64Array(count);
      fillGaussian(normalStream, values, 0, count);
      return values;
    },
    sample: (count, draw) => {
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = draw();
      return values;
    },
  };
}

/**
 * Events among independent trials of this probability that only a defect exceeds: the mean and five standard deviations
 * (Poisson tail below 1e-4 at a mean of 10, 1e-6 at 100; the draws are seeded, so that no test fails by chance).
 */
export function mostEvents(trials: number, probability: number): number {
  return trials * probability + 5 * Math.sqrt(trials * probability);
}
