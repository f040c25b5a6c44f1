import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Result, result as resultSchema } from "../../src/claim/result.ts";
import { evidenceText } from "../../src/run/files/result-file.ts";
import type { RunOptions } from "../../src/run/run.ts";
import { claimText, fixtureClaims, freshFolder, instrument, runChild, runFixture, startEarly } from "./fixture-run.ts";

const RUN_MILLISECONDS = 60_000;
const claims = await fixtureClaims("sound");

describe("a run", () => {
  test(
    "decides claims, writes a valid result and the samples that its evidence was made of",
    async () => {
      const out = join(freshFolder(), "out");
      const { result, events } = await runFixture({ claims, out });
      expect(result.evidence.claims.map(({ id, outcome }) => [id, outcome])).toEqual([
        ["trial/mean/centre", "holds"],
        ["trial/mean/neighbour", "holds"],
        ["trial/slow/many-chunks", "holds"],
      ]);
      expect(resultSchema.parse(JSON.parse(readFileSync(join(out, "result.json"), "utf8")))).toEqual(result);
      expect(sampleBytes(out, result)).toEqual(expectedBytes(result));
      expect(events[0]).toMatchObject({ kind: "planned", claims: 3, arms: 6 });
      expect(events.filter(({ kind }) => kind === "verdict")).toHaveLength(3);
      expect(events.at(-1)).toMatchObject({ kind: "finished", result: join(out, "result.json") });
    },
    RUN_MILLISECONDS,
  );

  test(
    "gives equal evidence for any number of workers, order of claims and state of the store",
    async () => {
      const store = freshFolder();
      const serial = await runFixture({ claims, store, workers: 1 });
      const parallel = await runFixture({ claims: [...claims].reverse(), workers: 3 });
      const found = await runFixture({ claims, store });
      const texts = [serial, parallel, found].map(({ result }) => evidenceText(result.evidence));
      expect(new Set(texts).size).toBe(1);
      expect(found.result.provenance.computed).toBe(0);
    },
    RUN_MILLISECONDS,
  );

  test(
    "gives a claim the same evidence alone and beside another that shares its observations",
    async () => {
      const ids = ["trial/mean/centre", "trial/mean/neighbour"];
      const together = await runFixture({ claims: await fixtureClaims("sound", ...ids) });
      for (const id of ids) {
        const alone = await runFixture({ claims: await fixtureClaims("sound", id) });
        expect(claimText(alone.result.evidence, id)).toBe(claimText(together.result.evidence, id));
      }
      // 400 of the 500 replicates that the neighbour asks for are the first claim's too, in the claimed arm and in the control.
      expect(together.result.provenance.computed).toBe(4 * 500);
    },
    RUN_MILLISECONDS,
  );

  test(
    "at the full tier extends what smoke has computed, and blocks of the smaller tier are a prefix",
    async () => {
      const store = freshFolder();
      const one = await fixtureClaims("sound", "trial/mean/centre");
      const smoke = await runFixture({ claims: one, store });
      const full = await runFixture({ claims: one, store, tier: "full" });
      expect(full.result.provenance.found).toBe(smoke.result.provenance.computed);
      const [before, after] = [smoke, full].map(({ result }) => result.evidence.claims[0]!.arms[0]!.cells[0]!);
      // 400 replicates are 6 whole blocks of 64.
      expect(after!.blocks.slice(0, 6)).toEqual(before!.blocks.slice(0, 6));
    },
    RUN_MILLISECONDS,
  );

  test(
    "stops at its first look when that decides",
    async () => {
      const { result } = await runFixture({ claims: await fixtureClaims("sound", "trial/mean/centre"), tier: "full" });
      const [claimed] = result.evidence.claims[0]!.arms;
      expect([claimed!.looks, claimed!.state, claimed!.cells[0]!.replicates]).toEqual([1, "supported", 800]);
    },
    RUN_MILLISECONDS,
  );

  test(
    "differs in every stream for another seed",
    async () => {
      const one = await fixtureClaims("sound", "trial/mean/centre");
      const [first, second] = [await runFixture({ claims: one }), await runFixture({ claims: one, seed: "2" })];
      const streams = [first, second].map(({ result }) => Object.keys(result.provenance.samples));
      expect(new Set(streams.flat()).size).toBe(streams.flat().length);
    },
    RUN_MILLISECONDS,
  );
});

