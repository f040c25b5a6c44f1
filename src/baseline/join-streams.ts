import type { GivenClaim } from "./accept-claim.ts";
import { type Baseline, BaselineError, type TierBaseline } from "./baseline.ts";
import { cellWords } from "./cell-words.ts";
import { firstContradiction, joinedPrefixes, type Prefixes, prefixCounts, prefixesOf } from "./prefixes.ts";

/** What a tier knows of the samples of one of its cells. */
interface CellSamples {
  readonly tier: string;
  /** Whether they are in a result that is accepted now; else they stay from before. */
  readonly given: boolean;
  readonly place: string;
  readonly stream: string;
  readonly prefixes: Prefixes;
}

/** The samples of a result's cells. */
export function samplesOf({ claim, evidence: { tier } }: GivenClaim): readonly CellSamples[] {
  return claim.arms.flatMap(({ name, cells }) =>
    cells.map((cell) => {
      return { tier, given: true, place: placeWords(name, cell), stream: cell.stream, prefixes: prefixesOf(cell) };
    }),
  );
}

/** The samples of tiers that stay, of what was digested of their streams. */
export function keptSamples(
  tiers: Readonly<Record<string, TierBaseline | undefined>>,
  streams: Baseline["streams"] = new Map(),
): readonly CellSamples[] {
  return Object.entries(tiers).flatMap(([tier, kept]) =>
    (kept?.arms ?? []).flatMap(({ name, cells }) =>
      cells.map((cell) => {
        const counts = new Set(prefixCounts(cell.replicates));
        const digests = [...(streams.get(cell.stream) ?? [])].filter(([count]) => counts.has(count));
        const place = placeWords(name, cell);
        return { tier, given: false, place, stream: cell.stream, prefixes: new Map(digests) };
      }),
    ),
  );
}

/** All that is known of each stream, once. Throws `BaselineError` where two tiers contradict each other: one is of other code. */
export function joinStreams(claim: string, samples: readonly CellSamples[]): Baseline["streams"] {
  const joined = new Map<string, { readonly first: CellSamples; readonly prefixes: Prefixes }>();
  for (const cell of samples) {
    if (cell.prefixes.size === 0) continue;
    const known = joined.get(cell.stream) ?? { first: cell, prefixes: new Map<number, string>() };
    const span = firstContradiction(known.prefixes, cell.prefixes);
    if (span !== undefined) throw new BaselineError(differenceOf(claim, known.first, cell, span.join("-")));
    joined.set(cell.stream, { ...known, prefixes: joinedPrefixes(known.prefixes, cell.prefixes) });
  }
  return new Map([...joined].map(([stream, { prefixes }]) => [stream, prefixes]));
}

function differenceOf(claim: string, one: CellSamples, other: CellSamples, replicates: string): string {
  const stale = [one, other].find(({ given }) => !given);
  const needed = stale === undefined ? "needed equal samples" : `accept a new ${stale.tier} result with it`;
  return `tiers ${one.tier} and ${other.tier} of ${claim} differ at ${one.place}, replicates ${replicates}, ${needed}`;
}

function placeWords(arm: string, cell: Parameters<typeof cellWords>[0]): string {
  return `arm ${arm}, ${cellWords(cell)}`;
}
