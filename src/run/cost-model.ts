import type { Cost } from "../claim/experiment.ts";
import type { Engine } from "../engines/engine.ts";
import type { Mlp } from "../networks/network.ts";
import type { Dataset } from "../numerics/dataset.ts";
import type { StreamRange } from "../numerics/stream.ts";

/** Seconds on one core for one unit of each kind of work. */
export interface Rates {
  readonly draw: number;
  readonly multiplyAdd: number;
  readonly transcendental: number;
  /** A replicate's fixed part: opening streams, calls. */
  readonly replicate: number;
}

/** Seconds that `replicates` of that cost take on one core. */
export function secondsOf(cost: Cost, replicates: number, rates: Rates): number {
  const work =
    cost.draws * rates.draw +
    cost.multiplyAdds * rates.multiplyAdd +
    (cost.transcendentals ?? 0) * rates.transcendental +
    rates.replicate;
  return replicates * work;
}

/**
 * Measured with `fitRates` on two cores of an x86-64 server, Node 20.20, engine `reference`, median of 9. They size chunks
 * and time limits, which must not depend on the machine of the day; a prediction of time uses rates fitted there.
 */
export const REFERENCE_RATES: Rates = {
  draw: 3.0e-8,
  multiplyAdd: 1.2e-9,
  transcendental: 3.0e-8,
  replicate: 2.0e-6,
};

/**
 * Measures this machine through the engine, in about half a second: chains are draws, deep batches of one network are
 * multiply-adds, shallow chains of one weight are the fixed part. Rates never come out below a tenth of the committed ones,
 * so that a jump of the clock cannot predict nothing. `clock` gives seconds.
 */
export function fitRates(engine: Engine, clock: () => number): Rates {
  const replicate = timed(clock, 4000, (streams) => engine.chainWeights({ network: chain(1), streams }));
  const longChain = timed(clock, 40, (streams) => engine.chainWeights({ network: chain(4096), streams }));
  const draw = (longChain - replicate) / 4096;
  const network = layers(128, 8);
  const work = { draws: 8 * 128 * 128, multiplyAdds: 8 * 128 * 128 * 64 };
  const data = gradient(128, 64);
  const batch = timed(clock, 4, (streams) => engine.propagateBatch({ network, batch: 64, data, streams }));
  const multiplyAdd = (batch - replicate - work.draws * draw) / work.multiplyAdds;
  const slowdown = Math.max(draw / REFERENCE_RATES.draw, 0.1);
  return {
    draw: Math.max(draw, REFERENCE_RATES.draw / 10),
    multiplyAdd: Math.max(multiplyAdd, REFERENCE_RATES.multiplyAdd / 10),
    // A Gaussian draw is two own transcendentals and the generator: the two speeds rise and fall together.
    transcendental: REFERENCE_RATES.transcendental * slowdown,
    replicate: Math.max(replicate, REFERENCE_RATES.replicate / 10),
  };
}

/** Seconds a replicate, median of five after one run that warms up the compiler. */
function timed(clock: () => number, count: number, work: (streams: StreamRange) => unknown): number {
  const seconds: number[] = [];
  for (let trial = 0; trial < 6; trial++) {
    const start = clock();
    work({ key: [1, 2, 3, 4], first: trial * count, count });
    if (trial > 0) seconds.push((clock() - start) / count);
  }
  return seconds.sort((a, b) => a - b)[2]!;
}

function chain(depth: number) {
  return { kind: "chain", depth, activation: "linear", init: { law: "gaussian", gain: 1, fan: "in" } } as const;
}

function layers(width: number, depth: number): Mlp {
  const widths = new Array<number>(depth + 1).fill(width);
  return { kind: "mlp", widths, activation: "relu", init: { law: "gaussian", gain: 2, fan: "in" } };
}

/** Pictures of nothing in particular: the time does not depend on them. */
function gradient(width: number, pictures: number): Dataset {
  const images = Float64Array.from({ length: width * pictures }, (_, index) => ((index * 37) % 101) / 101 + 0.01);
  const labels = Uint8Array.from({ length: pictures }, (_, index) => index % 10);
  return { name: "timing", digest: "", width, classes: 10, images, labels };
}
