import type { EscapeMethod } from "../../src/lab/contract/chains.ts";
import type { DiffusionProcess } from "../../src/lab/contract/diffusion.ts";
import { chainWeights } from "../../src/lab/draws/chain-weights.ts";
import { type Chain, type Initialisation, xavierNormal, xavierUniform } from "../../src/lab/networks/network.ts";
import { chainEscapes } from "../../src/lab/reference/chains/chain-escapes.ts";
import { chainHessians } from "../../src/lab/reference/chains/chain-hessian.ts";
import { diffusionExits } from "../../src/lab/reference/diffusion-exits.ts";
import type { StreamRange } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";

/** Speed of neural chains and of their dynamics. */

/** Replicates a call: enough to pay for opening streams, few enough for a hundred calls a second. */
const REPLICATES = 8;

/** Work on fresh streams, so that no call repeats another's branches. */
const onStreams = (name: string, unit: string, work: (streams: StreamRange) => number): SpeedCase => ({
  name,
  unit,
  open: () => (call) => work({ key: [1, 2, 3, 4], first: call * REPLICATES, count: REPLICATES }),
});

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

const escapes = (depth: number, method: EscapeMethod): SpeedCase =>
  onStreams(`escape by ${method.name}, L = ${depth}`, "chains", (streams) => {
    return chainEscapes({ network: chain(depth, xavierUniform), method, streams }).times.length;
  });

export const cases: readonly SpeedCase[] = [
  ...[xavierUniform, xavierNormal].map((init) =>
    onStreams(`${init.law} weights, L = 128`, "weights", (streams) => {
      return chainWeights({ network: chain(128, init), streams }).length;
    }),
  ),
  ...[80, 160].map((depth) =>
    onStreams(`spectrum of the Hessian, L = ${depth}`, "chains", (streams) => {
      return chainHessians({ network: chain(depth, xavierUniform), target: 1, streams }).sign.length;
    }),
  ),
  ...[1, 5].map((directions) =>
    onStreams(
      `diffusion, ${directions} ${directions === 1 ? "direction" : "directions"}, kappa = 100`,
      "steps",
      (streams) => sum(diffusionExits({ process: diffusion(directions), streams }).times),
    ),
  ),
  escapes(80, { name: "gradient-flow" }),
  escapes(160, { name: "gradient-flow" }),
  escapes(80, { name: "sign-descent", rate: 0.002, maxSteps: 5000 }),
  escapes(160, { name: "sign-descent", rate: 0.0005, maxSteps: 20_000 }),
  escapes(20, { name: "gradient-descent", rate: 0.02, maxSteps: 4000 }),
];
