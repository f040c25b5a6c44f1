import type { Outcome } from "../../../../src/claim/result.ts";
import type { PresentLine } from "../../sources/present-names.ts";

/** The gravest first: what a column that stands for several runs shows. */
const GRAVITY: readonly Outcome[] = ["fails", "crashed", "timed-out", "undecided", "skipped", "holds"];

/** What one claim came to in each run of a tier, oldest first; undefined where it was not judged. */
export interface GridRow {
  readonly id: string;
  readonly outcomes: readonly (Outcome | undefined)[];
  /** Runs in which the claim was another one than when it was judged before. */
  readonly redefined: readonly number[];
  /** The first run that has its present name, where runs before it have another. */
  readonly renamed?: { readonly run: number; readonly from: string };
  /** The last run in which the verdict or the claim was another than before. */
  readonly last?: { readonly run: number; readonly from: Outcome; readonly to: Outcome; readonly redefined: boolean };
}

/** A stretch of columns with one verdict. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
}

/** A row a claim over the runs of one tier; the latest change first, claims that never changed last, in the order of `ids`. */
export function verdictGrid(runs: readonly PresentLine[], ids: readonly string[]): readonly GridRow[] {
  const found = runs.map(({ claims }) => new Map(claims.map((claim) => [claim.id, claim])));
  const rows = ids.flatMap((id): readonly GridRow[] => {
    const row = rowOf(id, found);
    return row.outcomes.some((one) => one !== undefined) ? [row] : [];
  });
  return rows.toSorted((a, b) => (b.last?.run ?? -1) - (a.last?.run ?? -1));
}

type Claims = ReadonlyMap<string, PresentLine["claims"][number]>;

function rowOf(id: string, runs: readonly Claims[]): GridRow {
  const redefined: number[] = [];
  let last: GridRow["last"];
  let renamed: GridRow["renamed"];
  let before: PresentLine["claims"][number] | undefined;
  for (const [run, claims] of runs.entries()) {
    const claim = claims.get(id);
    if (claim === undefined) continue;
    const isOther = before !== undefined && before.hash !== claim.hash;
    if (isOther) redefined.push(run);
    if (before !== undefined && (isOther || before.outcome !== claim.outcome))
      last = { run, from: before.outcome, to: claim.outcome, redefined: isOther };
    if (before?.formerly !== undefined && claim.formerly === undefined) renamed = { run, from: before.formerly };
    before = claim;
  }
  const outcomes = runs.map((claims) => claims.get(id)?.outcome);
  return {
    ...{ id, outcomes, redefined },
    ...(renamed === undefined ? {} : { renamed }),
    ...(last === undefined ? {} : { last }),
  };
}

/** The row in at most `columns` columns, each as grave as its gravest run; neighbours of one verdict are one stretch. */
export function stretchesOf({ outcomes }: GridRow, columns: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let column = 0; column < columns; column++) {
    const outcome = gravest(
      outcomes.slice(firstOf(column, columns, outcomes.length), firstOf(column + 1, columns, outcomes.length)),
    );
    const last = stretches.at(-1);
    if (outcome === undefined) continue;
    if (last?.outcome === outcome && last.to === column) stretches[stretches.length - 1] = { ...last, to: column + 1 };
    else stretches.push({ from: column, to: column + 1, outcome });
  }
  return stretches;
}

/** The column that shows a run. */
export function columnOf(run: number, columns: number, runs: number): number {
  return Math.floor(((run + 0.5) * columns) / runs);
}

function firstOf(column: number, columns: number, runs: number): number {
  return Math.ceil((column * runs) / columns - 0.5);
}

function gravest(outcomes: readonly (Outcome | undefined)[]): Outcome | undefined {
  return GRAVITY.find((one) => outcomes.includes(one));
}
