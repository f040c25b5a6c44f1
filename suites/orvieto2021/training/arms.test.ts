import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parameterCount } from "../../../src/lab/networks/layered-network.ts";
import { ARMS, type ArmName, trainingOf } from "./arms.ts";

interface Row {
  readonly arm: string;
  readonly rate: number;
  readonly steps: number;
  readonly leaves: number;
  readonly learns: number;
  readonly medianStepsToLeave: number | null;
  readonly medianStepsToLearn: number | null;
}

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));
const grid: { readonly rows: readonly Row[] } = read("tuning-grid.json");
const curves: {
  readonly every: number;
  readonly arms: readonly { readonly arm: string; readonly rate: number; readonly losses: readonly number[][] }[];
} = read("curves.json");
const names = Object.keys(ARMS) as ArmName[];

/** Most networks that do what the arm aims at, then most that do the other, then the fewest steps, then the smaller rate. */
function best(rows: readonly Row[], aim: "leaves" | "learns"): Row {
  const other = aim === "leaves" ? "learns" : "leaves";
  const steps = (row: Row) => [row.medianStepsToLearn ?? Infinity, row.medianStepsToLeave ?? Infinity];
  const order = (row: Row) => [
    -row[aim],
    -row[other],
    ...(aim === "learns" ? steps(row) : steps(row).reverse()),
    row.rate,
  ];
  return [...rows].sort((a, b) => {
    const [first, second] = [order(a), order(b)];
    const at = first.findIndex((value, index) => value !== second[index]);
    return at < 0 ? 0 : first[at]! < second[at]! ? -1 : 1;
  })[0]!;
}

describe.each(names)("arm %s", (name) => {
  const arm = ARMS[name];
  const rows = grid.rows.filter((row) => row.arm === name);

  test("the grid has its rates, all of them and no others", () => {
    expect(rows.map(({ rate }) => rate)).toEqual([...arm.rates]);
    expect(new Set(rows.map(({ steps }) => steps))).toEqual(new Set([arm.steps]));
  });

  test("its rate is the best of the grid", () => expect(arm.rate).toBe(best(rows, arm.aim).rate));

  test("its curves were recorded at that rate", () => {
    const recorded = curves.arms.find(({ arm }) => arm === name)!;
    expect(recorded.rate).toBe(arm.rate);
    for (const losses of recorded.losses) expect(losses).toHaveLength(Math.ceil((arm.steps + 1) / curves.every));
  });
});

test("what is expected to stay on the plateau was given at least as many rates as what is expected to leave", () => {
  const fewest = Math.min(
    ...(["descent", "momentum", "clipped", "normalised", "mini-batch-descent", "mini-batch-momentum"] as const).map(
      (name) => ARMS[name].rates.length,
    ),
  );
  const most = Math.max(
    ...(["adam", "rmsprop", "sign", "adagrad", "mini-batch-adam"] as const).map((name) => ARMS[name].rates.length),
  );
  expect(fewest).toBeGreaterThan(most);
});

test.each([
  // 784 x 16, 22 of 16 x 16 and 16 x 10 weights.
  ["descent", 784 * 16 + 22 * 256 + 160],
  ["residual", 784 * 16 + 22 * 256 + 160],
  ["batch-normalised", 784 * 16 + 22 * 256 + 160],
  ["shallow", 784 * 16 + 6 * 256 + 160],
  ["wide", 784 * 96 + 22 * 96 * 96 + 960],
  ["deepest-residual", 784 * 16 + 62 * 256 + 160],
] as const)("%s has as many weights as its matrices", (name, weights) => {
  expect(parameterCount(trainingOf(name).network)).toBe(weights);
});

test("what an experiment has otherwise is in its training", () => {
  const { optimiser, labels, network } = trainingOf("adam", { rate: 0.5, labels: "random", architecture: "zero" });
  expect(optimiser.rate).toBe(0.5);
  expect(labels).toBe("random");
  expect(network.layers.filter((layer) => layer.kind === "dense").every(({ initial }) => initial === "zero")).toBe(
    true,
  );
});
