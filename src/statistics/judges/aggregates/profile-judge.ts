import { orderedColumn } from "../../contrasts/group-column.ts";
import { type Planned, planningBy } from "../../planning/planning.ts";
import { leastOnesReaching, pooledShareBounds } from "../../proved/shares/pooled-share.ts";
import type { ProfileQuestion } from "../../question.ts";
import { type FoundPart, type Judge, JudgeError } from "../judge.ts";
import { atMost } from "../proportion-judge.ts";
import { type ProfileSide, sidesOf } from "./profile-sides.ts";
import { requireTasksAlike } from "./tasks-alike.ts";

/** Parts that are listed: those that come nearest to leaving the band. */
const LISTED = 8;

/**
 * A performance profile within a band (R. Agarwal, M. Schwarzer, P. S. Castro, A. Courville and M. G. Bellemare, NeurIPS 2021, section 4.2:
 * score distributions): by how much the share of the scores above a threshold, every task counting alike, lies beyond what is predicted of
 * it, at the threshold and to the side where it does so most. A share only falls as thresholds rise, so that what holds at the thresholds
 * holds between them too: the share is at least the lower bound of the next one, and at most the upper bound of the one before.
 *
 * One side of one threshold is the farthest, so that the greatest of all upper bounds at the whole level bounds it: support costs nothing
 * for the number of thresholds. From below each side takes its part of the level, at any number of them. A bound from the distance of the
 * whole curves (Dvoretzky, Kiefer and Wolfowitz, with Massart's constant) is proved for values of one law alone; were it for tasks that
 * differ, it would be narrower from 10 sides on at 1e-3 and 13 at 1e-5, at most by a seventh at 100, where the share is one half, and wider
 * where that is below a quarter or above three quarters.
 */
export const profileJudge: Judge<ProfileQuestion> = {
  guarantee:
    "proved at every n, for independent scores of any laws, one a task, as many of each: the share above every threshold by Clopper and Pearson's bounds, which hold for tasks that differ too (Hoeffding 1956); all thresholds together",

  bounds: (groups, question, alpha) => {
    requireTasksAlike("performance profile", groups);
    const tasks = groups.map((group) => orderedColumn("performance profile", group));
    const total = tasks.length * tasks[0]!.length;
    const sides = sidesOf(question);
    const ones = sides.map((side) => tasks.reduce((sum, scores) => sum + onesOf(side, scores), 0));
    const beyond = (level: number) => sides.map((side, at) => beyondAt(side, ones[at]!, total, level));
    const together = beyond(alpha / sides.length);
    const farthest = together.reduce((most, one, at) => (one.estimate > together[most]!.estimate ? at : most), 0);
    return {
      estimate: together[farthest]!.estimate,
      low: Math.max(...together.map(({ low }) => low)),
      high: Math.max(...beyond(alpha).map(({ high }) => high)),
      spread: tasks.map((scores) => deviationOf(onesOf(sides[farthest]!, scores) / scores.length)),
      parts: nearest(together),
    };
  },

  detects: (replicates, question, errors) => planning(question).detects(replicates, question, errors),

  needs: (replicates, question, errors) => planning(question).needs(replicates, question, errors),
};

/** Scores that are ones of the side: above its threshold, or not. */
function onesOf({ threshold, counts }: ProfileSide, scores: Float64Array): number {
  let above = 0;
  for (const score of scores) if (score > threshold) above++;
  return counts === "above" ? above : scores.length - above;
}

/** By how much the side's share is more than it may be. */
function beyondAt({ label, most }: ProfileSide, ones: number, total: number, alpha: number): FoundPart {
  const { low, high } = pooledShareBounds(ones, total, alpha);
  return { label, estimate: ones / total - most, low: low - most, high: high - most };
}

function nearest(parts: readonly FoundPart[]): readonly FoundPart[] {
  const kept = new Set([...parts].sort((a, b) => b.high - a.high).slice(0, LISTED));
  return parts.filter((part) => kept.has(part));
}

function deviationOf(share: number): number {
  return Math.sqrt(share * (1 - share));
}

function planning({ known = [] }: ProfileQuestion) {
  return planningBy(known.length, missesOf);
}

/** By how much the profile is known to lie beyond its band. */
export function knownBeyond({ known = [] }: Pick<ProfileQuestion, "known">): number {
  return Math.max(...known.map(({ value }) => value));
}

/**
 * Exact binomial chances, which tasks that differ stay below. Inside, every side may come as near to its edge as is known of the nearest,
 * and none may be missed, nor the nearest one from below where the region ends there; outside one side is, whichever is the hardest to see.
 */
function missesOf(question: ProfileQuestion, { counted, region, levels }: Planned): number {
  const total = counted.length * Math.min(...counted);
  const beyond = knownBeyond(question);
  const edges = sidesOf(question).map(({ most }) => most);
  requirePossible(beyond, edges);
  const lowMiss = (reached: number, level: number) => missedBelow({ edges, beyond, reached, total, level });
  if (beyond > region.high) return lowMiss(region.high, levels.refute);
  const missed = missedAbove({ edges, beyond, reached: region.high, total, level: levels.support });
  return missed + (region.low > Number.NEGATIVE_INFINITY ? lowMiss(region.low, levels.support) : 0);
}

/** Shares that lie `beyond` their edges, and a distance beyond these that bounds are to reach. */
interface Reached {
  readonly edges: readonly number[];
  readonly beyond: number;
  readonly reached: number;
  readonly total: number;
  readonly level: number;
}

/** Of some upper bound that it is not down there, at the whole level. */
function missedAbove({ edges, beyond, reached, total, level }: Reached): number {
  return edges.reduce((sum, edge) => {
    const zeros = leastOnesReaching(1 - (edge + reached), total, level);
    return sum + atMost(zeros - 1, total, Math.max(0, 1 - (edge + beyond)));
  }, 0);
}

/** Of the lower bound of the one side that is so far beyond, at its part of the level, where that is hardest. */
function missedBelow({ edges, beyond, reached, total, level }: Reached): number {
  const misses = edges.map((edge) => {
    const ones = leastOnesReaching(edge + reached, total, level / edges.length);
    return edge + beyond > 1 ? 0 : atMost(ones - 1, total, edge + beyond);
  });
  return Math.max(...misses);
}

function requirePossible(beyond: number, edges: readonly number[]): void {
  const least = Math.min(...edges);
  if (least + beyond >= 0 && least + beyond <= 1) return;
  const needed = beyond < 0 ? `at least ${short(-least)}` : `at most ${short(1 - least)}`;
  throw new JudgeError(
    `planning of a performance profile requires a known distance that shares from 0 to 1 can have, ${needed}, got ${beyond}`,
  );
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
