import type { ArmEvidence, CellEvidence, Result, UnitEvidence } from "../../claim/result.ts";
import { shownAs } from "../../predictions/named.ts";
import { cellWords } from "../cell-words.ts";
import type { BytesChange, Change, ClaimComparison } from "../compare/change.ts";
import { marginOf } from "../compare/estimates.ts";
import { firstDifference, sharedMeasures } from "./first-difference.ts";
import { pairedShift } from "./paired-shift.ts";
import { type PlacedResult, samplesAtHand } from "./samples-at-hand.ts";

export interface BothSides {
  readonly base: PlacedResult;
  readonly head: PlacedResult;
  /** The measure that each claim predicts, by id. */
  readonly measures: ReadonlyMap<string, string>;
}

/**
 * Adds to each cell with changed bytes what samples tell: the first observation that differs and the paired shift of each
 * measure. Only for equal streams; where a side's samples are not at hand the change stays as it was.
 */
export async function pairSamples(
  comparisons: readonly ClaimComparison[],
  sides: BothSides,
): Promise<readonly ClaimComparison[]> {
  return Promise.all(
    comparisons.map(async (comparison) => {
      if (comparison.bytes !== "changed") return comparison;
      const changes = await Promise.all(comparison.changes.map((change) => paired(change, comparison.id, sides)));
      return { ...comparison, changes };
    }),
  );
}

async function paired(change: Change, claim: string, { base, head, measures }: BothSides): Promise<Change> {
  if (change.kind !== "bytes") return change;
  const was = cellOf(base.result, claim, change);
  const is = cellOf(head.result, claim, change);
  if (was === undefined || is === undefined || was.cell.stream !== is.cell.stream) return change;
  const [before, after] = await Promise.all([
    samplesAtHand(base, was.cell.stream),
    samplesAtHand(head, is.cell.stream),
  ]);
  if (before === undefined || after === undefined) return change;
  const count = Math.min(was.cell.replicates, is.cell.replicates);
  const first = firstDifference(before, after, count);
  const predicted = measures.get(claim);
  const margin = marginAt(was.arm, was.cell);
  const shifts = sharedMeasures(before, after).map(({ measure, was: from, is: to }) =>
    pairedShift(measure, from.subarray(0, count), to.subarray(0, count), measure === predicted ? margin : undefined),
  );
  return { ...change, ...(first && { first }), shifts };
}

interface Found {
  readonly arm: ArmEvidence;
  readonly cell: CellEvidence;
}

function cellOf({ evidence }: Result, claim: string, { arm, cell }: BytesChange): Found | undefined {
  const found = evidence.claims.find(({ id }) => id === claim)?.arms.find(({ name }) => name === arm);
  const at = found?.cells.find((each) => cellWords(each) === cell);
  return found === undefined || at === undefined ? undefined : { arm: found, cell: at };
}

/** Half the region of the question that this cell answers by itself; undefined where it is about several or no size. */
function marginAt(arm: ArmEvidence, cell: CellEvidence): number | undefined {
  const index = arm.cells.indexOf(cell);
  const unit = arm.units.find(({ cells, statistic }) => {
    return cells.length === 1 && cells[0] === index && isLocation(statistic);
  });
  return unit === undefined || !hasWidth(unit) ? undefined : marginOf(unit);
}

/** Whether the margin is in the measure's own unit, so that a shift of the measure is a shift of what is predicted. */
function isLocation(statistic: string): boolean {
  const { answer, chart } = shownAs(statistic);
  return answer === "value" && (chart === "values" || chart === "zeros-and-ones");
}

function hasWidth({ region: [low, high] }: UnitEvidence): boolean {
  return low !== null && high !== null && high > low;
}
