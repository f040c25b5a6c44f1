import type { TiltedLaw } from "../../tilted/tilted-law.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

/** An attack on one group's mean as one on pairs that have its values as differences, beside what both have in common. */
export function pairedAttack(attack: Attack): Attack {
  return {
    ...attack,
    groupsOf: (values, context) =>
      attack.groupsOf(values, context).map(({ columns: [differences] }) => {
        const common = differences!.toReversed();
        return { columns: [differences!.map((difference, pair) => common[pair]! + difference), common] };
      }),
  };
}

const RATIO = 2;

/** The second mean in its own deviations: it is told from zero, and the ratio is far from linear in it. */
const OVER_MEAN = 4;

/** Ratios of pairs whose second measure is of the law, and the first that many times it and as much again of another draw. */
export function attacksOnPairedRatio(sizes: readonly number[], laws: readonly TiltedLaw[]): readonly Attack[] {
  const size = sizes[0]!;
  return laws.map((law) => {
    const attack = linearAttack(
      law,
      [
        { size, weight: 1 },
        { size, weight: 0 },
      ],
      (values) => values,
    );
    return {
      ...attack,
      truth: RATIO,
      groupsOf: (values, context) => {
        const [remainder, second] = attack.groupsOf(values, context).map(({ columns }) => columns[0]!);
        const over = second!.map((value) => OVER_MEAN + value);
        return [{ columns: [over.map((value, pair) => RATIO * value + remainder![pair]!), over] }];
      },
    };
  });
}
