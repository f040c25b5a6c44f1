import type { BandQuestion, Family, MonotoneQuestion, OrderingQuestion } from "../../../statistics/question.ts";
import { tiltedSign } from "../../tilted/tilted-law.ts";
import { lawsWithin } from "../laws-within.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

/** So far from the others that its steps are never the smallest. */
const FAR = 100;

/** The first two arms alike, which is the smallest step and no violation; any further ones far off on the right side. */
export function attacksOnArms(
  question: OrderingQuestion | MonotoneQuestion,
  sizes: readonly number[],
): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : g === 1 ? -1 : 0 }));
  const placed = (values: Float64Array, g: number) => (g < 2 ? values : values.map((z) => z + FAR * g));
  const families = question.families ?? [];
  const laws =
    question.through === "median" || families.length === 0 ? [tiltedSign] : lawsWithin(narrowest(families), "value");
  return laws.map((law) => linearAttack(law, shares, placed));
}

/** Two measures that are each other's mirror image, both half a margin off, or one of them; a continuous law. */
export function attacksOnBand({ values, within }: BandQuestion, sizes: readonly number[]): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : 0 }));
  return [0.5, 0].map((other): Attack => {
    const first = linearAttack(tiltedSign, shares, (drawn) => drawn);
    return {
      ...first,
      law: other === 0 ? "one median off" : "two medians off, of mirror images",
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
  });
}

function narrowest(families: readonly Family[]): Family {
  return {
    skewness: Math.min(...families.map(({ skewness }) => skewness)),
    excessKurtosis: Math.min(...families.map(({ excessKurtosis }) => excessKurtosis)),
  };
}
