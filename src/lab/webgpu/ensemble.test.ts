import { beforeAll, describe, expect, test } from "vitest";
import {
  boundMaskedSteps,
  type MaskedBound,
  type MaskedStep,
} from "../../../test/conformance/engines/masked-error-bound.ts";
import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { UnsupportedError } from "../contract/engine.ts";
import type { InputLaw } from "../contract/propagation.ts";
import { fillDirection, fillInput } from "../draws/input.ts";
import { fillWeights } from "../draws/weights.ts";
import { slopeOf } from "../networks/architecture.ts";
import { heNormal, heUniform, type Initialisation, type Mlp, mlp, orthogonal } from "../networks/network.ts";
import { backpropagate as backpropagate64 } from "../reference/backpropagate.ts";
import { propagate as propagate64 } from "../reference/propagate.ts";
import { backpropagate } from "./backpropagate.ts";
import { type Device, openDevice } from "./device/device.ts";
import { propagate } from "./propagate.ts";
import { GAUSSIAN_ERROR } from "./shaders/draw-shader.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [11, 22, 33, 44];
const SPHERE: InputLaw = { law: "sphere" };
const rademacher: Initialisation = { law: "rademacher", gain: 2, fan: "in" };
const student: Initialisation = { law: "student-t", gain: 2, fan: "average", degreesOfFreedom: 2 };
const average: Initialisation = { law: "gaussian", gain: 1.5, fan: "average" };

interface Case {
  readonly says: string;
  readonly network: Mlp;
  readonly input: InputLaw;
  readonly count: number;
}

const cases: readonly Case[] = [
  {
    says: "narrow ReLU",
    network: mlp({ width: 8, depth: 10, activation: "relu", init: heNormal }),
    input: SPHERE,
    count: 24,
  },
  {
    says: "as wide as a group",
    network: mlp({ width: 64, depth: 2, activation: "relu", init: heNormal }),
    input: SPHERE,
    count: 2,
  },
  {
    says: "wider than a group, of unequal odd widths, leaky",
    network: { kind: "mlp", widths: [5, 131, 7, 66, 3], activation: { leakySlope: 0.1 }, init: average },
    input: { law: "basis" },
    count: 3,
  },
  {
    says: "odd and uniform",
    network: mlp({ width: 7, depth: 9, activation: "relu", init: heUniform }),
    input: SPHERE,
    count: 16,
  },
  {
    says: "signs",
    network: mlp({ width: 12, depth: 6, activation: { leakySlope: 0.5 }, init: rademacher }),
    input: SPHERE,
    count: 8,
  },
  {
    says: "width 1",
    network: mlp({ width: 1, depth: 12, activation: "linear", init: heNormal }),
    input: SPHERE,
    count: 8,
  },
  {
    says: "Student's t, of unequal odd widths",
    network: { kind: "mlp", widths: [5, 9, 7, 13, 3], activation: { leakySlope: 0.4 }, init: student },
    input: SPHERE,
    count: 8,
  },
  {
    says: "Cauchy",
    network: mlp({ width: 6, depth: 40, activation: "linear", init: { ...student, degreesOfFreedom: 1 } }),
    input: SPHERE,
    count: 4,
  },
  {
    says: "depth 512",
    network: mlp({ width: 3, depth: 512, activation: { leakySlope: 0.3 }, init: heNormal }),
    input: SPHERE,
    count: 2,
  },
];

test.each(cases)(
  "$says: norms and gradients are within the derived bound of the reference's, replicate by replicate",
  (given) => {
    const { worst, compared } = compare(given, given.network);
    expect(worst).toBeLessThan(1);
    // rounding does happen: the shares are 0.002 (wide, where n roundings are allowed and cancel) to 0.07
    expect(worst).toBeGreaterThan(5e-4);
    expect(compared).toBeGreaterThanOrEqual(given.count / 2);
  },
);

test("gradients through orthogonal layers are within it too, with the matrices of the reference", () => {
  const network = mlp({ width: 9, depth: 6, activation: { leakySlope: 0.3 }, init: orthogonal(2) });
  const request = { network, input: SPHERE, streams: { key: KEY, first: 5, count: 8 } };
  const found = backpropagate(device, request);
  const wanted = backpropagate64(request);
  let compared = 0;
  for (let row = 0; row < 8; row++) {
    const { ahead, back } = boundsOf(network, SPHERE, 5 + row);
    expect(shareOf(found.logNorm[row]!, wanted.logNorm[row]!, ahead.bounds[5]!)).toBeLessThan(1);
    if (ahead.ambiguous > 0) continue;
    compared += 1;
    for (let layer = 1; layer <= 6; layer++) {
      const bound = back.bounds[6 - layer]! + (layer === 1 ? 2 ** -23 : ahead.bounds[layer - 2]!);
      const at = row * 6 + layer - 1;
      expect(shareOf(found.logGradients[at]!, wanted.logGradients[at]!, bound)).toBeLessThan(1);
    }
  }
  expect(compared).toBeGreaterThanOrEqual(4);
});