describe("a worker", () => {
  test(
    "that throws, exits, runs out of memory or breaks its promise costs its cell and no other",
    async () => {
      const all = await fixtureClaims("broken");
      const { result } = await runFixture({ claims: all.filter(({ claim }) => claim.id !== "trial/fault/hang") });
      const states = result.evidence.claims.map(({ id, outcome, arms }) => [id, outcome, arms[0]!.reason]);
      expect(states).toEqual([
        ["trial/fault/exit", "crashed", "size 2: worker died with exit code 7"],
        ["trial/fault/memory", "crashed", "size 2: worker ran out of memory, its heap is limited to 192 MiB"],
        [
          "trial/fault/missing",
          "crashed",
          "size 2: experiment faulty-missing, measure alive: a Float64Array is required, got nothing",
        ],
        [
          "trial/fault/nan",
          "crashed",
          "size 2: experiment faulty-nan, measure value: a number is required, got NaN at replicate 150",
        ],
        [
          "trial/fault/short",
          "crashed",
          "size 2: experiment faulty-short, measure value: one number a replicate is required, got fewer",
        ],
        ["trial/fault/throw", "crashed", "size 2: RangeError: the experiment is out of its depth"],
        ["trial/mean/centre", "holds", undefined],
      ]);
      for (const { arms } of result.evidence.claims) expect(arms[1]!.state).toBe("refuted");
    },
    RUN_MILLISECONDS,
  );

  test(
    "is charged for its own faults alone, however late they come, whatever the number of workers",
    async () => {
      const claims = await fixtureClaims("careless");
      const [one, two] = await Promise.all([1, 2].map((workers) => runFixture({ claims, workers })));
      expect(one!.result.evidence).toEqual(two!.result.evidence);
      const left = "size 2: it left work running after it had answered: Timeout";
      const states = one!.result.evidence.claims.map(({ id, outcome, arms }) => [
        id.split("/").at(-1),
        outcome,
        arms[0]!.reason,
      ]);
      expect(states).toEqual([
        ["buffers", "crashed", "size 2: worker ran out of memory, all of it is limited to 1536 MiB"],
        ["kills", "crashed", "size 2: worker died by SIGKILL"],
        ["late-throw", "crashed", left],
        ["next-tick", "crashed", "size 2: thrown in the next tick"],
        ["pollutes", "crashed", "size 2: it changed Object.prototype.polluted, which all experiments share"],
        ["prints", "holds", undefined],
        ["rejection", "crashed", "size 2: nobody awaits this"],
        ["replaces", "crashed", "size 2: it changed Math.random, which all experiments share"],
        ["segfault", "crashed", "size 2: worker died by SIGSEGV"],
        ["throws-long", "crashed", `size 2: ${"x".repeat(2000)}…`],
        ["throws-null", "crashed", "size 2: experiment threw null"],
        ["timer", "crashed", left],
        ["centre", "holds", undefined],
      ]);
      const heard = one!.events.filter(({ kind }) => kind === "warning");
      expect(heard).toEqual([
        { kind: "warning", text: "an experiment printed: ::error::a line of the experiment's own" },
      ]);
    },
    RUN_MILLISECONDS,
  );

  test(
    "that hangs is stopped at the time limit, and the cells beside it are judged",
    async () => {
      const hanging = await fixtureClaims("broken", "trial/fault/hang", "trial/mean/centre");
      const { result } = await runFixture({ claims: hanging, timeout: 3 });
      const [hang, centre] = result.evidence.claims;
      expect([hang!.outcome, hang!.arms[0]!.reason]).toEqual(["timed-out", "size 2: no answer within 3 s"]);
      expect(hang!.arms[0]!.cells.map(({ replicates }) => replicates)).toEqual([400, 0]);
      expect([hang!.arms[1]!.state, centre!.outcome]).toEqual(["refuted", "holds"]);
    },
    RUN_MILLISECONDS,
  );
});

