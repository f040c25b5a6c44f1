import { expect, test } from "vitest";
import { defineClaim } from "../claim/claim.ts";
import type { Experiment } from "../claim/experiment.ts";
import { nextUniform, openStream } from "../numerics/random.ts";
import { drawSamples } from "./draw-samples.ts";

const uniform = (above: number, size: number): Experiment<"value" | "also"> => ({
  ...{ name: "uniform", module: import.meta.url, setup: { above, size }, cost: { draws: 1, multiplyAdds: 0 } },
  measures: { value: { kind: "raw", description: "v" }, also: { kind: "raw", description: "a" } },
  observe: ({ streams }) => {
    const value = new Float64Array(streams.count);
    for (let row = 0; row < streams.count; row++) {
      value[row] = above + nextUniform(openStream(streams.key, streams.first + row, 0));
    }
    return { value, also: value.map((number) => -number) };
  },
});

const claim = defineClaim({
  ...{ id: "paper/topic/uniform", title: "t", statement: "s" },
  source: { paper: "paper@v1", at: "abstract", grade: "derived" },
  assumptions: { low: "below 1" },
  grid: { size: [1, 2] },
  experiment: ({ size }) => uniform(0, size),
  prediction: { says: "at-most", statistic: "median", of: "value", bound: 1, because: "uniform on the unit interval" },
  controls: [
    {
      breaks: "low",
      because: "moved",
      experiment: ({ size }) => uniform(5, size),
      shape: { value: 5.5 },
      replicates: { smoke: 10, full: 10 },
    },
  ],
  tiers: { smoke: { replicates: 10 }, full: { replicates: 10 } },
});

const request = { claim, seed: "7", engine: "reference", dataCache: "unused" } as const;

test("samples are drawn at any cell, of the claimed arm and of a control, a longer draw beginning with the shorter", async () => {
  const off = await drawSamples({ ...request, control: null, cell: { size: 37 }, replicates: 5 });
  expect([off.measures, off.count]).toEqual([["also", "value"], 5]);
  expect(off.columns[1]!.every((value, row) => value > 0 && value < 1 && off.columns[0]![row] === -value)).toBe(true);
  const longer = await drawSamples({ ...request, control: null, cell: { size: 37 }, replicates: 9 });
  expect(longer.columns[1]!.slice(0, 5)).toEqual(off.columns[1]);
  const control = await drawSamples({ ...request, control: 0, cell: { size: 1 }, replicates: 5 });
  expect(control.columns[1]!.every((value) => value > 5)).toBe(true);
  expect(control.stream).not.toBe(off.stream);
});

test("a control that does not exist is refused", async () => {
  await expect(drawSamples({ ...request, control: 1, cell: { size: 1 }, replicates: 5 })).rejects.toThrow(
    "claim paper/topic/uniform has 1 controls, got index 1",
  );
});
