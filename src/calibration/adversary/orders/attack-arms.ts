import type { Family, MonotoneQuestion, OrderingQuestion } from "../../../statistics/question.ts";
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

function narrowest(families: readonly Family[]): Family {
  return {
    skewness: Math.min(...families.map(({ skewness }) => skewness)),
    excessKurtosis: Math.min(...families.map(({ excessKurtosis }) => excessKurtosis)),
  };
}
