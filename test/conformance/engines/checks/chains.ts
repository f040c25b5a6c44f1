import type { Chain } from "../../../../src/lab/networks/network.ts";
import { xavierNormal, xavierUniform } from "../../../../src/lab/networks/network.ts";
import { openStream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";
import { type Arithmetic, arraysDiffer, type Check, differs } from "../check.ts";
import { KEY, streamsOf, student2 } from "../fixtures.ts";
import {
  chainGradient,
  chainHessian,
  chainPath,
  flowTime,
  jacobiEigenvalues,
  productBut,
  stepsToHalf,
} from "../naive/chains.ts";
import { drawMatrix } from "../naive/draws.ts";
import { nameOf, optimisers } from "../naive/optimiser.ts";

const FIRST = 11;
const CHAINS = 10;
const linear = (depth: number, init: Chain["init"]): Chain => ({ kind: "chain", depth, activation: "linear", init });

const examples: readonly (readonly [string, Chain])[] = [
  ["1 long", linear(1, xavierUniform)],
  ["2 long", linear(2, xavierNormal)],
  ["7 long, normal", linear(7, xavierNormal)],
  ["8 long, uniform", linear(8, { law: "uniform", gain: 2, fan: "in" })],
  ["5 long, Student 2", linear(5, student2)],
];

function naiveChain({ depth, init }: Chain, replicate: number): readonly number[] {
  const stream = openStream(KEY, replicate, LANES.weights);
  return Array.from({ length: depth }, () => drawMatrix(init, 1, 1, stream)[0]![0]!);
}

const rows = Array.from({ length: CHAINS }, (_, row) => row);

/**
 * Entries of the Hessian have a relative error of some 2 depth units and those of the draws; an eigenvalue moves by at most the
 * norm of that matrix of errors, depth times the largest entry, and the eigenvalue solver's own error is of that size, too.
 */
const hessians: readonly Check[] = examples.flatMap(([name, network]) =>
  [1, 0, -0.7].map((target) => ({
    name: `Hessians of chains ${name}, target ${target}: Jacobi's rotations of D1`,
    operations: ["chainHessians"],
    violations: (engine, { unit, draw }) => {
      const found = engine.chainHessians({ network, target, streams: streamsOf(CHAINS, FIRST) });
      return rows.flatMap((row) => {
        const weights = naiveChain(network, FIRST + row);
        const eigenvalues = jacobiEigenvalues(chainHessian(weights, target));
        const largest = Math.max(...eigenvalues.map(Math.abs));
        const error = 16 * network.depth ** 2 * (unit + draw) * cancellation(weights, target);
        const product = productBut(weights);
        const gradient = Math.hypot(...chainGradient(weights, target));
        const clear = eigenvalues.every((value) => Math.abs(value) > 4 * error * largest);
        return [
          ...differs(`logNorm[${row}]`, found.logNorm[row]!, Math.log(largest), error + 32 * unit),
          ...differs(`logGradient[${row}]`, found.logGradient[row]!, Math.log(gradient), error + 32 * unit),
          ...differs(`logProduct[${row}]`, found.logProduct[row]!, Math.log(Math.abs(product)), error + 32 * unit),
          ...differs(`sign[${row}]`, found.sign[row]!, Math.sign(product), 0),
          ...(clear
            ? differs(`negatives[${row}]`, found.negatives[row]!, eigenvalues.filter((x) => x < 0).length, 0)
            : []),
        ];
      });
    },
  })),
);

/** f - target loses as many digits as the two share. */
function cancellation(weights: readonly number[], target: number): number {
  const product = productBut(weights);
  return 1 + (Math.abs(product) + Math.abs(target)) / Math.abs(product - target);
}

const TIMED = linear(4, { law: "uniform", gain: 2, fan: "in" });

/** The quadrature's own bound is 1e-8; steps of 1e-3 of fourth order add less. */
const flow: Check = {
  name: "gradient flow of chains: the differential equation solved in small steps",
  operations: ["chainEscapes"],
  violations: (engine, { draw }) => {
    const { times } = engine.chainEscapes({
      network: TIMED,
      method: { name: "gradient-flow" },
      streams: streamsOf(CHAINS, FIRST),
    });
    return rows.flatMap((row) => {
      const time = flowTime(naiveChain(TIMED, FIRST + row), 1e-3, 40);
      if (time === Infinity) return times[row]! > 40 ? [] : [`times[${row}]: ${times[row]} instead of more than 40`];
      return differs(`times[${row}]`, times[row]!, time, (2e-8 + 64 * draw) * Math.max(1, time));
    });
  },
};

/** A method in discrete steps takes the same number of them, except where rounding decides whether a half was reached. */
const escapes: readonly Check[] = optimisers.map((optimiser) => ({
  name: `escapes of chains by ${nameOf(optimiser)}: steps counted one by one`,
  operations: ["chainEscapes"],
  violations: (engine, { unit, draw }) => {
    const maxSteps = 60;
    const { times } = engine.chainEscapes({
      network: TIMED,
      method: { ...optimiser, maxSteps },
      streams: streamsOf(CHAINS, FIRST),
    });
    return rows.flatMap((row) => {
      const start = naiveChain(TIMED, FIRST + row);
      const steps = stepsToHalf(start, optimiser, maxSteps);
      const path = chainPath(start, { optimiser, target: 1, lossScale: 1, steps: maxSteps });
      const near = path.some((weights) => Math.abs(productBut(weights) - 0.5) < 1e5 * (unit + draw));
      return near ? [] : differs(`times[${row}]`, times[row]! / optimiser.rate, steps, 1e-9 * maxSteps);
    });
  },
}));

const STEPS = 6;

/**
 * A step of an optimiser has some 20 roundings and those of the gradient's products; the map from weights to weights of these
 * small steps stretches errors by little (at most 1 + rate times the curvature, below 2 a step here).
 */
const trajectoryBound = (depth: number, { unit, draw }: Arithmetic): number =>
  2 ** STEPS * (STEPS * (2 * depth + 20) * unit + draw);

const trajectories: readonly Check[] = optimisers.flatMap((optimiser) =>
  [1, 4, 5].map((depth) => ({
    name: `trajectories of chains ${depth} long by ${nameOf(optimiser)}: a scalar oracle`,
    operations: ["chainTrajectories"],
    violations: (engine, arithmetic) => {
      const network = linear(depth, { law: "uniform", gain: 1, fan: "in" });
      const request = { network, optimiser, target: 1.5, lossScale: 0.75, steps: STEPS, recordEvery: 2 };
      const found = engine.chainTrajectories({ ...request, streams: streamsOf(CHAINS, FIRST) });
      const paths = rows.map((row) => chainPath(naiveChain(network, FIRST + row), request));
      const outputs = paths.flatMap((path) =>
        path.filter((_, step) => step % 2 === 0).map((weights) => productBut(weights)),
      );
      const bound = 8 * trajectoryBound(depth, arithmetic);
      return [
        ...arraysDiffer(
          "weights",
          found.weights,
          paths.flatMap((path) => path[STEPS]!),
          bound,
        ),
        ...arraysDiffer("outputs", found.outputs, outputs, 4 * bound),
        ...arraysDiffer(
          "losses",
          found.losses,
          outputs.map((output) => 0.75 * 0.5 * (output - 1.5) ** 2),
          16 * bound,
        ),
      ];
    },
  })),
);

export const chains: readonly Check[] = [...hessians, flow, ...escapes, ...trajectories];
