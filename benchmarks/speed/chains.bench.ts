import { Bench } from "tinybench";
import { chainEscapes, type EscapeMethod } from "../../src/networks/chain-escapes.ts";
import { chainHessians } from "../../src/networks/chain-hessian.ts";
import { chainWeights } from "../../src/networks/chain-weights.ts";
import { type DiffusionProcess, diffusionExits } from "../../src/networks/diffusion-exits.ts";
import { type Chain, type Initialisation, xavierNormal, xavierUniform } from "../../src/networks/network.ts";
import type { StreamRange } from "../../src/numerics/stream.ts";

/** Speed of neural chains and of their dynamics: `node dist/benchmarks/speed/chains.bench.js`. Prints units a second. */

interface Speed {
  readonly name: string;
  readonly unit: string;
  /** Does the work on fresh streams, so that no call repeats another's branches, and returns the units of work done. */
  readonly work: (streams: StreamRange) => number;
}

const chain = (depth: number, init: Initialisation): Chain => ({ kind: "chain", depth, activation: "linear", init });
const diffusion = (directions: number): DiffusionProcess => ({
  curvature: 0.01,
  noise: 0.01,
  rate: 1,
  radius: 1,
  directions,
  start: "origin",
  maxSteps: 100_000,
});
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

const escapes = (depth: number, method: EscapeMethod): Speed => ({
  name: `escape by ${method.name}, L = ${depth}`,
  unit: "chains",
  work: (streams) => chainEscapes({ network: chain(depth, xavierUniform), method, streams }).times.length,
});

const speeds: readonly Speed[] = [
  ...[xavierUniform, xavierNormal].map((init) => ({
    name: `${init.law} weights, L = 128`,
    unit: "weights",
    work: (streams: StreamRange) => chainWeights({ network: chain(128, init), streams }).length,
  })),
  ...[80, 160].map((depth) => ({
    name: `spectrum of the Hessian, L = ${depth}`,
    unit: "chains",
    work: (streams: StreamRange) =>
      chainHessians({ network: chain(depth, xavierUniform), target: 1, streams }).sign.length,
  })),
  ...[1, 5].map((directions) => ({
    name: `diffusion, ${directions} ${directions === 1 ? "direction" : "directions"}, kappa = 100`,
    unit: "steps",
    work: (streams: StreamRange) => sum(diffusionExits({ process: diffusion(directions), streams }).times),
  })),
  escapes(80, { name: "gradient-flow" }),
  escapes(160, { name: "gradient-flow" }),
  escapes(80, { name: "sign-descent", rate: 0.002, maxSteps: 5000 }),
  escapes(160, { name: "sign-descent", rate: 0.0005, maxSteps: 20_000 }),
  escapes(20, { name: "gradient-descent", rate: 0.02, maxSteps: 4000 }),
];

/** Replicates a call: enough to pay for opening streams, few enough for a hundred calls a second. */
const REPLICATES = 8;

for (const speed of speeds) {
  const { perSecond, spread } = await measure(speed);
  const rate = `${perSecond.toPrecision(3)} ${speed.unit}/s`;
  process.stdout.write(`${speed.name.padEnd(42)} ${rate.padStart(22)}  +-${(100 * spread).toFixed(1)}%\n`);
}

/** Units done over time taken, all calls together; the spread is tinybench's relative margin of error of the mean latency. */
async function measure(speed: Speed): Promise<{ readonly perSecond: number; readonly spread: number }> {
  const bench = new Bench({ time: 500, warmupTime: 100 });
  let first = 0;
  let units = 0;
  let calls = 0;
  bench.add(speed.name, () => {
    units += speed.work({ key: [1, 2, 3, 4], first, count: REPLICATES });
    first += REPLICATES;
    calls++;
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== "completed") throw new Error(`${speed.name} requires a completed run, got ${result?.state}`);
  return { perSecond: (units / calls / result.latency.mean) * 1000, spread: result.latency.rme / 100 };
}
