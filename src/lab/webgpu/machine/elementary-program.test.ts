import { beforeAll, describe, expect, test } from "vitest";
import { exp, log } from "../../../numerics/elementary.ts";
import { fillUniform, openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import { type Device, openDevice } from "../device/device.ts";
import { type Address, type Assembler, assembler } from "./assembler.ts";
import { exponential, logarithm } from "./elementary-program.ts";
import { runProgram } from "./run-program.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const draws = new Float64Array(4000);
fillUniform(openStream([2, 7, 1, 8], 0, LANES.start), draws, 0, draws.length);
const ends = [0, -0, 5e-324, 2 ** -1022, 2 ** -1022 - 5e-324, Number.MAX_VALUE, Infinity, Number.NaN, 1, 1 - 2 ** -53];
const byExponent = [...draws].map((u, i) => (1 + u) * 2 ** (-1074 + (i % 2097)));
const exponents = [...draws].map((u, i) => (u - 0.5) * (i % 2 === 0 ? 1600 : 4));
const turns = [
  709.782712893384, 709.7827128933841, -745.1332191019412, -745.1332191019413, -708.4, -707.7, 709.5, 710.1,
];

function computed(write: (code: Assembler) => (x: Address) => Address, numbers: readonly number[]): Float64Array {
  const code = assembler();
  const x = code.registers();
  code.put("copy", x, write(code)(x));
  code.put("last", x);
  return runProgram(device, {
    ...{
      program: code.finish(),
      count: numbers.length,
      start: Float64Array.from(numbers),
      last: 0,
      every: 1,
      records: 0,
    },
    stream: { key: [0, 0, 0, 0], first: 0, lane: 0 },
    reads: 1,
  }).registers;
}

describe("programs of elementary functions give the CPU's bytes", () => {
  test.each([
    ["logarithms", logarithm, log, [...ends, ...ends.map((x) => -x), ...byExponent, ...draws]],
    ["exponentials", exponential, exp, [...ends, ...ends.map((x) => -x), ...exponents, ...turns]],
  ] as const)("of %s", (_, write, wanted, numbers) => {
    const found = computed(write, numbers);
    expect(numbers.filter((x, at) => !Object.is(found[at], wanted(x)))).toEqual([]);
  });
});
