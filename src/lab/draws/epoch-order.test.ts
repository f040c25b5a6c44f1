import { describe, expect, test } from "vitest";
import { nextUniform, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { drawEpochOrder } from "./epoch-order.ts";

const open = (replicate = 0) => openStream([5, 6, 7, 8], replicate, LANES.order);

/** Each place from the last down takes what is drawn from a list, whose last entry fills the gap. */
function fromList(size: number, replicate: number, epochs: number): readonly number[] {
  const stream = open(replicate);
  let order: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const left = Array.from({ length: size }, (_, example) => example);
    order = [];
    while (left.length > 1) {
      const chosen = Math.floor(nextUniform(stream) * left.length);
      const last = left.pop()!;
      order.unshift(chosen === left.length ? last : left[chosen]!);
      if (chosen < left.length) left[chosen] = last;
    }
    order.unshift(left[0]!);
  }
  return order;
}

describe("drawEpochOrder", () => {
  test.each([1, 2, 3, 7, 64])(
    "%d examples: what is drawn from a list without replacement, epoch after epoch",
    (size) => {
      const order = new Int32Array(size);
      const stream = open(3);
      for (let epoch = 1; epoch <= 3; epoch++) {
        drawEpochOrder(stream, order);
        expect([...order]).toEqual(fromList(size, 3, epoch));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, example) => example));
      }
    },
  );

  test("each of the 24 orders of four is as likely: chi-square of 24,000 below its 1 - 1e-6 quantile, 71.5", () => {
    const counts = new Map<string, number>();
    const order = new Int32Array(4);
    const stream = open();
    for (let epoch = 0; epoch < 24_000; epoch++) {
      drawEpochOrder(stream, order);
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(71.5);
  });
});
