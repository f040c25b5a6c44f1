import type { Baseline } from "../../../../src/baseline/baseline.ts";
import type { HistoryLine } from "../../../../src/report/history.ts";
import { plain } from "../../html/tex.ts";
import { timeWord } from "../../html/words.ts";
import { isDecided, shownOutcome } from "../../sources/shown-outcome.ts";
import type { Sources, TierName } from "../../sources/sources.ts";
import { keptRuns } from "./kept-runs.ts";

/** A run or a set of baselines, reduced to what two of them can be compared by. */
export interface SiteRun {
  /** Stays the same from build to build, for the URL. */
  readonly key: string;
  readonly label: string;
  readonly line: HistoryLine;
}

/** The newest first; accepted baselines last, one entry a tier. */
export function siteRuns(sources: Sources): readonly SiteRun[] {
  return [
    ...pastRuns(sources).toReversed(),
    ...(["full", "smoke", "deep"] as const).flatMap((tier) => acceptedRun(sources.baselines, tier)),
  ];
}

/** The runs that are kept, oldest first. */
function pastRuns({ history }: Sources): readonly SiteRun[] {
  const runs = keptRuns(history).map((line): SiteRun => {
    const commit = line.commit === null ? "no commit" : line.commit.slice(0, 10);
    return {
      key: `${keyOf(line.at)}-${line.tier}`,
      label: plain(`${timeWord(line.at)}, ${line.tier}, ${commit}, seed ${line.seed}`),
      line,
    };
  });
  return distinct(runs);
}

/** A time without its punctuation; a text of another form has no place in the name of a file. */
function keyOf(at: string): string {
  return /^[\d:.TZ-]{10,40}$/.test(at) ? at.replace(/[^\w-]/g, "") : "no-time";
}

/** Runs that began in one millisecond keep apart. */
function distinct(runs: readonly SiteRun[]): readonly SiteRun[] {
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const times = (seen.get(run.key) ?? 0) + 1;
    seen.set(run.key, times);
    return times === 1 ? run : { ...run, key: `${run.key}-${times}` };
  });
}

function acceptedRun(baselines: ReadonlyMap<string, Baseline>, tier: TierName): readonly SiteRun[] {
  const accepted = [...baselines.values()].flatMap((one) => {
    const found = one.tiers[tier];
    return found === undefined ? [] : [{ ...one, found }];
  });
  const [first] = accepted;
  if (first === undefined) return [];
  const at = accepted
    .map(({ found }) => found.accepted.at)
    .sort()
    .at(-1)!;
  const line: HistoryLine = {
    schema: 1,
    at,
    commit: first.found.accepted.commit,
    tier,
    seed: first.found.seed,
    claims: accepted.map(({ claim, hash, found }) => ({
      id: claim,
      hash,
      outcome: shownOutcome(found.outcome, isDecided(found)),
      units: (found.arms.find(({ kind }) => kind === "claimed")?.units ?? []).map((unit) => ({
        label: unit.label,
        estimate: unit.estimate,
        low: unit.interval[0],
        high: unit.interval[1],
        state: unit.state,
      })),
    })),
  };
  return [{ key: `baselines-${tier}`, label: `accepted baselines, ${tier}`, line }];
}

/** One claim over the runs, oldest first: what the history page draws. */
export interface ClaimHistory {
  readonly id: string;
  readonly title: string;
  /** What the claim predicts as it is now, by question: it is the region of the points that have its hash. */
  readonly hash: string;
  readonly predicted: Readonly<Record<string, { readonly value: number | null; readonly region: Ends }>>;
  readonly points: readonly {
    /** Among all runs of its tier, the oldest is 0. */
    readonly run: number;
    readonly key: string;
    /** The run of its tier before it, as the compare page calls it. */
    readonly before: string | null;
    readonly at: string;
    readonly commit: string | null;
    readonly tier: TierName;
    readonly seed: string;
    readonly hash: string;
    readonly outcome: string;
    readonly units: HistoryLine["claims"][number]["units"];
  }[];
}

type Ends = readonly [low: number | null, high: number | null];

export function claimHistories(sources: Sources): readonly ClaimHistory[] {
  const runs = pastRuns(sources);
  const before = runs.map(
    ({ line }, at) => runs.slice(0, at).findLast((one) => one.line.tier === line.tier)?.key ?? null,
  );
  const places = placesInTier(sources.history);
  const byId = runs.map(({ line }) => new Map(line.claims.map((claim) => [claim.id, claim])));
  return sources.claims.map(({ id, title, hash, arms }) => ({
    id: plain(id),
    title: plain(title),
    hash: hash.slice(0, 12),
    predicted: Object.fromEntries(
      (arms.find(({ kind }) => kind === "claimed")?.units ?? []).map(({ label, predicted, region }) => [
        label,
        { value: predicted, region },
      ]),
    ),
    points: runs.flatMap(({ key, line }, index) => {
      const { at, commit, tier, seed } = line;
      const found = byId[index]!.get(id);
      return found
        ? [
            {
              ...{ run: places.get(line)!, key, before: before[index]!, at, commit, tier, seed },
              ...{ hash: found.hash.slice(0, 12), outcome: found.outcome, units: found.units },
            },
          ]
        : [];
    }),
  }));
}

function placesInTier(history: readonly HistoryLine[]): ReadonlyMap<HistoryLine, number> {
  const counts = new Map<TierName, number>();
  return new Map(
    history.map((line) => {
      const place = counts.get(line.tier) ?? 0;
      counts.set(line.tier, place + 1);
      return [line, place];
    }),
  );
}
