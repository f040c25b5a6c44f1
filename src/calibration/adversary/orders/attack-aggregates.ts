import { sidesOf } from "../../../statistics/judges/aggregates/profile-sides.ts";
import type { AggregateQuestion, ProfileQuestion } from "../../../statistics/question.ts";
import { tiltedBernoulli, tiltedSign } from "../../tilted/tilted-law.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

const CHANCES = [0.5, 0.3, 0.1, 0.03, 0.97];

/** Scores of two values in every task, or in the first half of the tasks alone; and one continuous law. */
export function attacksOnAggregates(
  { of, limit, floor }: AggregateQuestion,
  sizes: readonly number[],
): readonly Attack[] {
  const all = sizes.map((size) => ({ size, weight: 1 }));
  const half = sizes.map((size, g) => ({ size, weight: g < sizes.length / 2 ? 1 : 0 }));
  const fixed = sizes.filter((_, g) => g >= sizes.length / 2).length / sizes.length;
  if (of === "interquartile-mean") {
    const coins = CHANCES.map(
      (p): Attack => ({
        ...linearAttack(tiltedBernoulli(p), all, (values) => values.map((z) => (z > 0 ? 1 : 0))),
        law: `ones with ${p}`,
        truth: 2 * Math.min(0.5, Math.max(0, p - 0.25)),
      }),
    );
    return [...coins, { ...linearAttack(tiltedSign, all, (values) => values), law: "uniform" }];
  }
  const worth = (event: boolean) => (of === "share-above" ? limit + (event ? 1 : -1) : event ? floor : limit);
  const scale = of === "optimality-gap" ? limit - floor : 1;
  return CHANCES.flatMap((p): readonly Attack[] => [
    {
      ...linearAttack(tiltedBernoulli(p), all, (values) => values.map((z) => worth(z > 0))),
      law: `all or nothing with ${p}`,
      truth: scale * p,
    },
    {
      ...linearAttack(tiltedBernoulli(p), half, (values, g) => values.map((z) => worth(g < sizes.length / 2 && z > 0))),
      law: `all or nothing with ${p} in half of the tasks, nothing in the others`,
      truth: scale * p * (1 - fixed),
    },
  ]);
}

/**
 * Scores above all thresholds or above none, in every task, or in the first half of the tasks alone and none or all in the others: the share
 * is the same above every threshold. Also such that it is as far beyond what it is to be at least as beyond what it may be at most, so that
 * an error on either side is one.
 */
export function attacksOnProfile(question: ProfileQuestion, sizes: readonly number[]): readonly Attack[] {
  const [below, above] = [question.thresholds[0]! - 1, question.thresholds.at(-1)! + 1];
  const sides = sidesOf(question);
  const beyond = (share: number) =>
    Math.max(...sides.map(({ counts, most }) => (counts === "above" ? share : 1 - share) - most));
  const isVaried = (g: number) => g < sizes.length / 2;
  const part = sizes.filter((_, g) => isVaried(g)).length / sizes.length;
  const attack = (p: number, others: "varied" | "below" | "above"): Attack => {
    const shares = sizes.map((size, g) => ({ size, weight: others === "varied" || isVaried(g) ? 1 : 0 }));
    const fixed = others === "above" ? above : below;
    const share = others === "varied" ? p : part * p + (others === "above" ? 1 - part : 0);
    return {
      ...linearAttack(tiltedBernoulli(p), shares, (values, g) =>
        values.map((z) => (shares[g]!.weight === 0 ? fixed : z > 0 ? above : below)),
      ),
      law: `all or nothing with ${p}${others === "varied" ? "" : ` in half of the tasks, all ${others} in the others`}`,
      truth: beyond(share),
    };
  };
  const middle = (Math.max(...question.lower) + Math.min(...question.upper)) / 2;
  const chances = middle > 0 && middle < 1 ? [...CHANCES, middle] : CHANCES;
  return chances.flatMap((p) => (["varied", "below", "above"] as const).map((others) => attack(p, others)));
}