describe("data", () => {
  test.each([
    ["missing", "the data set points is on no disk"],
    ["other", `data set points requires the digest ${"0".repeat(64)}, got `],
  ])("that are %s end the run with the reason: no cell is to blame", async (name, reason) => {
    const run = runFixture({ claims: await fixtureClaims("data", `trial/data/${name}`) });
    await expect(run).rejects.toMatchObject({ name: "DatasetError", message: expect.stringContaining(reason) });
  });
});

describe("workers that are started early", () => {
  const early = (claims: RunOptions["claims"], engine: string) => {
    const workers = startEarly(2, { instrument: instrument.module, engine });
    return { workers, run: runFixture({ claims, early: workers }) };
  };

  test.each([
    ["with the run's engine", "reference"],
    ["with another one", "wasm"],
    ["with one that there is not", "abacus"],
  ])("%s compute the same evidence, and are ended with the run", async (_, engine) => {
    const { workers, run } = early(claims, engine);
    const { result } = await run;
    expect(evidenceText(result.evidence)).toBe(evidenceText((await runFixture({ claims })).result.evidence));
    expect(workers.take(() => undefined)).toEqual([]);
  });

  test("and print are heard, as any other", async () => {
    const { events } = await early(await fixtureClaims("careless", "trial/careless/prints"), "reference").run;
    expect(events.filter(({ kind }) => kind === "warning")).toHaveLength(1);
  });
});

describe("a store", () => {
  test(
    "with damaged files is repaired, and evidence is what it was",
    async () => {
      const store = freshFolder();
      const before = await runFixture({ claims, store });
      damage(store);
      const after = await runFixture({ claims, store });
      expect(evidenceText(after.result.evidence)).toBe(evidenceText(before.result.evidence));
      expect(after.result.provenance.computed).toBeGreaterThan(0);
      const repaired = await runFixture({ claims, store });
      expect(repaired.result.provenance.computed).toBe(0);
    },
    RUN_MILLISECONDS,
  );

  test(
    "serves two processes at once",
    async () => {
      const store = freshFolder();
      const options = () => ({ suite: "sound", store, out: join(freshFolder(), "out") });
      const answers = await Promise.all([runChild(options()), runChild(options())]);
      const alone = await runFixture({ claims });
      for (const { evidence } of answers) expect(evidence).toBe(evidenceText(alone.result.evidence));
    },
    RUN_MILLISECONDS,
  );
});

/** Each third file is cut, tampered with or emptied. */
function damage(store: string): void {
  const paths = readdirSync(store, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".f64"));
  expect(paths.length).toBeGreaterThan(3);
  paths.sort().forEach((name, index) => {
    const path = join(store, name);
    const bytes = readFileSync(path);
    if (index % 3 === 0) writeFileSync(path, bytes.subarray(0, bytes.length - 8));
    else if (index % 3 === 1) writeFileSync(path, bytes.with(bytes.length - 3, bytes.at(-3)! ^ 1));
    else writeFileSync(path, "");
  });
}

function sampleBytes(out: string, { provenance }: Result): Record<string, number> {
  return Object.fromEntries(
    Object.entries(provenance.samples).map(([stream, { digest }]) => [
      stream,
      readFileSync(join(out, "samples", `${digest}.f64`)).byteLength,
    ]),
  );
}

function expectedBytes({ provenance }: Result): Record<string, number> {
  return Object.fromEntries(
    Object.entries(provenance.samples).map(([stream, { measures, replicates }]) => [
      stream,
      8 * measures.length * replicates,
    ]),
  );
}
