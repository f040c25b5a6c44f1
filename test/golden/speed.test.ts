import { expect, test } from "vitest";
import { type SpeedRow, speedText, speedWords } from "../../src/report/terminal/speed-text.ts";
import { expectGolden } from "./golden-file.ts";

const row = (name: string, verdict: SpeedRow["verdict"], [median, low, high]: readonly [number, number, number]): SpeedRow => ({
  ...{ file: "networks", name, unit: "networks", base: 0.0125, head: 0.0125 * (1 + median) },
  ...{ median, low, high, verdict },
});

const rows = [
  row("forward, d = 16, L = 64", "same", [0.001, -0.008, 0.012]),
  row("draws alone, d = 16, L = 64", "slower", [0.065, 0.042, 0.091]),
  row("forward pass, plain, d = 16, L = 64", "faster", [-0.12, -0.14, -0.1]),
  row("backward pass, log domain, d = 16, L = 64", "undecided", [0.02, -0.02, 0.051]),
];

test("a comparison of speed is as in speed-80.txt", () => {
  const comparison = {
    ...{ rows, rounds: 24, falseAlarms: 1e-3, seconds: 61 },
    ...{ onlyHead: ["kernels: dot"], onlyBase: ["numerics: old"] },
  };
  expectGolden("speed-80.txt", speedText(comparison, { columns: 80, color: false, base: "main (1a2b3c4d5e)" }));
});

test.each([
  ["slower by 4.2–9.1 %", rows[1]!],
  ["faster by 10–14 %", rows[2]!],
  ["no change beyond 3 %", rows[0]!],
  ["undecided (2 % faster to 5.1 % slower)", rows[3]!],
  ["undecided (100 % faster to any)", row("few", "undecided", [0, -1, Infinity])],
])("says %s", (words, change) => expect(speedWords(change)).toBe(words));
