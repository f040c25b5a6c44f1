import { nextUniform } from "../../numerics/random.ts";
import { givenQuantile } from "../../predictions/synthetic/at-distance.ts";
import { FAMILIES } from "../../statistics/judges/law/families.ts";
import { cdf } from "../../statistics/laws.ts";
import { normalQuantile } from "../../statistics/quantiles.ts";
import type { LawQuestion, SameLawQuestion } from "../../statistics/question.ts";
import { tiltedBernoulli, tiltedSign } from "../tilted/tilted-law.ts";
import { type Attack, linearAttack } from "./linear-attack.ts";

/** Parts of the values that lie at -Infinity, where networks die. */
const ATOMS = [0, 0.3];

/**
 * Contrasts of medians, all 0: a rank sees only on which side of its median a value lies. Uniform values, with a part of those
 * below the median at -Infinity or none; the groups' widths differ.
 */
export function attacksOnMedians(weights: readonly number[], sizes: readonly number[]): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: weights[g]! * (g + 1) }));
  return ATOMS.map((atom) => ({
    ...linearAttack(tiltedSign, shares, (values, g) =>
      values.map((z) => (z < -1 + 2 * atom ? Number.NEGATIVE_INFINITY : (g + 1) * z)),
    ),
    law: atom === 0 ? "any continuous law" : `${atom} of the values at -Infinity`,
  }));
}

const PROPORTIONS = [0.5, 0.1, 0.01, 0.97];

/** Proportions, or the difference of two that are alike. */
export function attacksOnProportions(weights: readonly number[], sizes: readonly number[]): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: weights[g]! }));
  return PROPORTIONS.map((p) => ({
    ...linearAttack(tiltedBernoulli(p), shares, (values) => values.map((z) => (z > 0 ? 1 : 0))),
    truth: weights.length === 1 ? p : 0,
  }));
}

/** Distances between laws, 0 or that of an atom at -Infinity which one of them has and the other has not. */
export function attacksOnLaws(question: LawQuestion | SameLawQuestion, sizes: readonly number[]): readonly Attack[] {
  const laws = question.statistic === "law" ? quantilesOf(question) : TWO_SAMPLES;
  return laws.flatMap(({ law, quantile }) => attacksBeside(law, quantile, sizes));
}

interface NamedLaw {
  readonly law: string;
  readonly quantile: (u: number) => number;
}

/** What both samples are drawn from: ranks see no more of a continuous law than these. */
const TWO_SAMPLES: readonly NamedLaw[] = [
  { law: "the same continuous law", quantile: (u) => u },
  { law: "the same two values", quantile: (u) => (u < 0.5 ? 0 : 1) },
  { law: "the same continuous law with a rare atom", quantile: (u) => Math.min(u, 0.95) },
];

function attacksBeside(name: string, quantile: NamedLaw["quantile"], sizes: readonly number[]): readonly Attack[] {
  const shares = sizes.map((size, g) => ({ size, weight: g === 0 ? 1 : -1 }));
  const same = linearAttack(tiltedSign, shares, (values) => values.map((z) => quantile((z + 1) / 2)));
  const uniforms = (size: number) => (stream: Parameters<typeof nextUniform>[0]) =>
    Float64Array.from({ length: size }, () => nextUniform(stream));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const apart = [0.05, 0.3].map((atom) => ({
    ...linearAttack(
      tiltedBernoulli(atom),
      shares,
      (values, g, context) =>
        values.map((z, i) => (g === 0 && z > 0 ? Number.NEGATIVE_INFINITY : quantile(context[i]!))),
      uniforms(total),
    ),
    truth: atom,
    law: `${name}, but ${atom} of the values at -Infinity`,
  }));
  return [{ ...same, law: name }, ...apart];
}

/** Of a normal law, of values with chances, and of a family its standard law; those of gammas are all alike to the judge. */
function quantilesOf({ law }: LawQuestion): readonly NamedLaw[] {
  const named = (quantile: NamedLaw["quantile"]) => [{ law: "the law itself", quantile }];
  switch (law.name) {
    case "normal":
      return named((u) => law.mean - law.standardDeviation * normalQuantile(u));
    case "fitted":
      return named(FAMILIES[law.family].quantile);
    case "discrete": {
      const upTo = cdf(law);
      return named((u) => law.at.find((value) => upTo(value) >= u) ?? law.at.at(-1)!);
    }
    case "given":
      return named((u) => givenQuantile(law, u));
    default:
      return [];
  }
}
