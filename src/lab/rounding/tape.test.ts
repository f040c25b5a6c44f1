import { describe, expect, test } from "vitest";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { gather, sumInto } from "./places.ts";
import { bend, divide, divideBy, multiply, scale, shift, sigmoid, squareRoot, subtract, tanh } from "./pointwise.ts";
import { product } from "./products.ts";
import { add, firstOrderError, openTape, pullBack, type Quantity } from "./tape.ts";

function normals(length: number, index: number): Float64Array {
  const values = new Float64Array(length);
  fillGaussian(openStream([5, 6, 7, 8], index, LANES.input), values, 0, length);
  return values;
}

/** Of two inputs of six numbers each. */
const OPERATIONS: Readonly<Record<string, (a: Quantity, b: Quantity) => Quantity>> = {
  add,
  subtract,
  multiply,
  divide,
  "square root": (a) => squareRoot(shift(multiply(a, a), 1)),
  scale: (a) => scale(a, 0.3),
  "divide by a whole number": (a) => divideBy(a, 3),
  bend: (a) => bend(a, 0.2),
  tanh: (a) => tanh(a, 1),
  sigmoid: (a) => sigmoid(a, 1),
  gather: (a) => gather(a, Int32Array.of(5, 0, 0, -1, 2)),
  "sum into": (a) => sumInto(a, Int32Array.of(1, 1, 0, 1, -1, 2), 3),
  "product nn": (a, b) => product(a, b, { layout: "nn", m: 2, n: 2, k: 3 }),
  "product nt": (a, b) => product(a, b, { layout: "nt", m: 2, n: 2, k: 3 }),
  "product tn": (a, b) => product(a, b, { layout: "tn", m: 2, n: 2, k: 3 }),
};

type Operation = (typeof OPERATIONS)[string];

/** Sum of an operation's numbers, each with a weight of its own. */
function weighted(operation: Operation, a: Float64Array, b: Float64Array): number {
  const tape = openTape();
  const { values } = operation(tape.record(a, {}), tape.record(b, {}));
  const weights = normals(values.length, 9);
  return values.reduce((sum, value, at) => sum + value * weights[at]!, 0);
}

/** Its derivatives, and of their weighted sum the derivatives again. */
function derivativesOf(operation: Operation, a: Float64Array, b: Float64Array) {
  const tape = openTape();
  const [x, y] = [tape.record(a, {}), tape.record(b, {})];
  const out = operation(x, y);
  const first = pullBack(new Map([[out, tape.record(normals(out.values.length, 9), {})]]));
  const slopes = first.get(x)!;
  const second = pullBack(new Map([[slopes, tape.record(normals(slopes.values.length, 10), {})]]));
  return { slopes: slopes.values, curvature: second.get(x)?.values ?? new Float64Array(a.length) };
}

describe.each(Object.entries(OPERATIONS))("%s", (_, operation) => {
  const [a, b] = [normals(6, 1), normals(6, 2)];
  const step = 1e-5;
  const moved = (at: number, by: number) => a.map((value, i) => (i === at ? value + by : value));

  test("is differentiated as its differences say, once and twice", () => {
    const { slopes, curvature } = derivativesOf(operation, a, b);
    const weights = normals(slopes.length, 10);
    for (const at of a.keys()) {
      const difference = weighted(operation, moved(at, step), b) - weighted(operation, moved(at, -step), b);
      expect(slopes[at]).toBeCloseTo(difference / (2 * step), 7);
      const [up, down] = [step, -step].map((by) =>
        derivativesOf(operation, moved(at, by), b).slopes.reduce((sum, value, i) => sum + value * weights[i]!, 0),
      );
      expect(curvature[at]).toBeCloseTo((up! - down!) / (2 * step), 7);
    }
  });
});

describe("what roundings may do to a result", () => {
  test("is each one's size times its derivative, added up, while they are few", () => {
    const tape = openTape();
    const [x, y] = [tape.record(Float64Array.of(3), {}), tape.record(Float64Array.of(5), {})];
    // (3 * 5) * 3: 15 is rounded, and tripled, and 45 is
    const result = multiply(multiply(x, y), x);
    expect(firstOrderError(new Map([[result, Float64Array.of(1)]]))).toBe(90);
  });

  test("is 8 spreads of them where they are many, and errors that numbers share are added up all the same", () => {
    const tape = openTape();
    const one = (units: number, shared: number) => {
      const values = new Float64Array(10_000).fill(1);
      return tape.record(values, { rounding: { units, shared, sizes: () => values } });
    };
    const ones = new Float64Array(10_000).fill(1);
    expect(firstOrderError(new Map([[one(1, 0), ones]]))).toBeCloseTo(800, 9);
    expect(firstOrderError(new Map([[one(4, 0), ones]]))).toBeCloseTo(1600, 9);
    expect(firstOrderError(new Map([[one(0, 1), ones]]))).toBeCloseTo(10_000, 9);
  });

  test("counts a rounding that reaches the result on two ways once, with its sign", () => {
    const tape = openTape();
    const x = tape.record(Float64Array.of(2), { rounding: { units: 1, sizes: () => Float64Array.of(2) } });
    const none = subtract(x, x);
    expect(firstOrderError(new Map([[none, Float64Array.of(1)]]))).toBe(0);
  });
});
