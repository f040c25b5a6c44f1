import { median } from "simple-statistics";
import type { Rates } from "../claim/experiment.ts";
import type { Dataset } from "../numerics/dataset.ts";
import type { StreamRange } from "../numerics/stream.ts";
import type { Engine } from "./contract/engine.ts";
import type { Mlp } from "./networks/network.ts";
import { reference } from "./reference/about.ts";

/**
 * Measures this machine through the engine, in about half a second. A network's forward pass costs as many draws as
 * multiply-adds, a batch of 64 pictures the same draws and 64 times the multiply-adds: two equations for two rates. Rates
 * never come out below a tenth of the committed ones, so that a jump of the clock cannot predict nothing. `clock` gives seconds.
 */
export function fitRates(engine: Engine, clock: () => number): Rates {
  const network = layers(WIDTH, DEPTH);
  const weights = DEPTH * WIDTH * WIDTH;
  const data = gradient(WIDTH, BATCH);
  const forward = timed(clock, 6, (streams) => engine.propagate({ network, input: { law: "sphere" }, streams }));
  const batch = timed(clock, 3, (streams) => engine.propagateBatch({ network, batch: BATCH, data, streams }));
  const replicate = timed(clock, 2000, (streams) => engine.chainWeights({ network: chain(1), streams }));
  const multiplyAdd = (batch - forward) / ((BATCH - 1) * weights);
  const draw = forward / weights - multiplyAdd;
  return {
    draw: atLeastTenth("draw", draw),
    multiplyAdd: atLeastTenth("multiplyAdd", multiplyAdd),
    // A Gaussian pair is a logarithm, a sine and a cosine besides the generator: the two speeds rise and fall together.
    transcendental: REFERENCE.transcendental * (atLeastTenth("draw", draw) / REFERENCE.draw),
    replicate: atLeastTenth("replicate", replicate),
  };
}

const REFERENCE = reference.rates!;
const WIDTH = 128;
const DEPTH = 8;
const BATCH = 64;

function atLeastTenth(rate: keyof Rates, measured: number): number {
  return Math.max(measured, REFERENCE[rate] / 10);
}

/** Seconds a replicate, median of five after one run that warms up the compiler. */
function timed(clock: () => number, count: number, work: (streams: StreamRange) => unknown): number {
  const seconds: number[] = [];
  for (let trial = 0; trial < 6; trial++) {
    const start = clock();
    work({ key: [1, 2, 3, 4], first: trial * count, count });
    if (trial > 0) seconds.push((clock() - start) / count);
  }
  return median(seconds);
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
