import type { ArmEvidence, CellEvidence, Evidence, UnitEvidence } from "../../claim/result.ts";
import { DIGEST_BLOCK } from "../../claim/result.ts";
import { stateOfUnits } from "./arm-evidence.ts";
import { outcomeOf } from "./outcome.ts";

/**
 * The first place where evidence contradicts itself, in words: an answer that its interval does not give, an arm that its
 * answers do not come to, a claim that its arms do not come to, digests for other replicates than it counts. Undefined where
 * every verdict follows. Whether the intervals follow from the samples is for `judgedAgain`.
 *
 * Bounds are rounded outward or inward by half a digit, and rounding keeps their order, so that `supported` means an interval
 * inside the region as both are written. A unit is refuted at a stricter level than its interval has, so that an interval
 * beyond the region may still be undecided, and one that reaches into it may not be refuted.
 */
export function contradictionIn({ claims, tier }: Evidence): string | undefined {
  const ids = new Set<string>();
  for (const { id, suite, outcome, arms, withoutControl } of claims) {
    if (ids.has(`${suite}: ${id}`)) return `it has claim ${id} twice in suite ${suite}, needed once`;
    ids.add(`${suite}: ${id}`);
    const claimed = arms.filter(({ kind }) => kind === "claimed").length;
    if (claimed !== 1) return `claim ${id} has ${claimed} claimed arms, needed one`;
    for (const arm of arms) {
      const problem = problemOfArm(arm);
      if (problem !== undefined) return `claim ${id}, arm ${arm.name}${problem}`;
    }
    const due = outcomeOf(arms, tier, withoutControl !== undefined);
    if (outcome !== due) return `claim ${id} says ${outcome}, its arms come to ${due}`;
  }
  return undefined;
}

/** What follows the arm's name in the sentence. */
function problemOfArm({ state, reason, cells, units }: ArmEvidence): string | undefined {
  for (const cell of cells) {
    const problem = problemOfCell(cell);
    if (problem !== undefined) return `, a cell of ${cell.experiment}: ${problem}`;
  }
  for (const unit of units) {
    const problem = problemOfUnit(unit, cells);
    if (problem !== undefined) return `, ${unit.label || "its one cell"}: ${problem}`;
  }
  if (state === "crashed" || state === "timed-out" || state === "skipped") {
    if (reason === undefined) return ` is ${state} and does not say why`;
    return units.length > 0 ? ` is ${state} and has answers, needed none` : undefined;
  }
  if (units.length === 0) return ` is ${state} without an answer`;
  const due = stateOfUnits(units);
  return state === due ? undefined : ` says ${state}, its answers come to ${due}`;
}

function problemOfCell({ replicates, counted, blocks }: CellEvidence): string | undefined {
  const due = Math.ceil(replicates / DIGEST_BLOCK);
  if (blocks.length !== due) return `${blocks.length} digests for ${replicates} replicates, needed ${due}`;
  return counted > replicates ? `${counted} of ${replicates} replicates count` : undefined;
}

function problemOfUnit(unit: UnitEvidence, cells: readonly CellEvidence[]): string | undefined {
  const { state, region, rivals, estimate, interval, refused } = unit;
  const [low, high] = [interval[0] ?? Number.NEGATIVE_INFINITY, interval[1] ?? Number.POSITIVE_INFINITY];
  const [least, most] = [region[0] ?? Number.NEGATIVE_INFINITY, region[1] ?? Number.POSITIVE_INFINITY];
  const words = `[${interval.map(end).join(", ")}] with the region [${region.map(end).join(", ")}]`;
  if (unit.cells.some((at) => at >= cells.length)) return `it names a cell that the arm does not have`;
  if (low > high) return `its interval [${interval.map(end).join(", ")}] ends before it begins`;
  if (least > most) return `its region [${region.map(end).join(", ")}] ends before it begins`;
  if (estimate !== null && (estimate < low || estimate > high))
    return `the estimate ${estimate} lies outside its interval [${interval.map(end).join(", ")}]`;
  const rival = rivals.find((value) => value > least && value < most);
  if (rival !== undefined) return `rival ${rival} lies inside the region [${region.map(end).join(", ")}]`;
  // all values may be infinite, as logarithms of exact zeros are: JSON has no sign for that, and nothing can be told from here
  if (estimate === null && interval[0] === null && interval[1] === null && refused === undefined) {
    const isClosed = region[0] !== null && region[1] !== null;
    return state === "supported" && isClosed ? `supported by the interval ${words}` : undefined;
  }
  if (refused !== undefined)
    return state === "inconclusive" ? undefined : `${state}, although its samples were refused`;
  const isInside = low >= least && high <= most;
  const isBeyond = low > most || high < least;
  if (state === "supported" && !isInside) return `supported by the interval ${words}`;
  if (state === "refuted" && !isBeyond && !touches(low, most) && !touches(high, least))
    return `refuted by the interval ${words}`;
  if (state === "inconclusive" && low > least && high < most) return `undecided by the interval ${words}`;
  return undefined;
}

/** Two numbers that rounding may have made one. */
function touches(one: number, other: number): boolean {
  return one === other && Number.isFinite(one);
}

function end(value: number | null): string {
  return value === null ? "open" : String(value);
}
