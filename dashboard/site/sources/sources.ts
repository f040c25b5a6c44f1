import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Baseline } from "../../../src/baseline/baseline.ts";
import { hasBaselines, readBaselines } from "../../../src/baseline/files/read.ts";
import { prefixesByStream } from "../../../src/baseline/prefixes.ts";
import { carryOver } from "../../../src/baseline/renamed.ts";
import type { ClaimEvidence, Evidence, Outcome, Provenance, Result } from "../../../src/claim/result.ts";
import { findRoots, type Roots } from "../../../src/project/roots.ts";
import { type HistoryLine, historyEntry } from "../../../src/report/history.ts";
import { readHistory } from "../../../src/report/history-folder.ts";
import { readResult } from "../../../src/run/files/result-file.ts";
import type { KnownClaim } from "./known-claims.ts";
import { type PresentLine, underPresentNames } from "./present-names.ts";
import { asShown, isDecided, shownOutcome } from "./shown-outcome.ts";
import { readSpeedFiles, type SpeedFiles } from "./speed-files.ts";

export type TierName = Evidence["tier"];

/** One claim as the site shows it: from the newest result, or from what was accepted. */
export interface ShownClaim extends ClaimEvidence {
  readonly tier: TierName;
  readonly seed: string;
  readonly origin: "result" | "baseline";
  readonly engine: string;
  readonly commit: string | null;
  readonly at: string;
  /** Outcomes of the accepted baselines, by tier. */
  readonly accepted: Readonly<Partial<Record<TierName, Outcome>>>;
  /** Digests of its streams' samples, of results and baselines alike; of a baseline there are no blocks. */
  readonly digests: Baseline["streams"];
}

export interface Sources {
  readonly claims: readonly ShownClaim[];
  readonly result?: { readonly result: Result; readonly folder: string };
  readonly provenance?: Provenance;
  readonly baselines: ReadonlyMap<string, Baseline>;
  readonly history: readonly PresentLine[];
  /** Lines of the history that are none, and why: a page says how many it has left out. */
  readonly unreadableHistory: readonly string[];
  /** The run with several engines: the shown one, where it is one, or the one that was named. */
  readonly engineRun?: EngineRun;
  readonly speed: SpeedFiles;
}

export type EngineRun = Result & { readonly engines: NonNullable<Result["engines"]> };

/** What of the environment chooses the files: all default to those of the project. */
export interface Places {
  /** The project whose claims these are. */
  readonly roots: Roots;
  readonly result: string | undefined;
  readonly baselines: string;
  readonly history: string;
  /** A result with several engines beside the shown one. */
  readonly engines: string | undefined;
  readonly speed: string;
}

export function placesFrom(at: Parameters<typeof findRoots>[1]): Places {
  const { env } = at;
  const roots = findRoots(undefined, at);
  return {
    roots,
    result: env["PLATEAU_RESULT"] ? resultFile(env["PLATEAU_RESULT"]) : newestResult(join(roots.repository, "results")),
    baselines: env["PLATEAU_BASELINES"] ?? roots.baselines,
    history: env["PLATEAU_HISTORY"] ?? join(roots.repository, "history"),
    engines: env["PLATEAU_ENGINES_RESULT"] ? resultFile(env["PLATEAU_ENGINES_RESULT"]) : undefined,
    speed: env["PLATEAU_SPEED"] ?? join(roots.baselines, "speed"),
  };
}

/** Reads and checks all that the site is made of. Throws where a file is there and cannot be believed, or nothing is there. */
export async function readSources(places: Places, known: ReadonlyMap<string, KnownClaim>): Promise<Sources> {
  const baselines = (await hasBaselines(places.baselines))
    ? carryOver(await readBaselines(places.baselines), known)
    : new Map<string, Baseline>();
  const { lines, unreadable } = readHistory(places.history);
  const history = underPresentNames(lines, known).map(asShown);
  const result = places.result === undefined ? undefined : await readResult(places.result);
  const compared = await readEngineRun(places.engines, result);
  const beside = {
    speed: readSpeedFiles(places.speed),
    unreadableHistory: unreadable,
    ...(compared === undefined ? {} : { engineRun: compared }),
  };
  if (places.result !== undefined && result !== undefined) {
    return {
      ...beside,
      claims: result.evidence.claims.map((claim) => fromResult(claim, result, baselines.get(claim.id))),
      result: { result, folder: dirname(places.result) },
      provenance: result.provenance,
      baselines,
      history: withEntry(history, asShown(historyEntry(result))),
    };
  }
  if (baselines.size === 0) {
    throw new Error(
      `the dashboard requires a result (results/latest, or PLATEAU_RESULT) or baselines in ${places.baselines}, found neither`,
    );
  }
  return {
    ...beside,
    claims: [...baselines.values()].flatMap((one) => fromBaseline(one, known.get(one.claim))),
    baselines,
    history,
  };
}

