import type { AggregateQuestion } from "../../../statistics/question.ts";
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
