import { exp } from "../../numerics/elementary.ts";
import { nextUniform, type Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { Question } from "../../statistics/question.ts";
import { nextGamma } from "./gamma.ts";
import type { StandardLaw } from "./standard-law.ts";
import type { Drawn } from "./synthetic.ts";

/** One group of `n` values of a law, scaled and moved. */
export function located(law: StandardLaw, mean: number, scale: number, n: number, stream: Stream): Group {
  const column = new Float64Array(n);
  law.fill(stream, column, 0, n);
  for (let i = 0; i < n; i++) column[i] = mean + scale * column[i]!;
  return { columns: [column] };
}

/** Mean and scale that give a median and the density there that its known spread stands for: 1 / (sqrt(2 pi) spread). */
export function centred(law: StandardLaw, median: number, spread: number): readonly [mean: number, scale: number] {
  if (law.middle === undefined) throw new RangeError(`synthesise requires a law with a known median, got ${law.name}`);
  const scale = law.middle.density * Math.sqrt(2 * Math.PI) * spread;
  return [median - scale * law.middle.median, scale];
}

/** One group of zeros and ones. */
export function bernoulli(probability: number, n: number, stream: Stream): Group {
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) column[i] = nextUniform(stream) < probability ? 1 : 0;
  return { columns: [column] };
}

/** One group of Poisson counts. */
export function poisson(rate: number, n: number, stream: Stream): Group {
  return { columns: [Float64Array.from({ length: n }, () => nextPoisson(stream, rate))] };
}

/** One group of negative binomial counts, of variance rate + dispersion rate^2; Poisson where the dispersion is 0. */
export function counts(rate: number, dispersion: number, n: number, stream: Stream): Group {
  if (dispersion === 0) return poisson(rate, n, stream);
  const next = () => nextPoisson(stream, rate * dispersion * nextGamma(stream, 1 / dispersion));
  return { columns: [Float64Array.from({ length: n }, next)] };
}

/** Chances of 0 below exp(-700) have no float64. */
const MOST_AT_ONCE = 500;

/** A Poisson count, by inversion of the distribution function: about `rate` steps. */
function nextPoisson(stream: Stream, rate: number): number {
  if (rate > MOST_AT_ONCE) return nextPoisson(stream, rate / 2) + nextPoisson(stream, rate / 2);
  let left = nextUniform(stream);
  let chance = exp(-rate);
  let count = 0;
  while (left > chance && chance > 0) {
    left -= chance;
    count++;
    chance *= rate / count;
  }
  return count;
}

/** The known spread of a group, undefined where the claim does not say. */
export function knownSpread({ known }: Question, group: number): number | undefined {
  const spread = known?.[group]?.spread;
  return spread !== undefined && Number.isFinite(spread) ? spread : undefined;
}

/** The same, where values cannot be drawn without it. Throws `RangeError`. */
export function requiredSpread(question: Question, group: number): number {
  const spread = knownSpread(question, group);
  if (spread !== undefined) return spread;
  throw new RangeError(
    `synthesise of a ${question.statistic} requires the known spread of group ${group}, got ${question.known?.[group]?.spread}`,
  );
}

/** One group an arm of means or medians, at the places given, each of its known spread. */
export function armsAt(
  question: Question & { readonly through: "mean" | "median" },
  places: readonly number[],
  { replicates, stream, law }: Drawn,
): readonly Group[] {
  return places.map((place, arm) => {
    const spread = requiredSpread(question, arm);
    const [mean, scale] = question.through === "mean" ? [place, spread] : centred(law, place, spread);
    return located(law, mean, scale, replicates[arm]!, stream);
  });
}
