import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../../test/conformance/engines/faults/shader-fault.ts";
import { fillGaussian, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import type { DiffusionProcess } from "../../contract/diffusion.ts";
import { diffusionExits as referenceExits } from "../../reference/diffusion-exits.ts";
import { type Device, openDevice } from "../device/device.ts";
import { assembler } from "../machine/assembler.ts";
import { runProgram } from "../machine/run-program.ts";
import { diffusionExits } from "./diffusion-exits.ts";
import { gaussianPair } from "./gaussian-program.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [1, 4, 1, 4];
const bits = (values: Float64Array) => new BigUint64Array(values.slice().buffer);

/** Pairs 0 to 7 of so many streams, as the device draws them and as the CPU does. */
function draws(on: Device, count: number): readonly [Float64Array, Float64Array] {
  const pairs = 8;
  const code = assembler();
  const out = code.registers(2 * pairs);
  const pairOf = gaussianPair(code);
  for (let block = 0; block < pairs; block++) {
    const pair = pairOf(0, block);
    code.put("copy", out + 2 * block, pair);
    code.put("copy", out + 2 * block + 1, pair + 1);
  }
  code.put("last", out);
  const { registers } = runProgram(on, {
    ...{ program: code.finish(), count, start: new Float64Array(0), last: 0, stepsARound: 1, every: 1, records: 0 },
    ...{ stream: { key: KEY, first: 9, lane: LANES.noise }, reads: 2 * pairs },
  });
  const wanted = new Float64Array(2 * pairs * count);
  const row = new Float64Array(2 * pairs);
  for (let thread = 0; thread < count; thread++) {
    fillGaussian(openStream(KEY, 9 + thread, LANES.noise), row, 0, row.length);
    for (let draw = 0; draw < row.length; draw++) wanted[draw * count + thread] = row[draw]!;
  }
  return [registers, wanted];
}

test("3,200 normals are the CPU's, bit for bit", () => {
  const [found, wanted] = draws(device, 200);
  expect(bits(found)).toEqual(bits(wanted));
});

const base: DiffusionProcess = {
  ...{ curvature: 1, noise: 0.5, rate: 0.05, radius: 1, directions: 1, start: "origin", maxSteps: 60 },
};
const processes: readonly (readonly [string, DiffusionProcess])[] = [
  ["noise from the origin", base],
  ["noise in three directions", { ...base, directions: 3, noise: 0.3 }],
  ["noise in four directions, towards the origin", { ...base, directions: 4, curvature: -0.5, noise: 0.9 }],
  ["a kick", { ...base, directions: 3, start: { kick: 0.1 } }],
  ["a point, without noise", { ...base, noise: 0, start: { at: 0.03 } }],
  ["a point, with noise", { ...base, noise: 0.1, start: { at: -0.2 }, directions: 2 }],
  ["outside", { ...base, start: { at: 2 } }],
  ["one step", { ...base, maxSteps: 1, rate: 2 }],
];
const streams = { key: KEY, first: 5, count: 40 };

describe("exits", () => {
  test.each(processes)("of %s are the reference's at every step", (_, process) => {
    expect(diffusionExits(device, { process, streams })).toEqual(referenceExits({ process, streams }));
  });

  test("are the same whatever the size of the jobs", async () => {
    const small = await openDevice({ faults: { memoryBytes: 14_000 } });
    expect(diffusionExits(small, { process: base, streams })).toEqual(referenceExits({ process: base, streams }));
  });

  test("go on after the device was lost under them", async () => {
    const lost = await openDevice({ faults: { loseDeviceAtJob: 1 } });
    expect(diffusionExits(lost, { process: base, streams })).toEqual(referenceExits({ process: base, streams }));
  });
});

describe("a fault planted in the shader is seen", () => {
  test.each([
    ["words of another block", "instruction.z * (step / 2u) + instruction.w", "instruction.w + 1u"],
    ["a last bit of a uniform", "((low >> 12u) << 1u) | 1u", "((low >> 12u) << 1u)"],
    ["a field that changes at 1", "0x3ff00000u - 0x3fe6a09eu", "0x3ff00000u - 0x3ff00000u"],
    ["a quarter turn too few", "let turned = quarters & 1u", "let turned = 0u"],
    ["a sine of the other sign", "((quarters + 1u) & 2u) == 2u", "(quarters & 2u) == 2u"],
  ])("%s, in a normal", (_, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    const [found, wanted] = draws(faulty, 60);
    expect(bits(found)).not.toEqual(bits(wanted));
    expect(faulty.isMet()).toBe(true);
  });

  test.each([
    ["noise of two steps alike", "instruction.z * (step / 2u) + instruction.w", "instruction.w"],
    ["an exit from the other side", "isBelow_ == (operation ==", "isBelow_ != (operation =="],
    ["a step that is not counted", "step++;", "step += 2u;"],
  ])("%s, in an exit", (_, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    const process = { ...base, directions: 3 };
    expect(diffusionExits(faulty, { process, streams })).not.toEqual(referenceExits({ process, streams }));
    expect(faulty.isMet()).toBe(true);
  });
});
