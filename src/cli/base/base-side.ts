import { dirname } from "node:path";
import type { Baseline } from "../../baseline/baseline.ts";
import type { Definitions } from "../../baseline/definition.ts";
import { readBaselines } from "../../baseline/files/read.ts";
import { carryOver } from "../../baseline/renamed.ts";
import { resultAsBaselines } from "../../baseline/result-as-baselines.ts";
import type { PlacedResult } from "../../baseline/samples/samples-at-hand.ts";
import type { Result } from "../../claim/result.ts";
import { readResult } from "../../run/files/result-file.ts";
import { UsageError } from "../errors.ts";
import { shownPath } from "../result-place.ts";
import type { Base } from "./base-place.ts";
import type { BaseRunParts } from "./base-run.ts";

/** The other side of a comparison, whatever it was made from. */
export interface BaseSide {
  readonly kind: "baselines" | "result";
  readonly baselines: ReadonlyMap<string, Baseline>;
  /** The base's result and where its samples are; undefined for baselines, which have none. */
  readonly placed: PlacedResult | undefined;
  /** `the smoke baselines`. */
  readonly words: string;
  readonly remove: () => Promise<void>;
}

/** Reads the base, or makes it. Throws `UsageError` where it is of another tier than the head. */
export async function loadBase(base: Base, head: Result, parts: BaseRunParts): Promise<BaseSide> {
  const { tier } = head.evidence;
  const remove = async () => undefined;
  if (base.kind === "baselines") {
    const baselines = carryOver(await readBaselines(base.folder), parts.definitions);
    return { kind: "baselines", baselines, placed: undefined, words: `the ${tier} baselines`, remove };
  }
  if (base.kind === "result") {
    const result = await readResult(base.path);
    if (result.evidence.tier !== tier) {
      throw new UsageError(`compare needs two results of one tier, got ${tier} and, as base, ${result.evidence.tier}`);
    }
    const placed = { result, folder: dirname(base.path) };
    const words = `the ${tier} result ${shownPath(base.path, parts.io)}`;
    return { kind: "result", baselines: asBaselines(result, parts.definitions), placed, words, remove };
  }
  // loaded when it is asked for: only a repository has the tools to build another commit
  const { runBase } = await import("./base-run.ts");
  const run = await runBase(base.commit, head, parts);
  const ran = run.base === undefined ? new Map() : asBaselines(run.base.result, parts.definitions);
  // a claim that was not run again because the head has it no more is still one of the base's
  const renamed = new Set([...ran.values()].map(({ renamedFrom }) => renamedFrom));
  const gone = run.claims.filter(({ id }) => !ran.has(id) && !renamed.has(id) && !parts.definitions.has(id));
  const baselines = new Map([...ran, ...gone.map(({ id, title }) => [id, withoutEvidence(id, title)] as const)]);
  const words = `commit ${base.commit.slice(0, 10)} run again at tier ${tier}`;
  return { kind: "result", baselines, placed: run.base, words, remove: run.remove };
}

function asBaselines(result: Result, definitions: Definitions): ReadonlyMap<string, Baseline> {
  return carryOver(resultAsBaselines(result, definitions), definitions);
}

function withoutEvidence(claim: string, title: string): Baseline {
  return { claim, title, hash: "", definition: { tiers: {} }, tiers: {}, streams: new Map() };
}
