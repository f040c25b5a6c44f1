import { createHash } from "node:crypto";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import type { SampleRequest, SignalRequest } from "../../dashboard/browser/play/messages.ts";
import { countsUpTo, runningMean, runningMedian } from "../../dashboard/browser/play/running.ts";
import { draw } from "../../dashboard/play/draw.ts";
import { signals } from "../../dashboard/play/signal.ts";
import type { AnyClaim } from "../../src/claim/claim.ts";
import { checked } from "../../src/lab/contract/checked.ts";
import type { Engine } from "../../src/lab/contract/engine.ts";
import { openWasm } from "../../src/lab/wasm/engine.ts";
import { sampleCsv } from "../../src/report/sample-csv.ts";
import onDigits from "../../suites/orvieto2021/digits/loss-gradient-vanishes.claim.ts";
import finiteNoise from "../../suites/orvieto2021/escape/finite-noise-slope.claim.ts";
import fixedWidth from "../../suites/orvieto2021/width/fixed-width-vanishes.claim.ts";

const MAIN = join(import.meta.dirname, "../../dist/src/cli/main.js");
const CLAIMS = new Map(([fixedWidth, finiteNoise, onDigits] as readonly AnyClaim[]).map((claim) => [claim.id, claim]));
const digest = async (text: string) => createHash("sha256").update(text).digest();

let engine: Engine;
beforeAll(async () => {
  engine = checked(await openWasm());
});

describe("what a page draws", () => {
  test.each([
    { claim: fixedWidth.id, arm: "claimed", cell: { depth: 37 }, why: "off the grid" },
    { claim: finiteNoise.id, arm: "noiseVanishesToo", cell: { scale: 0.01 }, why: "a control's" },
  ])("is what plateau sample prints, byte for byte: $claim, $why", async ({ claim, arm, cell }) => {
    const asked: Omit<SampleRequest, "first" | "count"> = { kind: "sample", claim, arm, cell, seed: "7" };
    // In pieces, as a page asks for them.
    const parts = [
      await draw(CLAIMS, engine, digest, { ...asked, first: 0, count: 8 }),
      await draw(CLAIMS, engine, digest, { ...asked, first: 8, count: 12 }),
    ];
    const measures = parts[0]!.names.map((name, at) => ({
      name,
      values: Float64Array.of(...parts.flatMap(({ columns }) => [...columns[at]!])),
    }));
    const set = Object.entries(cell).map(([axis, value]) => `--set=${axis}=${value}`);
    const words = ["sample", claim, `--arm=${arm}`, ...set, "--seed=7", "--replicates=20", "--csv"];
    const { stdout } = await execa("node", [MAIN, ...words], { env: { PLATEAU_ROOT: undefined } });
    expect(sampleCsv({ replicates: 20, measures }).trimEnd()).toBe(stdout);
  });

  test.each([
    [{ claim: "nobody/claims/this" }, /does not have the claim nobody\/claims\/this/],
    [{ arm: "nothing" }, /has no arm nothing/],
    [{ claim: onDigits.id, cell: { depth: 4, width: 16 } }, /reads .*which a browser is not sent/],
    [{ cell: { depth: -3 } }, /no such experiment at depth -3/],
  ])("is refused in a sentence for %j", async (change, words) => {
    const asked: SampleRequest = {
      ...{ kind: "sample", claim: fixedWidth.id, arm: "claimed", cell: { depth: 4 }, seed: "7", first: 0, count: 1 },
      ...(change as Partial<SampleRequest>),
    };
    await expect(draw(CLAIMS, engine, digest, asked)).rejects.toThrow(words);
  });
});

describe("a signal through a random network", () => {
  const asked: SignalRequest = {
    ...{ kind: "signal", width: 8, depth: 12, activation: "relu", init: "he", residual: false },
    ...{ normalisation: "none", seed: "7", count: 6 },
  };
  const rowsOf = async (change: Partial<SignalRequest>) =>
    (await signals(engine, digest, { ...asked, ...change })).rows;

  test("starts at the input, and has a number for it and for each layer", async () => {
    const rows = await rowsOf({});
    expect(rows.map((row) => row.length)).toEqual(Array(6).fill(13));
    expect(rows.map(([first]) => first)).toEqual(Array(6).fill(0));
  });

  test("keeps its norm in a linear orthogonal network, whatever its depth", async () => {
    for (const row of await rowsOf({ activation: "linear", init: "orthogonal", depth: 40 })) {
      expect(Math.abs(row.at(-1)!)).toBeLessThan(1e-9);
    }
  });

  test("halves its squared norm a layer under Xavier with ReLU, as He's weights make up for", async () => {
    const rows = await rowsOf({ init: "xavier", width: 256, depth: 8, count: 24 });
    const mean = rows.reduce((sum, row) => sum + row.at(-1)!, 0) / rows.length;
    expect(Math.abs(mean / 8 + Math.log10(2))).toBeLessThan(0.03);
  });

  test("dies as an exact zero where all units are off", async () => {
    const rows = await rowsOf({ width: 1, depth: 30 });
    expect(rows.filter((row) => row.at(-1) === null).length).toBeGreaterThan(3);
  });

  test("has the norm that layer normalisation gives it, and grows along residual blocks", async () => {
    // A ReLU of what has mean 0 and variance 1 over 64 units has about half of 64 as its squared norm, of an input of 1.
    const normalised = await rowsOf({ normalisation: "layer", width: 64 });
    for (const row of normalised) expect(Math.abs(row.at(-1)! - Math.log10(32))).toBeLessThan(0.2);
    const residual = await rowsOf({ residual: true, width: 64, depth: 32 });
    for (const row of residual) expect(row.at(-1)!).toBeGreaterThan(0);
  });
});

describe("the running middle", () => {
  const values = Float64Array.from({ length: 101 }, (_, at) => (at * 37) % 101);

  test("ends at the median of all, between the ranks of its interval", () => {
    const last = runningMedian(values, countsUpTo(101, 10)).at(-1)!;
    // Ranks 50 -+ 1.96 sqrt(101) / 2 = 9.85.
    expect(last).toEqual({ count: 101, middle: 50, low: 40, high: 60 });
  });

  test("is the mean of the finite ones with 1.96 standard errors", () => {
    const [one] = runningMean(Float64Array.of(1, 2, 3, Number.NEGATIVE_INFINITY), [4]);
    expect(one!.middle).toBe(2);
    expect(one!.high - 2).toBeCloseTo(1.96 / Math.sqrt(3), 12);
  });
});