test("networks are the same whatever the batches in which their weights are uploaded", async () => {
  const request = { network: cases[6]!.network, input: SPHERE, streams: { key: KEY, first: 5, count: 7 } };
  expect(cases[6]!.network.init.law).toBe("student-t");
  const small = await openDevice({ faults: { memoryBytes: 4000 } });
  expect(backpropagate(small, request)).toEqual(backpropagate(device, request));
  expect(propagate(small, request)).toEqual(propagate(device, request));
});

test("a network that differs by a thousandth in its slope is outside of that bound", () => {
  const given = cases.find(({ says }) => says === "signs")!;
  expect(compare(given, { ...given.network, activation: { leakySlope: 0.5005 } }).worst).toBeGreaterThan(1);
});

/** Largest share of the bound, and the replicates whose gradients were compared: those without a unit that may flip. */
function compare(
  { network, input, count }: Case,
  onDevice: Mlp,
): { readonly worst: number; readonly compared: number } {
  const depth = network.widths.length - 1;
  const request = { network, input, streams: { key: KEY, first: 5, count } };
  const forward = propagate(device, { ...request, network: onDevice });
  const forward64 = propagate64(request);
  const backward = backpropagate(device, { ...request, network: onDevice });
  const backward64 = backpropagate64(request);
  expect([...forward.layersAlive]).toEqual([...forward64.layersAlive]);
  let worst = 0;
  let compared = 0;
  for (let row = 0; row < count; row++) {
    const { ahead, back } = boundsOf(network, input, request.streams.first + row);
    const norms = partialSums(forward.logIncrements.subarray(row * depth, (row + 1) * depth));
    const norms64 = partialSums(forward64.logIncrements.subarray(row * depth, (row + 1) * depth));
    for (let layer = 1; layer <= depth; layer++) {
      worst = Math.max(worst, shareOf(norms[layer - 1]!, norms64[layer - 1]!, ahead.bounds[layer - 1]!));
    }
    worst = Math.max(worst, shareOf(backward.logNorm[row]!, backward64.logNorm[row]!, ahead.bounds[depth - 1]!));
    // where a unit may be on the other side of zero in float32, its column of the gradient may be there or not
    if (ahead.ambiguous > 0) continue;
    compared += 1;
    for (let layer = 1; layer <= depth; layer++) {
      const bound = back.bounds[depth - layer]! + (layer === 1 ? 2 ** -23 : ahead.bounds[layer - 2]!);
      const at = row * depth + layer - 1;
      worst = Math.max(worst, shareOf(backward.logGradients[at]!, backward64.logGradients[at]!, bound));
    }
  }
  return { worst, compared };
}

describe("dead networks", () => {
  const network = mlp({ width: 2, depth: 24, activation: "relu", init: heNormal });
  const request = { network, input: SPHERE, streams: { key: KEY, first: 0, count: 64 } };

  test("are -Infinity from the same layer on as the reference's", () => {
    const found = propagate(device, request);
    const wanted = propagate64(request);
    expect([...found.layersAlive]).toEqual([...wanted.layersAlive]);
    expect([...found.logIncrements].map((x) => x === -Infinity)).toEqual(
      [...wanted.logIncrements].map((x) => x === -Infinity),
    );
    expect([...wanted.layersAlive].filter((alive) => alive < 24).length).toBeGreaterThan(32);
  });

  test("have no gradient anywhere", () => {
    const { logNorm, logGradients } = backpropagate(device, request);
    const dead = [...logNorm.keys()].filter((row) => logNorm[row] === -Infinity);
    expect(dead.length).toBeGreaterThan(32);
    for (const row of dead) {
      expect(logGradients.subarray(row * 24, (row + 1) * 24).every((value) => value === -Infinity)).toBe(true);
    }
  });

  test("go on from the first basis vector where they are revived", () => {
    const found = propagate(device, { ...request, revive: true });
    const wanted = propagate64({ ...request, revive: true });
    expect([...found.layersAlive]).toEqual([...wanted.layersAlive]);
    for (const [i, increment] of found.logIncrements.entries()) {
      if (increment === -Infinity) expect(wanted.logIncrements[i]).toBe(-Infinity);
      // increments of width 2 may nearly cancel: the absolute error of z is 1e-5 at most, of a norm that is rarely below 1e-3
      else expect(Math.abs(increment - wanted.logIncrements[i]!)).toBeLessThan(0.02);
    }
  });
});

