import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { evidenceText } from "../../src/run/files/result-file.ts";
import { CHILD, fixtureClaims, freshFolder, runChild, runFixture } from "./fixture-run.ts";

const RUN_MILLISECONDS = 120_000;
const claims = await fixtureClaims("sound", "trial/slow/many-chunks", "trial/mean/centre");
const uninterrupted = evidenceText((await runFixture({ claims: await fixtureClaims("sound") })).result.evidence);

describe("a run that is killed", () => {
  test(
    "at random moments, again and again, ends with the evidence of an uninterrupted one",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      // Moments from before the journal is there to near the end; the random part falls anywhere inside a chunk.
      const moments = [0, 3, 5].map((events) => ({ events, milliseconds: Math.random() * 40 }));
      for (const moment of moments) await killedRun({ suite: "sound", out, store, resume: true }, moment);
      const { evidence, computed } = await runChild({ suite: "sound", out, store, resume: true });
      expect(evidence, `killed at ${JSON.stringify(moments)}`).toBe(uninterrupted);
      // Its parts together computed each replicate at least once, and the journal remembers that it was this run.
      expect(computed).toBeGreaterThan(0);
    },
    RUN_MILLISECONDS,
  );

  test(
    "keeps what was finished: only chunks in flight are computed again",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      await killedRun({ suite: "sound", out, store }, { events: 8, milliseconds: 0 });
      const kept = journalReplicates(out);
      expect(kept).toBeGreaterThan(0);
      const { evidence } = await runChild({ suite: "sound", out, store, resume: true });
      expect(evidence).toBe(uninterrupted);
      const all = Object.values(sampleCounts(out)).reduce((sum, count) => sum + count, 0);
      // A finished chunk that was computed again would stand in the journal twice; one may be stored and not yet written down.
      expect(journalReplicates(out)).toBeLessThanOrEqual(all);
      expect(journalReplicates(out)).toBeGreaterThan(kept);
    },
    RUN_MILLISECONDS,
  );

  test(
    "with Ctrl-C ends by itself and goes on with --resume",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      const answer = await killedRun({ suite: "sound", out, store }, { events: 4, milliseconds: 0, signal: "SIGINT" });
      expect(JSON.parse(answer)).toEqual({ error: "Error", message: "interrupted" });
      expect((await runChild({ suite: "sound", out, store, resume: true })).evidence).toBe(uninterrupted);
    },
    RUN_MILLISECONDS,
  );

  test(
    "computes again what a store that was deleted meanwhile has lost",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      await killedRun({ suite: "sound", out, store }, { events: 6, milliseconds: 0 });
      rmSync(store, { recursive: true });
      expect((await runChild({ suite: "sound", out, store, resume: true })).evidence).toBe(uninterrupted);
    },
    RUN_MILLISECONDS,
  );
});

describe("a folder", () => {
  test(
    "that holds a finished run is refused, and with resume gives the same evidence without computing",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      const first = await runFixture({ claims, out, store });
      await expect(runFixture({ claims, out, store })).rejects.toThrow(`${out} holds a finished run`);
      const again = await runFixture({ claims, out, store, resume: true });
      expect(evidenceText(again.result.evidence)).toBe(evidenceText(first.result.evidence));
    },
    RUN_MILLISECONDS,
  );

  test(
    "that holds an unfinished run is refused without resume",
    async () => {
      const out = join(freshFolder(), "out");
      await expect(runFixture({ claims, out, signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow(
        "stopped",
      );
      await expect(runFixture({ claims, out })).rejects.toThrow(`${out} holds an unfinished run: add --resume`);
    },
    RUN_MILLISECONDS,
  );

  test.each([
    ["tier", { tier: "full" as const }, "its tier is smoke, this run's is full"],
    ["seed", { seed: "2" }, "its seed is 1, this run's is 2"],
    ["claims", { claims: claims.slice(0, 1) }, "claim sound: trial/mean/centre is not in this run"],
  ])("of a run with another %s is not gone on with", async (_, other, message) => {
    const out = join(freshFolder(), "out");
    await expect(runFixture({ claims, out, signal: AbortSignal.abort(new Error("stopped")) })).rejects.toThrow(
      "stopped",
    );
    await expect(runFixture({ claims, out, resume: true, ...other })).rejects.toThrow(message);
  });

  test(
    "whose journal is damaged in the middle is refused, with the line",
    async () => {
      const out = join(freshFolder(), "out");
      const store = freshFolder();
      await runFixture({ claims, out, store });
      const path = join(out, "journal.jsonl");
      const lines = readFileSync(path, "utf8").split("\n");
      writeFileSync(path, [lines[0], "{]", ...lines.slice(2)].join("\n"));
      await expect(runFixture({ claims, out, store, resume: true })).rejects.toThrow(`${path} is damaged at line 2`);
    },
    RUN_MILLISECONDS,
  );

  test("that cannot be made is an error that names it", async () => {
    const file = join(freshFolder(), "file");
    writeFileSync(file, "");
    await expect(runFixture({ claims, out: join(file, "out") })).rejects.toThrow(
      `output directory ${join(file, "out")} cannot be made: a part of the path is not a directory`,
    );
  });
});

interface Moment {
  /** Counted from the start of the run; 0 is before the process has done anything. */
  readonly events: number;
  readonly milliseconds: number;
  readonly signal?: NodeJS.Signals;
}

/** Starts a run, kills it at that moment, and gives what it said. */
async function killedRun(options: object, { events, milliseconds, signal = "SIGKILL" }: Moment): Promise<string> {
  const child = spawn("node", [CHILD, JSON.stringify(options)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  let seen = 0;
  const kill = () => setTimeout(() => child.kill(signal), milliseconds);
  if (events === 0) kill();
  createInterface({ input: child.stderr }).on("line", () => {
    seen++;
    if (seen === events) kill();
  });
  await new Promise((resolve) => child.on("close", resolve));
  return said;
}

function journalReplicates(out: string): number {
  const lines = readFileSync(join(out, "journal.jsonl"), "utf8").split("\n").slice(1, -1);
  return lines.reduce((sum, line) => sum + (JSON.parse(line) as { count: number }).count, 0);
}

function sampleCounts(out: string): Record<string, number> {
  const { provenance } = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  return Object.fromEntries(
    Object.entries(provenance.samples as Record<string, { replicates: number }>).map(([stream, { replicates }]) => [
      stream,
      replicates,
    ]),
  );
}
