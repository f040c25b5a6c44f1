import { orderedColumn, severalValues } from "../../contrasts/group-column.ts";
import { medianContrastReach } from "../../contrasts/median-contrast.ts";
import { tallyOf } from "../../contrasts/tally.ts";
import { moments } from "../../moments/moments.ts";
import { lowerRank } from "../../order-statistic-ranks.ts";
import type { Part } from "../../planning/contrast-planning.ts";
import { bettingBounds, bettingReach } from "../../proved/betting.ts";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { meanBounds, meanReach } from "../../proved/mean-bounds.ts";
import { normalQuantile } from "../../quantiles.ts";
import type { BandQuestion, Family } from "../../question.ts";
import { rankSpread } from "../../rank-spread.ts";
import { type Group, JudgeError, requireSpread } from "../judge.ts";
import { clopperPearson, clopperPearsonHigh, clopperPearsonLow } from "../proportion-judge.ts";

/** One measure of one cell: where its statistic lies from what is predicted of it, in margins. */
export interface Strip {
  readonly label: string;
  readonly cell: number;
  readonly through: "median" | "mean" | "proportion";
  readonly count: number;
  readonly spread: number;
  readonly middle: number;
  /** Each end wrong with probability at most `alpha`. */
  readonly boundsAt: (alpha: number) => TwoBounds;
}

/** What is predicted of a measure in a cell, and what its values may be. */
interface Place {
  readonly value: number;
  readonly within: number;
  readonly range: readonly [number, number] | undefined;
  readonly family: Family | undefined;
}

export function stripsOf(groups: readonly Group[], question: BandQuestion): readonly Strip[] {
  const { measures, names } = question;
  return groups.flatMap((group, cell) => {
    if (group.columns.length < measures.length) {
      throw new JudgeError(`band requires a column a measure (${measures.length}), got ${group.columns.length}`);
    }
    return measures.map((measure, column) => {
      const through = throughOf(question, column);
      const own = { columns: group.columns.slice(column, column + 1) };
      return {
        label: names.length === 1 ? measure : `${measure} at ${names[cell]}`,
        cell,
        through,
        count: own.columns[0]?.length ?? 0,
        ...FOUND[through](own, placeOf(question, cell, column)),
      };
    });
  });
}

export function throughOf({ through }: BandQuestion, column: number): Strip["through"] {
  return through?.[column] ?? "median";
}

/** The columns of the means that a declared family is about: those without a range. */
export function columnsOfFamilies(question: BandQuestion): readonly number[] {
  return [...question.measures.keys()].filter(
    (column) => throughOf(question, column) === "mean" && question.ranges?.[column] === undefined,
  );
}

function placeOf(question: BandQuestion, cell: number, column: number): Place {
  const own = columnsOfFamilies(question);
  const index = own.indexOf(column);
  return {
    value: question.values[cell]![column]!,
    within: question.within[cell]![column]!,
    range: question.ranges?.[column],
    family: index < 0 ? undefined : question.families?.[cell * own.length + index],
  };
}

type Found = Pick<Strip, "spread" | "middle" | "boundsAt">;
const FOUND: { readonly [T in Strip["through"]]: (group: Group, place: Place) => Found } = {
  median: medianFound,
  mean: meanFound,
  proportion: proportionFound,
};

function medianFound(group: Group, { value, within }: Place): Found {
  const sorted = orderedColumn("band", group);
  const count = sorted.length;
  const at = (index: number) => (sorted[index]! - value) / within;
  const [below, above] = [at((count - 1) >> 1), at(count >> 1)];
  return {
    spread: rankSpread(sorted) / within,
    middle: below === above ? below : (below + above) / 2,
    boundsAt: (alpha) => {
      const rank = lowerRank(count, alpha);
      return rank === 0 ? NOWHERE : { low: at(rank - 1), high: at(count - rank) };
    },
  };
}

const NOWHERE: TwoBounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** By the declared range where there is one, else by the family. */
function meanFound(group: Group, { value, within, range, family }: Place): Found {
  const values = severalValues("band", group);
  const { mean, variance } = moments(values);
  const boundsOf = range === undefined ? ofFamily(values, family, variance) : ofRange(values, range);
  return {
    spread: Math.sqrt(variance) / within,
    middle: (mean - value) / within,
    boundsAt: (alpha) => {
      const { low, high } = boundsOf(alpha);
      return { low: (Math.min(low, mean) - value) / within, high: (Math.max(high, mean) - value) / within };
    },
  };
}

function ofRange(values: Float64Array, range: readonly [number, number]): Strip["boundsAt"] {
  const at = values.findIndex((value) => !(value >= range[0] && value <= range[1]));
  if (at >= 0) {
    throw new JudgeError(
      `band requires values in the declared range [${range.join(", ")}], got ${values[at]} at replicate ${at}`,
    );
  }
  return (alpha) => bettingBounds({ values, range, horizon: values.length }, alpha);
}

function ofFamily(values: Float64Array, family: Family | undefined, variance: number): Strip["boundsAt"] {
  if (family === undefined) throw new JudgeError("band requires a range or a family of every mean, got neither");
  requireSpread("band", variance);
  return (alpha) => meanBounds(values, family, alpha);
}

function proportionFound(group: Group, { value, within }: Place): Found {
  const { ones, count } = tallyOf("band", group);
  const share = ones / count;
  return {
    spread: Math.sqrt(share * (1 - share)) / within,
    middle: (share - value) / within,
    boundsAt: (alpha) => {
      const { low, high } = clopperPearson(ones, count, alpha);
      return { low: (low - value) / within, high: (high - value) / within };
    },
  };
}

/** How far from its statistic a strip's bound lies but with probability `undecided`, in margins; at a distance that is known. */
export function stripReach(
  question: BandQuestion,
  [cell, column]: readonly [number, number],
  distance: number,
  part: Part,
  alpha: number,
  undecided: number,
): number {
  const { value, within, range, family } = placeOf(question, cell, column);
  switch (throughOf(question, column)) {
    case "median":
      return medianContrastReach([part], 0, alpha, undecided);
    case "proportion":
      return proportionReach(part.count, value, distance * within, alpha, undecided) / within;
    case "mean":
      if (range === undefined) return meanReach(part.count, part.spread, family!, alpha, undecided);
      return bettingReach(part.count, part.spread, [range[0] / within, range[1] / within], alpha, undecided);
  }
}

/** At the chance nearest to one half that lies so far from the predicted one, where bounds are widest. */
function proportionReach(count: number, value: number, distance: number, alpha: number, undecided: number): number {
  if (!(count >= 1)) return Number.POSITIVE_INFINITY;
  const chance = value < 0.5 ? Math.min(0.5, value + distance) : Math.max(0.5, value - distance);
  const likely = normalQuantile(undecided) * Math.sqrt(count * chance * (1 - chance)) + 1;
  const ones = (side: 1 | -1) => Math.min(count, Math.max(0, Math.round(count * chance + side * likely)));
  const below = clopperPearsonLow(ones(-1), count, alpha);
  const above = clopperPearsonHigh(ones(1), count, alpha);
  return Math.max(chance - below, above - chance);
}
