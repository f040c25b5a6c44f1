import { type Part, rareParts } from "../../predictions/synthetic/rare-law.ts";
import type { Family } from "../../statistics/question.ts";
import { type TiltedLaw, tiltedGaussian } from "../tilted/tilted-law.ts";
import { threePointLaw } from "./three-point-law.ts";
import { tiltedGammas } from "./tilted-gammas.ts";
import { tiltedParts, tiltedPoints, tiltedSquareOfParts } from "./tilted-parts.ts";

/**
 * Laws that the adversary tries within a family, each with the whole kurtosis or a part of it and a skewness up to the declared
 * one: of three points (`threePointLaw`), of rare far values beside a Gaussian, of two normal laws of different widths,
 * and of gammas on one side and both. Tilted in the value, or in its square for judges of variances.
 */
export function lawsWithin({ skewness, excessKurtosis }: Family, tiltedIn: "value" | "square"): readonly TiltedLaw[] {
  const shapes = shapesWithin(skewness, Math.max(0, excessKurtosis));
  const parts = shapes.flatMap((shape) => partsOf(shape));
  const gaussian = { name: "Gaussian", parts: [{ weight: 1, mean: 0, deviation: 1 }] };
  if (tiltedIn === "square")
    return [gaussian, ...parts].map(({ name, parts: each }) => tiltedSquareOfParts(name, each));
  const gammas = shapes.flatMap((shape) => (hasGammas(shape) ? [named(tiltedGammas(shape), shape)] : []));
  return [tiltedGaussian, ...parts.map(({ name, parts: each }) => tiltedParts(name, each)), ...gammas];
}

type Shape = Pick<Family, "skewness" | "excessKurtosis">;

/**
 * Shapes within the family; a law's kurtosis is at least its squared skewness less 2. To the right only: judges treat a sample and
 * its mirror image alike, and both of their bounds are watched.
 */
function shapesWithin(skewness: number, excessKurtosis: number): readonly Shape[] {
  const skewnesses = skewness === 0 ? [0] : [0, skewness / 2, skewness];
  const kurtoses = excessKurtosis === 0 ? [0, -1, -1.9] : [excessKurtosis, excessKurtosis / 4];
  return kurtoses.flatMap((kurtosis) =>
    skewnesses.filter((g) => kurtosis >= g * g - 2).map((g) => ({ skewness: g, excessKurtosis: kurtosis })),
  );
}

interface NamedParts {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** Third points of `threePointLaw`, in units of its scale: together they sweep from one far point to the other. */
const THIRDS = [-4, -0.5, 0.5, 4];

function partsOf(shape: Shape): readonly NamedParts[] {
  const { skewness, excessKurtosis } = shape;
  const scale = Math.sqrt(Math.max(1, excessKurtosis + 2));
  const points = THIRDS.map((third) => ({
    name: name(`three points, third ${round(third * scale)}`, shape),
    parts: threePointLaw(skewness, excessKurtosis, third * scale),
  }));
  if (!(excessKurtosis > 0)) return points;
  return [
    ...points,
    { name: name("rare values beside a Gaussian", shape), parts: rareParts(shape) },
    ...(skewness === 0 ? [{ name: name("two widths", shape), parts: twoWidths(excessKurtosis) }] : []),
  ];
}

/** Normal laws of two deviations about 0: E s^2 = 1, 3 (E s^4 - 1) = K; the wide one carries half of the variance. */
function twoWidths(excessKurtosis: number): readonly Part[] {
  // With weights 1 - p and p: s_wide^2 = 1 / 2p, s^2 = 1 / 2 (1 - p); E s^4 = (1 / p + 1 / (1 - p)) / 4 = 1 / 4 p (1 - p).
  const product = 1 / (4 * (1 + excessKurtosis / 3));
  const p = (1 - Math.sqrt(1 - 4 * product)) / 2;
  return [
    { weight: 1 - p, mean: 0, deviation: Math.sqrt(1 / (2 * (1 - p))) },
    { weight: p, mean: 0, deviation: Math.sqrt(1 / (2 * p)) },
  ];
}

/** A gamma law has a kurtosis of at least 3/2 of its squared skewness. */
function hasGammas({ skewness, excessKurtosis }: Shape): boolean {
  return excessKurtosis > 0 && excessKurtosis >= 1.5 * skewness * skewness;
}

function named(law: TiltedLaw, shape: Shape): TiltedLaw {
  return { ...law, name: name(law.name, shape) };
}

function name(words: string, { skewness, excessKurtosis }: Shape): string {
  return `${words}, skewness ${round(skewness)}, excess kurtosis ${round(excessKurtosis)}`;
}

function round(x: number): number {
  return Number(x.toPrecision(3));
}

/**
 * Laws on [0, 1] of the means given, for bounded measures: all or nothing, the same with most values at one inner point, and
 * a rare end beside values that hardly vary. As standard laws; `at` and `scale` bring them back.
 */
export function boundedLaws(): readonly { readonly law: TiltedLaw; readonly at: number; readonly scale: number }[] {
  const laws: readonly (readonly Part[])[] = [0.5, 0.1, 0.02].flatMap((p) => [
    points([0, 1 - p], [1, p]),
    points([0, p], [1, 1 - p]),
    points([0, p], [0.9, 1 - p]),
    points([0.1, 1 - p], [1, p]),
    points([0, p / 2], [0.5, 1 - p], [1, p / 2]),
  ]);
  return laws.map((each) => {
    const at = each.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
    const scale = Math.sqrt(each.reduce((sum, { weight, mean }) => sum + weight * (mean - at) ** 2, 0));
    const standard = each.map(({ weight, mean }) => ({ weight, mean: (mean - at) / scale, deviation: 0 }));
    const words = each.map(({ weight, mean }) => `${round(mean)} with ${round(weight)}`).join(", ");
    return { law: tiltedPoints(words, standard, (z) => z), at, scale };
  });
}

function points(...each: readonly (readonly [value: number, chance: number])[]): readonly Part[] {
  return each.map(([mean, weight]) => ({ weight, mean, deviation: 0 }));
}
