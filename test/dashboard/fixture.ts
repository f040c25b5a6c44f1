import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { acceptResults } from "../../src/baseline/accept.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import { sealed, sealedLine } from "../../src/claim/evidence/digests.ts";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { historyEntry } from "../../src/report/history.ts";
import { readResult } from "../../src/run/files/result-file.ts";
import { answered } from "../answered.ts";
import { HOSTILE } from "./hostile.ts";
import { withOtherEngine } from "./other-engine.ts";
import { KERNELS, OTHER_PEERS, PEERS } from "./speed-measurement.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

/** One cheap claim of each kind of chart: law, strips of medians, variances and proportions, identity, slope, scatter, means. */
export const CLAIMS = [
  "orvieto2021/chains/product-has-gamma-law",
  "orvieto2021/chains/median-square-vanishes",
  "orvieto2021/chains/log-weight-variance",
  "orvieto2021/chains/relu-chain-dies",
  "orvieto2021/escape/descent-time",
  "orvieto2021/escape/finite-noise-slope",
  "orvieto2021/escape/sign-descent-ignores-curvature",
  "orvieto2021/escape/directions-share-the-escape",
] as const;

export interface Fixture {
  readonly result: string;
  readonly baselines: string;
  readonly history: string;
  readonly speed: string;
}

/** When and of what commit the shown run is: pages look the same on every day. */
const LAST_DAY = { startedAt: "2026-01-08T00:00:00.000Z", commit: "8".repeat(40), dirty: false };

/**
 * A real run of cheap claims on two engines, changed in known ways: one refuted, one with a supported control, one hostile, and a
 * third engine to which everything happened that can.
 */
export async function makeFixture(): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-dashboard-"));
  const run = join(folder, "run");
  const original = await runClaims(CLAIMS, run);
  const full = await runClaims(CLAIMS.slice(4, 6), join(folder, "full"), "--tier", "full");
  await writeBaselines(
    join(folder, "baselines"),
    acceptResults([original, full], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: "a fixture" }),
  );
  const evidence = { ...original.evidence, claims: original.evidence.claims.flatMap(change) };
  const changed = withOtherEngine({ ...original, evidence, provenance: { ...original.provenance, ...LAST_DAY } });
  const result = join(folder, "result");
  mkdirSync(result);
  cpSync(join(run, "samples"), join(result, "samples"), { recursive: true });
  writeFileSync(join(result, "result.json"), JSON.stringify(sealed(changed)));
  writeHistory(join(folder, "history"), original);
  const speed = join(folder, "speed");
  writeSpeed(speed);
  return { result, baselines: join(folder, "baselines"), history: join(folder, "history"), speed };
}

/** Judges claims on two engines, at the smoke tier where `options` say nothing else; the result lies in `out`. */
export async function runClaims(claims: readonly string[], out: string, ...options: string[]): Promise<Result> {
  const tier = options.includes("--tier") ? [] : ["--tier", "smoke"];
  const words = ["run", ...claims, ...tier, ...options, "--engine", "wasm,reference", "--out", out];
  await execa("node", [join(REPOSITORY, "dist/src/cli/main.js"), ...words], {
    cwd: dirname(out),
    env: { PLATEAU_ROOT: undefined, CI: undefined },
    reject: false,
  });
  return readResult(join(out, "result.json"));
}

/** Writes the measurements of speed of two machines, of the second one's kernels none. */
export function writeSpeed(folder: string): void {
  const [one, other] = [join(folder, "one"), join(folder, "other")];
  for (const machine of [one, other]) mkdirSync(machine, { recursive: true });
  writeFileSync(join(one, "peers.json"), JSON.stringify(PEERS));
  writeFileSync(join(one, "kernels.json"), JSON.stringify(KERNELS));
  writeFileSync(join(other, "peers.json"), JSON.stringify(OTHER_PEERS));
}

function change(claim: ClaimEvidence): ClaimEvidence[] {
  if (claim.id.endsWith("median-square-vanishes")) return [refuted(claim), hostile(claim)];
  if (claim.id.endsWith("relu-chain-dies")) return [{ ...withControl(claim, "supported"), outcome: "fails" }];
  // Another content hash: this checkout's reasons are not those of the evidence.
  if (claim.id === CLAIMS[0]) return [{ ...claim, hash: "0".repeat(64) }];
  return [claim];
}

function refuted(claim: ClaimEvidence): ClaimEvidence {
  const arms = claim.arms.map((arm) => (arm.kind === "control" ? arm : answered(arm, "refuted")));
  return { ...claim, arms, outcome: "fails" };
}

function withControl(claim: ClaimEvidence, state: "supported"): ClaimEvidence {
  return { ...claim, arms: claim.arms.map((arm) => (arm.kind === "control" ? answered(arm, state) : arm)) };
}

function hostile(claim: ClaimEvidence): ClaimEvidence {
  const { id, title, statement, arm: name, reason } = HOSTILE;
  const [claimed, ...controls] = claim.arms;
  return {
    ...claim,
    id,
    title,
    statement,
    suite: name,
    source: { paper: name, at: title, grade: "derived" },
    outcome: "crashed",
    arms: [
      { ...claimed!, units: claimed!.units.map((unit) => ({ ...unit, label: `${name} ${unit.label}`, parts: PARTS })) },
      ...controls.map((control) => ({ ...control, name, state: "crashed" as const, reason, units: [] })),
    ],
  };
}

/** Of a question about several things: one out of the region, one that says nothing, one with a hostile name. */
const PARTS: NonNullable<ClaimEvidence["arms"][number]["units"][number]["parts"]> = [
  { label: "far", estimate: 1e6, interval: [9e5, 2e6] },
  { label: "open to both sides", estimate: 0, interval: [null, null] },
  { label: HOSTILE.words, estimate: null, interval: [null, 0] },
];

/** A week of runs whose estimates wander. */
function writeHistory(folder: string, original: Result): void {
  const entry = historyEntry(original);
  const lines = Array.from({ length: 7 }, (_, day) => ({
    ...entry,
    at: `2026-01-0${day + 1}T00:00:00.000Z`,
    commit: `${day}`.repeat(40),
    seed: String(day),
    claims: entry.claims.map((claim) => ({
      ...claim,
      units: claim.units.map((unit) => ({
        ...unit,
        estimate: unit.estimate === null ? null : unit.estimate * (1 + day / 50),
      })),
    })),
  }));
  mkdirSync(folder);
  writeFileSync(join(folder, "nightly.jsonl"), `${lines.map((line) => JSON.stringify(sealedLine(line))).join("\n")}\n`);
}

/** What a page's source says. */
export function readPage(site: string, path: string): string {
  return readFileSync(join(site, path), "utf8");
}
