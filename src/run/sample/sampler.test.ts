import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStore, type ReplicateRange } from "../files/store.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import { createSampler, type SamplerParts } from "./sampler.ts";
import { slots } from "./slots.ts";
import type { Failure } from "./task.ts";

const measure = { kind: "raw", rounding: "exact", description: "the replicate's own number, and its square" } as const;

/** 30 chunks of 64, by a cost of 0.9 s a block. */
const series: PlannedSeries = {
  stream: "0".repeat(32),
  key: [0, 0, 0, 0],
  experiment: {
    ...{ name: "numbers", module: "file:///numbers.js", setup: null, measures: { number: measure, square: measure } },
    cost: { draws: 0.9 / (64 * 3e-8), multiplyAdds: 0 },
    observe: () => ({ number: new Float64Array(), square: new Float64Array() }),
  },
  measures: ["number", "square"],
  address: { claim: "file:///claim.js", control: null, role: "experiment", cell: {} },
  claim: "a/b/c",
  replicates: 1920,
};

interface Watched {
  readonly parts: SamplerParts;
  readonly computed: ReplicateRange[];
  readonly told: string[];
}

async function watched(
  fail: (range: ReplicateRange) => Failure | undefined = () => undefined,
  root = mkdtempSync(join(tmpdir(), "plateau-sampler-")),
): Promise<Watched> {
  const computed: ReplicateRange[] = [];
  const told: string[] = [];
  const parts: SamplerParts = {
    store: await openStore(root),
    keyOf: () => ({ key: "ab".repeat(32), code: [CODE, CODE] }),
    inSlot: inTwoSlots(),
    together: 1,
    compute: async (_, range) => {
      computed.push(range);
      return fail(range) ?? numbers(range);
    },
    onReplicates: (_, { first, count }, from) => {
      told.push(`${from} ${first}+${count}`);
    },
  };
  return { parts, computed, told };
}

function inTwoSlots(): SamplerParts["inSlot"] {
  const inSlot = slots(2);
  return () => inSlot;
}

const CODE = { module: "file:///numbers.js", hash: "" };

function numbers({ first, count }: ReplicateRange): Float64Array {
  const own = Array.from({ length: count }, (_, row) => first + row);
  return Float64Array.from([...own, ...own.map((number) => number * number)]);
}

function expected(count: number) {
  const values = numbers({ first: 0, count });
  return { count, columns: [values.subarray(0, count), values.subarray(count)] };
}

describe("a sampler", () => {
  test("computes no fewer replicates in a chunk than the engine computes in the time of one", async () => {
    const { parts, computed } = await watched();
    await createSampler({ ...parts, together: 128 }).request(series, 200);
    expect(computed).toEqual([
      { first: 0, count: 128 },
      { first: 128, count: 72 },
    ]);
  });

  test("cuts what it lacks at multiples of the chunk, wherever a request begins", async () => {
    const { parts, computed } = await watched();
    const sampler = createSampler(parts);
    expect(await sampler.request(series, 100)).toEqual(expected(100));
    expect(await sampler.request(series, 200)).toEqual(expected(200));
    const cut = [0, 64, 100, 128, 192].map((first, index, all) => ({ first, count: (all[index + 1] ?? 200) - first }));
    expect(computed).toEqual(cut);
  });

  test("gives the same for any sequence of requests and any ranges in the store, and computes nothing twice", async () => {
    const requests = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(requests, requests, async (before, after) => {
        const root = mkdtempSync(join(tmpdir(), "plateau-sampler-"));
        const first = await watched(undefined, root);
        const earlier = createSampler(first.parts);
        for (const count of before) expect(await earlier.request(series, count)).toEqual(expected(count));
        const second = await watched(undefined, root);
        const sampler = createSampler(second.parts);
        const samples = await Promise.all(after.map((count) => sampler.request(series, count)));
        expect(samples).toEqual(after.map(expected));
        const replicates = [...first.computed, ...second.computed].reduce((sum, { count }) => sum + count, 0);
        expect(replicates).toBe(Math.max(...before, ...after));
      }),
      // A property over files: 25 trials see overlaps, gaps and prefixes, in a second.
      { numRuns: 25 },
    );
  });

  test("tells what was found and what was computed", async () => {
    const root = mkdtempSync(join(tmpdir(), "plateau-sampler-"));
    await createSampler((await watched(undefined, root)).parts).request(series, 64);
    const { parts, told } = await watched(undefined, root);
    await createSampler(parts).request(series, 128);
    expect(told).toEqual(["store 0+64", "worker 64+64"]);
  });

  test("gives the first failure in the replicates' order, whichever comes first in time", async () => {
    const { parts, computed } = await watched(({ first }) =>
      first >= 64 ? { state: "crashed", reason: `from ${first}` } : undefined,
    );
    // The chunk at 128 fails long before the one at 64.
    const compute: SamplerParts["compute"] = async (...call) => {
      if (call[1].first === 64) await new Promise((resolve) => setTimeout(resolve, 20));
      return parts.compute(...call);
    };
    const failure = await createSampler({ ...parts, compute }).request(series, 1920);
    expect(failure).toEqual({ state: "crashed", reason: "from 64" });
    expect(computed.length).toBeLessThan(30);
  });

  test("a failure beyond what is asked for does not matter, in either order of asking", async () => {
    const fails = ({ first, count }: ReplicateRange): Failure | undefined =>
      first + count > 150 ? { state: "crashed", reason: "at 150" } : undefined;
    const lowFirst = createSampler((await watched(fails)).parts);
    const highFirst = createSampler((await watched(fails)).parts);
    const low = await lowFirst.request(series, 140);
    const high = await lowFirst.request(series, 200);
    expect([await highFirst.request(series, 200), await highFirst.request(series, 140)]).toEqual([high, low]);
    expect([low, high]).toEqual([expected(140), { state: "crashed", reason: "at 150" }]);
  });

  test("forgets a series that is released, and gives what there was", async () => {
    const sampler = createSampler((await watched()).parts);
    await sampler.request(series, 64);
    expect(sampler.release(series)).toEqual(expected(64));
    expect(sampler.release(series)).toBeUndefined();
  });
});
