import { beforeAll, describe, expect, test } from "vitest";
import { fillUniform, openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import { type Device, openDevice } from "../device/device.ts";
import { float64Products } from "./float64-products.ts";
import { float64Shader } from "./float64-shader.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

/** `expression` of a and b, for each pair. */
function computed(shader: string, expression: string, a: Float64Array, b: Float64Array): Float64Array {
  const code = `${shader}
@group(0) @binding(0) var<uniform> count: vec4<u32>;
@group(0) @binding(1) var<storage, read> first: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> second: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> found: array<vec2<u32>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= count.x) { return; }
  let a = first[id.x];
  let b = second[id.x];
  found[id.x] = ${expression};
}`;
  const words = (values: Float64Array) => new Uint32Array(values.slice().buffer);
  const [bytes] = device.run({
    buffers: [
      { bytes: a.byteLength, data: words(a) },
      { bytes: b.byteLength, data: words(b) },
      { bytes: a.byteLength },
    ],
    passes: [
      {
        shader: code,
        parameters: Uint32Array.of(a.length, 0, 0, 0),
        bindings: [0, 1, 2],
        groups: [Math.ceil(a.length / 64), 1, 1],
      },
    ],
    reads: [{ buffer: 2, bytes: a.byteLength }],
  });
  return new Float64Array(bytes!);
}

const SPECIAL = [
  ...[0, -0, 1, -1, 5e-324, -5e-324, 2 ** -1022, 2 ** -1022 - 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE],
  ...[Infinity, -Infinity, Number.NaN, 1 + 2 ** -52, 1 - 2 ** -53, 2 ** 53, 2 ** 53 + 2, 0.1, 1 / 3, 3, 1e300, 1e-300],
  ...[2 ** -1074 * 3, 2 ** -511, 2 ** -538, 1.5 * 2 ** -1022, 2 ** 511, 2 ** 512, -(2 ** -54), 2 ** 1023],
];

/** All pairs of special numbers; random ones of all exponents, of near ones, and sums that cancel or tie. */
function pairs(): readonly [Float64Array, Float64Array] {
  const a: number[] = [];
  const b: number[] = [];
  for (const x of SPECIAL) {
    for (const y of SPECIAL) {
      a.push(x);
      b.push(y);
    }
  }
  const draws = new Float64Array(4 * 6000);
  fillUniform(openStream([6, 6, 6, 6], 0, LANES.start), draws, 0, draws.length);
  for (let at = 0; at < draws.length; at += 4) {
    const [u, v, s, t] = draws.subarray(at, at + 4) as unknown as [number, number, number, number];
    const wide = at % 3 === 0 ? 2000 : at % 3 === 1 ? 120 : 4;
    const x = (u - 0.5) * 2 ** Math.round(wide * (s - 0.5));
    a.push(x);
    b.push(at % 5 === 0 ? -x * (1 + (v - 0.5) * 2 ** -40) : (v - 0.5) * 2 ** Math.round(wide * (t - 0.5)));
    // ties: a half of the last place of 1.something
    a.push(1 + Math.floor(u * 2 ** 20) * 2 ** -52);
    b.push((v < 0.5 ? 1 : -1) * 2 ** -53 * (t < 0.5 ? 1 : 1 + 2 ** -30));
  }
  return [Float64Array.from(a), Float64Array.from(b)];
}

const bitsOf = (values: Float64Array) =>
  [...values].map((value, i) => (Number.isNaN(value) ? "NaN" : new BigUint64Array(values.buffer)[i]!.toString(16)));

describe("float64 by integers", () => {
  const [a, b] = pairs();

  test.each([
    ["sums", "add64(a, b)", (x: number, y: number) => x + y],
    ["negatives", "negated64(a)", (x: number) => -x],
    ["differences", "subtract64(a, b)", (x: number, y: number) => x - y],
    ["products", "multiply64(a, b)", (x: number, y: number) => x * y],
    ["quotients", "divide64(a, b)", (x: number, y: number) => x / y],
    ["roots", "root64(a)", (x: number) => Math.sqrt(x)],
    ["sizes", "size64(a)", (x: number) => Math.abs(x)],
    ["comparisons", "vec2<u32>(0u, select(0u, 0x3ff00000u, isLess64(a, b)))", (x: number, y: number) => Number(x < y)],
  ] as const)("gives %s of the CPU's bytes", (_, expression, wanted) => {
    const found = computed(float64Products, expression, a, b);
    expect(bitsOf(found)).toEqual(bitsOf(a.map((x, i) => wanted(x, b[i]!))));
  });

  const RIGHT = "(32u - places)) | select(0u, 1u, lost != 0u)";
  test("shows a sum that forgets what it shifted out, which only ties can tell", () => {
    expect(float64Shader).toContain(RIGHT);
    const found = computed(float64Shader.replace(RIGHT, "(32u - places))"), "add64(a, b)", a, b);
    expect(bitsOf(found)).not.toEqual(bitsOf(a.map((x, i) => x + b[i]!)));
  });

  test("rounds to float32 once, where that holds the number, and back without rounding", () => {
    const within = a.filter((x) => x === 0 || (Math.abs(x) >= 2 ** -126 && Math.abs(x) < 2 ** 127));
    const found = computed(float64Shader, "widen(narrow(a))", within, within);
    expect([...found]).toEqual([...within].map((x) => Math.fround(x) + 0));
  });
});
