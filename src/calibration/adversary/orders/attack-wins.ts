import { nextUniform, type Stream } from "../../../numerics/random.ts";
import type { RankCorrelationQuestion } from "../../../statistics/question.ts";
import { tiltedBernoulli, tiltedSign } from "../../tilted/tilted-law.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

const CHANCES = [0.5, 0.1, 0.03, 0.97];

/**
 * Wins of the first half of the groups over the second: one arm far to either side of the other's only value, which leaves as much to chance
 * as any law may; zeros and ones in both, where half of the pairs are ties; and one continuous law.
 */
export function attacksOnSuperiority(sizes: readonly number[]): readonly Attack[] {
  const strata = sizes.length / 2;
  const only = (arm: 0 | 1) => sizes.map((size, g) => ({ size, weight: (g < strata ? 0 : 1) === arm ? 1 : 0 }));
  const both = sizes.map((size, g) => ({ size, weight: g < strata ? 1 : -1 }));
  const isIn = (arm: 0 | 1, g: number) => (g < strata ? 0 : 1) === arm;
  const apart = ([0, 1] as const).flatMap((arm) =>
    CHANCES.map(
      (p): Attack => ({
        ...linearAttack(tiltedBernoulli(p), only(arm), (values, g) =>
          values.map((z) => (isIn(arm, g) && z > 0 ? 1 : isIn(arm, g) ? -1 : 0)),
        ),
        law: `${arm === 0 ? "first" : "second"} arm above the other's one value with ${p}`,
        truth: arm === 0 ? p : 1 - p,
      }),
    ),
  );
  return [
    ...apart,
    ...[0.5, 0.1].map(
      (p): Attack => ({
        ...linearAttack(tiltedBernoulli(p), both, (values) => values.map((z) => (z > 0 ? 1 : 0))),
        law: `ones with ${p} in both arms`,
        truth: 0.5,
      }),
    ),
    { ...linearAttack(tiltedSign, both, (values) => values), law: "the same continuous law", truth: 0.5 },
  ];
}

const TIES = [0, 0.3, 0.9];

/** Pairs that are won with a chance, but for a part of them that are ties. */
export function attacksOnPairs(sizes: readonly number[]): readonly Attack[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const uniforms = (stream: Stream) => Float64Array.from({ length: total }, () => nextUniform(stream));
  const shares = sizes.map((size) => ({ size, weight: 1 }));
  return TIES.flatMap((ties) =>
    CHANCES.map((p): Attack => {
      const wins = linearAttack(
        tiltedBernoulli(p),
        shares,
        (values, _g, drawn) => values.map((z, i) => (drawn[i]! < ties ? 0 : z > 0 ? 1 : -1)),
        uniforms,
      );
      return {
        ...wins,
        law: `won with ${p}, ${ties} of the pairs ties`,
        truth: (1 - ties) * p + ties / 2,
        groupsOf: (values, drawn) =>
          wins
            .groupsOf(values, drawn)
            .map(({ columns: [won] }) => ({ columns: [won!, new Float64Array(won!.length)] })),
      };
    }),
  );
}

/**
 * Zeros and ones that both measures share, or that are turned round in one: two replicates are ranked alike where they differ. And two
 * crossed diagonals, the second measure the first or its negative: all that is left to chance is which.
 */
export function attacksOnRanks({ of }: RankCorrelationQuestion, sizes: readonly number[]): readonly Attack[] {
  const size = sizes[0]!;
  const shares = [{ size, weight: 1 }];
  const twoValues = CHANCES.flatMap((p) =>
    ([1, -1] as const).map((sign): Attack => {
      const shared = linearAttack(tiltedBernoulli(p), shares, (values) => values);
      return {
        ...shared,
        law: `two values, one with ${p}, ${sign === 1 ? "the same" : "the other"} in the second measure`,
        // tau; rho is three times the variance of the grades, p (1 - p) of them
        truth: sign * p * (1 - p) * (of === "kendall-tau" ? 2 : 3),
        groupsOf: (values, drawn) =>
          shared.groupsOf(values, drawn).map(({ columns: [own] }) => ({ columns: [own!, own!.map((z) => sign * z)] })),
      };
    }),
  );
  const crossed = [0.5, 0.9].map((p): Attack => {
    const uniforms = (stream: Stream) => Float64Array.from({ length: size }, () => 2 * nextUniform(stream) - 1);
    const chosen = linearAttack(tiltedBernoulli(p), shares, (values) => values, uniforms);
    return {
      ...chosen,
      law: `two crossed diagonals, the rising one with ${p}`,
      // tau = P(same) - P(other) of two, as crossed pairs cancel: p^2 - (1 - p)^2; rho the mean sign
      truth: 2 * p - 1,
      groupsOf: (values, drawn) =>
        chosen
          .groupsOf(values, drawn)
          .map(({ columns: [rising] }) => ({ columns: [drawn, drawn.map((x, i) => (rising![i]! > 0 ? x : -x))] })),
    };
  });
  return [...twoValues, ...crossed];
}
