import type { Baseline } from "../../../src/baseline/baseline.ts";
import type { HistoryLine } from "../../../src/report/history.ts";
import { plain } from "../html/tex.ts";
import { timeWord } from "../html/words.ts";
import { isDecided, shownOutcome } from "../sources/shown-outcome.ts";
import type { Sources, TierName } from "../sources/sources.ts";

/** Runs that the site keeps: about three months of nightly ones. */
const LATEST = 100;

/** A run or a set of baselines, reduced to what two of them can be compared by. */
export interface SiteRun {
  /** Stays the same from build to build, for the URL. */
  readonly key: string;
  readonly label: string;
  readonly line: HistoryLine;
}

/** The newest first; accepted baselines last, one entry a tier. */
export function siteRuns({ history, baselines }: Sources): readonly SiteRun[] {
  const runs = history.slice(-LATEST).map((line): SiteRun => {
    const commit = line.commit === null ? "no commit" : line.commit.slice(0, 10);
    return {
      key: `${keyOf(line.at)}-${line.tier}`,
      label: plain(`${timeWord(line.at)}, ${line.tier}, ${commit}, seed ${line.seed}`),
      line,
    };
  });
  return [
    ...distinct(runs).toReversed(),
    ...(["full", "smoke", "deep"] as const).flatMap((tier) => acceptedRun(baselines, tier)),
  ];
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
  readonly points: readonly {
    readonly at: string;
    readonly commit: string | null;
    readonly tier: TierName;
    readonly hash: string;
    readonly outcome: string;
    readonly units: HistoryLine["claims"][number]["units"];
  }[];
}

export function claimHistories(sources: Sources): readonly ClaimHistory[] {
  const lines = sources.history.slice(-LATEST);
  return sources.claims.map(({ id, title }) => ({
    id: plain(id),
    title: plain(title),
    points: lines.flatMap(({ at, commit, tier, claims }) => {
      const found = claims.find((claim) => claim.id === id);
      return found
        ? [{ at, commit, tier, hash: found.hash.slice(0, 12), outcome: found.outcome, units: found.units }]
        : [];
    }),
  }));
}
