import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StreamKey } from "../../../numerics/stream.ts";
import type { ChainTrajectoryRequest, EscapeMethod } from "../../contract/chains.ts";
import { type Chain, heNormal, type Initialisation, xavierNormal, xavierUniform } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { reference } from "../../reference/engine.ts";
import { instantiate } from "../module.ts";
import { chainOperations } from "./chains.ts";

const wasm = chainOperations(instantiate("plain"));

const LAWS: readonly Initialisation[] = [
  xavierUniform,
  xavierNormal,
  heNormal,
  { law: "rademacher", gain: 1, fan: "in" },
  { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 1 },
  { law: "orthogonal", gain: 1.5, fan: "in" },
];
const NUMBERS = { rate: 0.01, epsilon: 0 };
const OPTIMISERS: readonly Optimiser[] = [
  { name: "gradient-descent", rate: 0.05 },
  { name: "momentum", rate: 0.02, momentum: 0.9 },
  { name: "sign-descent", rate: 0.01 },
  // Weights of +1 and -1 reach exactly 0.
  { name: "sign-descent", rate: 0.125 },
  { name: "normalised-descent", ...NUMBERS },
  { name: "normalised-descent", ...NUMBERS, epsilon: 1e-3 },
  { name: "clipped-descent", rate: 0.05, threshold: 0.1 },
  { name: "rmsprop", ...NUMBERS, decay: 0.9 },
  { name: "rmsprop", ...NUMBERS, decay: 0.99, epsilon: 1e-6 },
  { name: "adam", ...NUMBERS, beta1: 0.9, beta2: 0.99 },
  { name: "adam", ...NUMBERS, beta1: 0, beta2: 0.5, epsilon: 1e-8 },
  { name: "adagrad", ...NUMBERS },
  { name: "adagrad", ...NUMBERS, epsilon: 1e-7 },
];
/** One chain alone, odd and even lengths for what goes two at a time, and one that underflows on its way. */
const DEPTHS = [1, 2, 3, 17, 900];

const keyOf = (seed: number): StreamKey => [seed, 2, -3, 4];
const chain = (depth: number, init: Initialisation): Chain => ({ kind: "chain", depth, activation: "linear", init });
const cases = LAWS.flatMap((init) => DEPTHS.map((depth) => [init.law, init.gain, depth, init] as const));

/** Bytes as numbers, and what is thrown instead. */
function outcome(work: () => object): unknown {
  try {
    return Object.entries(work()).map(([name, values]) => [name, bitsOf(values as Float64Array)]);
  } catch (error) {
    return error;
  }
}

/** Every NaN as one, because their bits differ between machines. */
function bitsOf(values: Float64Array): readonly bigint[] {
  return [...new BigInt64Array(values.map((value) => (Number.isNaN(value) ? Number.NaN : value)).buffer)];
}

describe.each(cases)("chains of %s weights with gain %d at depth %d", (_law, _gain, depth, init) => {
  const network = chain(depth, init);

  test("have the reference's weights", () => {
    const request = { network, streams: { key: keyOf(1), first: 5, count: 11 } };
    expect(bitsOf(wasm.chainWeights(request))).toEqual(bitsOf(reference.chainWeights(request)));
  });

  test.each([1, 0, -2, 1e-9])("have the reference's Hessians for the target %d", (target) => {
    const request = { network, target, streams: { key: keyOf(2), first: 0, count: depth > 100 ? 2 : 20 } };
    expect(outcome(() => wasm.chainHessians(request))).toEqual(outcome(() => reference.chainHessians(request)));
  });

  test("escape by gradient flow in the reference's time, or are refused with its words", () => {
    for (let first = 0; first < (depth > 100 ? 2 : 20); first++) {
      const request = {
        network,
        method: { name: "gradient-flow" },
        streams: { key: keyOf(3), first, count: 1 },
      } as const;
      expect(outcome(() => wasm.chainEscapes(request))).toEqual(outcome(() => reference.chainEscapes(request)));
    }
  });
});

describe.each(OPTIMISERS)("%o", (optimiser) => {
  test.each([
    [1, 1],
    [0, 1],
    [-2, 0.5],
  ])("takes the reference's trajectories to the target %d with the loss times %d", (target, lossScale) => {
    for (const init of [xavierUniform, LAWS[3]!]) {
      for (const depth of DEPTHS) {
        const request: ChainTrajectoryRequest = {
          network: chain(depth, init),
          target,
          lossScale,
          optimiser,
          steps: 30,
          recordEvery: 5,
          streams: { key: keyOf(4), first: 3, count: depth > 100 ? 3 : 11 },
        };
        expect(outcome(() => wasm.chainTrajectories(request))).toEqual(
          outcome(() => reference.chainTrajectories(request)),
        );
      }
    }
  });

  test.each([40, 301])("escapes in the reference's number of steps, of %d at most", (maxSteps) => {
    for (const init of [xavierUniform, LAWS[3]!]) {
      for (const depth of DEPTHS) {
        const method: EscapeMethod = { ...optimiser, maxSteps: depth > 100 ? 40 : maxSteps };
        const streams = { key: keyOf(5), first: 0, count: depth > 100 ? 3 : 21 };
        const request = { network: chain(depth, init), method, streams };
        expect(outcome(() => wasm.chainEscapes(request))).toEqual(outcome(() => reference.chainEscapes(request)));
      }
    }
  });
});

test("Adam's scales are the reference's long after they have become constant", () => {
  const request: ChainTrajectoryRequest = {
    network: chain(3, xavierUniform),
    target: 1,
    optimiser: { name: "adam", rate: 1e-3, beta1: 0.5, beta2: 0.75, epsilon: 1e-3 },
    steps: 1000,
    recordEvery: 1000,
    streams: { key: keyOf(6), first: 0, count: 9 },
  };
  expect(outcome(() => wasm.chainTrajectories(request))).toEqual(outcome(() => reference.chainTrajectories(request)));
});

describe("any chain", () => {
  const request = fc.record({
    depth: fc.integer({ min: 1, max: 40 }),
    gain: fc.double({ min: 0.05, max: 20, noNaN: true }),
    law: fc.constantFrom("gaussian", "uniform", "rademacher"),
    seed: fc.integer(),
    first: fc.integer({ min: 0, max: 2 ** 32 - 30 }),
    count: fc.integer({ min: 1, max: 20 }),
    target: fc.double({ min: -3, max: 3, noNaN: true }),
    optimiser: fc.constantFrom(...OPTIMISERS),
  });

  test("gives the reference's bytes in every operation", () => {
    fc.assert(
      fc.property(request, ({ depth, gain, law, seed, first, count, target, optimiser }) => {
        const network = chain(depth, { law: law as "gaussian", gain, fan: "in" });
        const streams = { key: keyOf(seed), first, count };
        const descent = { network, target, optimiser, steps: 12, recordEvery: 4, streams };
        const escaping = { network, method: { ...optimiser, maxSteps: 50 }, streams };
        const flow = { network, method: { name: "gradient-flow" } as const, streams };
        for (const [ours, theirs] of [
          [
            () => wasm.chainHessians({ network, target, streams }),
            () => reference.chainHessians({ network, target, streams }),
          ],
          [() => wasm.chainTrajectories(descent), () => reference.chainTrajectories(descent)],
          [() => wasm.chainEscapes(escaping), () => reference.chainEscapes(escaping)],
          [() => wasm.chainEscapes(flow), () => reference.chainEscapes(flow)],
        ] as const) {
          expect(outcome(ours)).toEqual(outcome(theirs));
        }
      }),
      { numRuns: 60 },
    );
  });
});