async function readEngineRun(named: string | undefined, shown: Result | undefined): Promise<EngineRun | undefined> {
  const found = named === undefined ? shown : await readResult(named);
  if (found?.engines !== undefined) return { ...found, engines: found.engines };
  if (named === undefined) return undefined;
  throw new Error(`${named} requires a run with several engines (plateau run … --engine NAME,NAME), found one engine`);
}

/** What `plateau run` last completed here; the pointer is relative to its folder, which may be moved. */
export function newestResult(results: string): string | undefined {
  const pointer = join(results, "latest");
  if (!existsSync(pointer)) return undefined;
  const path = resultFile(resolve(results, readFileSync(pointer, "utf8").trim()));
  return existsSync(path) ? path : undefined;
}

function resultFile(path: string): string {
  const absolute = resolve(path);
  return absolute.endsWith(".json") ? absolute : join(absolute, "result.json");
}

function fromResult(
  claim: ClaimEvidence,
  { evidence, provenance }: Result,
  accepted: Baseline | undefined,
): ShownClaim {
  return {
    ...claim,
    digests: prefixesByStream(claim.arms.flatMap(({ cells }) => cells)),
    outcome: shownOutcome(claim.outcome, isDecided(claim)),
    tier: evidence.tier,
    seed: evidence.seed,
    origin: "result",
    engine: provenance.engine.name,
    commit: provenance.commit,
    at: provenance.startedAt,
    accepted: acceptedOutcomes(accepted),
  };
}

/** Of the accepted tiers the one that decides most; statement and source are the checkout's, where it still has the claim. */
function fromBaseline(baseline: Baseline, known: KnownClaim | undefined): readonly ShownClaim[] {
  const tier = (["deep", "full", "smoke"] as const).find((name) => baseline.tiers[name] !== undefined);
  const accepted = tier && baseline.tiers[tier];
  if (!tier || !accepted) return [];
  return [
    {
      id: baseline.claim,
      hash: baseline.hash,
      title: baseline.title,
      statement: known?.manifest.statement ?? "",
      source: known?.manifest.source ?? { paper: "", at: "unknown", grade: "derived" },
      suite: known?.suite ?? "",
      share: known?.share ?? 0,
      ...originOf(known),
      outcome: shownOutcome(accepted.outcome, isDecided(accepted)),
      arms: accepted.arms.map((arm) => ({ ...arm, cells: arm.cells.map((cell) => ({ ...cell, blocks: [] })) })),
      digests: baseline.streams,
      tier,
      seed: accepted.seed,
      origin: "baseline",
      engine: accepted.accepted.engine,
      commit: accepted.accepted.commit,
      at: accepted.accepted.at,
      accepted: acceptedOutcomes(baseline),
    },
  ];
}

function originOf(known: KnownClaim | undefined): Pick<ShownClaim, "origins" | "withoutControl"> {
  const { origins, withoutControl } = known?.manifest ?? {};
  return {
    ...(origins === undefined ? {} : { origins }),
    ...(withoutControl === undefined ? {} : { withoutControl }),
  };
}

function acceptedOutcomes(baseline: Baseline | undefined): ShownClaim["accepted"] {
  if (baseline === undefined) return {};
  return Object.fromEntries(
    Object.entries(baseline.tiers).flatMap(([tier, one]) =>
      one === undefined ? [] : [[tier, shownOutcome(one.outcome, isDecided(one))]],
    ),
  );
}

function withEntry(history: readonly PresentLine[], entry: PresentLine): readonly PresentLine[] {
  const same = (line: HistoryLine) => line.at === entry.at && line.seed === entry.seed && line.tier === entry.tier;
  return history.some(same) ? history : [...history, entry];
}