describe("gains at the ends of float64", () => {
  test.each([1e-300, 1e300])("%s neither overflow nor underflow", (gain) => {
    const init = { ...heNormal, gain };
    const network = mlp({ width: 4, depth: 6, activation: "linear", init });
    const request = { network, input: SPHERE, streams: { key: KEY, first: 0, count: 3 } };
    const found = propagate(device, request).logIncrements;
    propagate64(request).logIncrements.forEach((wanted, i) => {
      expect(Math.abs(found[i]! - wanted)).toBeLessThan(1e-4);
    });
  });
});

describe("refused with a reason", () => {
  const relu = { width: 4, depth: 2, activation: "relu" } as const;
  const streams = { key: KEY, first: 0, count: 1 };
  const pictures = {
    name: "nan",
    width: 4,
    classes: 1,
    images: new Float32Array(4).fill(Number.NaN),
    labels: new Uint8Array(1),
  };

  test.each([
    ["a slope below float32's reach", { network: mlp({ ...relu, activation: { leakySlope: 1e-30 }, init: heNormal }) }],
    ["layers too wide for workgroup memory", { network: mlp({ ...relu, width: 10_000, init: heNormal }) }],
    ["more draws than 32 bits count", { network: mlp({ ...relu, width: 1024, depth: 5000, init: heNormal }) }],
    [
      "NaN in a picture",
      { network: mlp({ ...relu, init: heNormal }), input: { law: "image", data: "nan" }, data: pictures },
    ],
  ] as const)("%s", (_, request) => {
    expect(() => propagate(device, { input: SPHERE, streams, ...request } as never)).toThrow(UnsupportedError);
  });

  test("a replicate that is no 32-bit number, as the reference does", () => {
    const network = mlp({ ...relu, init: heNormal });
    const request = { network, input: SPHERE, streams: { key: KEY, first: 2 ** 32 - 1, count: 2 } };
    expect(() => propagate(device, request)).toThrow(RangeError);
  });
});

/** The reference's own pass, as masked matrices, forward and backward. */
function boundsOf(
  network: Mlp,
  input: InputLaw,
  replicate: number,
): { readonly ahead: MaskedBound; readonly back: MaskedBound } {
  const { widths, init, activation } = network;
  const slope = slopeOf(activation);
  const stream = openStream(KEY, replicate, LANES.weights);
  const entry = init.law === "gaussian" ? GAUSSIAN_ERROR : 0.5;
  const matrices = widths.slice(1).map((fanOut, layer) => {
    const weights = new Float64Array(fanOut * widths[layer]!);
    fillWeights(init, { weights, at: 0, fanIn: widths[layer]!, fanOut }, stream);
    return weights;
  });
  const start = new Float64Array(widths[0]!);
  fillInput({ input, width: widths[0]!, key: KEY }, replicate, start);
  const steps: readonly MaskedStep[] = matrices.map((matrix, layer) => ({
    matrix,
    outputs: widths[layer + 1]!,
    slope,
  }));
  const ahead = boundMaskedSteps(start, steps, entry);
  const last = widths.length - 1;
  const cotangent = new Float64Array(widths[last]!);
  fillDirection(openStream(KEY, replicate, LANES.cotangent), cotangent, 0, cotangent.length);
  const backSteps: readonly MaskedStep[] = ahead.masks
    .map((masks, layer) => ({
      ...(layer + 1 < last ? { matrix: transpose(matrices[layer + 1]!, widths[layer + 2]!, widths[layer + 1]!) } : {}),
      ...{ outputs: widths[layer + 1]!, slope, masks },
    }))
    .reverse();
  return { ahead, back: boundMaskedSteps(cotangent, backSteps, entry) };
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}

function partialSums(increments: Float64Array): Float64Array {
  let sum = 0;
  return increments.map((increment) => {
    sum += increment;
    return sum;
  });
}

/** Of a bound; equal infinities use nothing of it. */
function shareOf(found: number, wanted: number, bound: number): number {
  if (found === wanted) return 0;
  const share = Math.abs(found - wanted) / bound;
  return Number.isNaN(share) ? Infinity : share;
}
