import type { RatioQuestion } from "../../../statistics/judges/ratio/ratio-question.ts";
import type { TiltedLaw } from "../../tilted/tilted-law.ts";
import { attacksOnMedians, attacksOnProportions } from "../attack-ranks.ts";
import { boundedLaws } from "../laws-within.ts";
import { type Attack, linearAttack, type Share } from "../linear-attack.ts";
import { countsWithin } from "./attack-counts.ts";

/** Ratios of two statistics; `meanLaws`: those of the question's families. */
export function attacksOnRatios(
  question: RatioQuestion,
  sizes: readonly number[],
  meanLaws: () => readonly TiltedLaw[],
): readonly Attack[] {
  switch (question.of) {
    case "mean":
      return question.families === undefined ? ofBounded(question, sizes) : ofMeans(question, sizes, meanLaws());
    case "median":
      // Of logarithms: those at -Infinity are zeros.
      return attacksOnMedians([1, -1], sizes).map((attack) => ({
        ...attack,
        truth: 1,
        groupsOf: (values, context) =>
          attack
            .groupsOf(values, context)
            .map(({ columns }) => ({ columns: columns.map((each) => each.map(Math.exp)) })),
      }));
    case "proportion":
      return attacksOnProportions([1, -1], sizes).map((attack) => ({ ...attack, truth: 1 }));
    case "rate":
      return countsWithin(RATES, question.dispersion ?? 0).map(({ law, rate, deviation }) => ({
        ...linearAttack(law, apart(sizes, 1), (values) => values.map((z) => Math.round(rate + deviation * z))),
        truth: 1,
      }));
  }
}

const RATES = [0.02, 0.5, 4, 30];

/** Deviation over mean where a claim knows none: the second mean is told from zero, and the ratio is far from linear in it. */
const RELATIVE = 0.3;

function ofMeans({ families, known }: RatioQuestion, sizes: readonly number[], laws: readonly TiltedLaw[]) {
  const spread = known?.[1]?.spread ?? RELATIVE;
  const mean = 1 / (spread > 0 && Number.isFinite(spread) ? spread : RELATIVE);
  const scales = sizes.map((_, g) => families?.[g]?.deviation ?? 1);
  return laws.map((law) => ({
    ...linearAttack(law, apart(sizes, 1 / mean), (values, g) => values.map((z) => scales[g]! * (mean + z))),
    truth: scales[0]! / scales[1]!,
  }));
}

/** Both of one law on the range, which holds no value below zero. */
function ofBounded({ range }: RatioQuestion, sizes: readonly number[]): readonly Attack[] {
  const [from, to] = range!;
  return boundedLaws().map(({ law, at, scale }) => ({
    ...linearAttack(law, apart(sizes, 1), (values) =>
      values.map((z) => from + (to - from) * Math.min(1, Math.max(0, at + scale * z))),
    ),
    truth: 1,
  }));
}

function apart(sizes: readonly number[], weight: number): readonly Share[] {
  return sizes.map((size, g) => ({ size, weight: g === 0 ? weight : -weight }));
}
