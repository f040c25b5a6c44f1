import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixtureClaims, freshFolder, runFixture } from "./fixture-run.ts";

const RUN_MILLISECONDS = 60_000;

test(
  "programs are judged as experiments are; what they lose, how they end and what is missing is told in evidence",
  async () => {
    const { result } = await runFixture({ claims: await fixtureClaims("programs") });
    const told = result.evidence.claims.map(({ id, outcome, arms }) => {
      const [claimed] = arms;
      const why = claimed!.reason ?? claimed!.units[0]!.refused ?? null;
      return [id.split("/").at(-1), outcome, claimed!.state, why, claimed!.cells[0]!.counted];
    });
    expect(told).toEqual([
      ["dies", "crashed", "crashed", "size 1: program gave no answer to replicate 17, it ended with exit code 1", 0],
      ["loses", "holds", "supported", null, 370],
      [
        "loses-more",
        "holds",
        "inconclusive",
        "the declared rate of lost replicates, 0.1, is contradicted by 118 lost of 400",
        282,
      ],
      [
        "missing",
        "skipped",
        "skipped",
        "size 1: unsupported: there is no command no-such-interpreter-3 on this machine",
        0,
      ],
      ["sound", "holds", "supported", null, 400],
      ["wavers", "holds", "supported", null, 400],
    ]);
    expect(result.evidence.claims[1]!.origins).toEqual([
      {
        by: "program",
        program: "node test/run/fixtures/benchmarks/normal-program.mjs sound",
        deterministic: true,
        lost: 0.1,
      },
    ]);
    expect(Object.values(result.provenance.programs!)).toContainEqual([process.version]);
  },
  RUN_MILLISECONDS,
);

test(
  "what a program made is found again whatever the engine, and engines are not said to agree on it",
  async () => {
    const claims = await fixtureClaims("programs", "trial/program/sound");
    const store = freshFolder();
    const first = await runFixture({ claims, store, engine: "reference" });
    const second = await runFixture({ claims, store, engine: "wasm", others: ["reference"] });
    expect(first.result.provenance).toMatchObject({ computed: 800, found: 0 });
    expect(second.result.provenance).toMatchObject({ computed: 0, found: 800 });
    expect(second.result.evidence).toEqual(first.result.evidence);
    const [arm] = second.result.engines!.others[0]!.claims[0]!.arms;
    expect(arm).toMatchObject({ other: "supported", reason: "no engine computes it: program", estimates: [] });
  },
  RUN_MILLISECONDS,
);

test(
  "a program that dies loses nothing that it had computed, and what it wrote to standard error is beside the result",
  async () => {
    const claims = await fixtureClaims("programs", "trial/program/dies");
    const store = freshFolder();
    await runFixture({ claims, store });
    const out = join(freshFolder(), "out");
    const again = await runFixture({ claims, store, out });
    // 17 of the claimed arm, 400 of its control
    expect(again.result.provenance).toMatchObject({ computed: 0, found: 417 });
    expect(existsSync(join(out, "errors"))).toBe(false);
    expect(readFileSync(join(out, "journal.jsonl"), "utf8").split("\n")).toHaveLength(2);
  },
  RUN_MILLISECONDS,
);
