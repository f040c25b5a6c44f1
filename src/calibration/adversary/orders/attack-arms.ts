import type {
  BandQuestion,
  ComparedArms,
  Family,
  MonotoneQuestion,
  OrderingQuestion,
} from "../../../statistics/question.ts";
import { type TiltedLaw, tiltedBernoulli, tiltedSign } from "../../tilted/tilted-law.ts";
import { boundedLaws, lawsWithin } from "../laws-within.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

/** So far from the others that its steps are never the smallest. */
const FAR = 100;

/**
 * The first two arms alike, which is the smallest step and no violation, any further ones far off on the right side; of a trend
 * also the first above the second, so that there is a violation to be overlooked.
 */
export function attacksOnArms(
  question: OrderingQuestion | MonotoneQuestion,
  sizes: readonly number[],
): readonly Attack[] {
  const alike = attacksAt(question, sizes, 0);
  return question.statistic === "monotone" ? [...alike, ...attacksAt(question, sizes, VIOLATION)] : alike;
}

/** Of the first arm above the second, in the values' deviations or in parts of their range. */
const VIOLATION = 0.5;

function attacksAt(question: ComparedArms, sizes: readonly number[], violation: number): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : g === 1 ? -1 : 0 }));
  const families = question.families ?? [];
  const suffix = violation === 0 ? "" : `, the first arm ${violation} above the second`;
  const attack = (law: TiltedLaw, place: (z: number, g: number) => number): Attack => ({
    ...linearAttack(law, shares, (values, g) => values.map((z) => place(z, g))),
    law: law.name + suffix,
    truth: violation,
  });
  if (question.through === "mean" && families.length === 0) {
    const [from, to] = question.range!;
    return boundedLaws().map(({ law, at, scale }) => {
      const unit = (z: number) => (1 - violation) * Math.min(1, Math.max(0, at + scale * z));
      const place = (z: number, g: number) => (g > 1 ? to : from + (to - from) * (unit(z) + (g === 0 ? violation : 0)));
      return { ...attack(law, place), truth: violation * (to - from) };
    });
  }
  const laws = question.through === "median" ? [tiltedSign] : lawsWithin(narrowest(families), "value");
  return laws.map((law) => attack(law, (z, g) => z + (g > 1 ? FAR * g : g === 0 ? violation : 0)));
}

/** Two measures that are each other's mirror image, both half a margin off, or one of them: of a continuous law, of a family's, or coins. */
export function attacksOnBand(question: BandQuestion, sizes: readonly number[]): readonly Attack[] {
  const { through = [], families = [], values, within } = question;
  if (through[0] === "proportion") return [mirroredCoins(values[0]![0]! + within[0]![0]! / 2, sizes)];
  const laws = through[0] === "mean" ? lawsWithin(narrowest(families), "value") : [tiltedSign];
  return laws.flatMap((law) => [0.5, 0].map((other) => mirrored(law, other, question, sizes)));
}

function mirrored(
  law: TiltedLaw,
  other: number,
  { through = [], values, within }: BandQuestion,
  sizes: readonly number[],
): Attack {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : 0 }));
  const first = linearAttack(law, shares, (drawn) => drawn);
  const what = through[0] ?? "median";
  const words = other === 0 ? `one ${what} off` : `two ${what}s off, of mirror images`;
  return {
    ...first,
    law: through[0] === undefined ? words : `${words}, ${law.name}`,
    truth: 0.5,
    groupsOf: (drawn, context) =>
      first.groupsOf(drawn, context).map(({ columns: [own] }, cell) => ({
        columns: values[cell]!.map((value, column) => {
          const off = cell > 0 ? 0 : column === 0 ? 0.5 : -other;
          const sign = column === 0 ? 1 : -1;
          return own!.map((z) => value + within[cell]![column]! * (off + sign * z));
        }),
      })),
  };
}

/** Zeros and ones, and the opposite of each beside it. */
function mirroredCoins(chance: number, sizes: readonly number[]): Attack {
  const coins = linearAttack(tiltedBernoulli(chance), [{ size: sizes[0]!, weight: 1 }], (drawn) =>
    drawn.map((z) => (z > 0 ? 1 : 0)),
  );
  return {
    ...coins,
    law: "two proportions off, of mirror images",
    truth: 0.5,
    groupsOf: (drawn, context) =>
      coins.groupsOf(drawn, context).map(({ columns: [own] }) => ({ columns: [own!, own!.map((one) => 1 - one)] })),
  };
}

function narrowest(families: readonly Family[]): Family {
  return {
    skewness: Math.min(...families.map(({ skewness }) => skewness)),
    excessKurtosis: Math.min(...families.map(({ excessKurtosis }) => excessKurtosis)),
  };
}
