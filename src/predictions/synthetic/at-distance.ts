import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { log } from "../../numerics/elementary.ts";
import { nextGaussian, nextUniform, type Stream } from "../../numerics/random.ts";
import { below, cdf } from "../../statistics/laws.ts";
import type { GivenLaw, Law } from "../../statistics/question.ts";
import { nextGamma } from "./gamma.ts";
import type { StandardLaw } from "./standard-law.ts";

/** Values drawn one at a time. */
type Draw = () => number;

/**
 * Values whose law has sup-distance exactly `distance` from the specified one: below a point c it is the specified law
 * with weight F(c) + distance instead of F(c), above it the rest. The distribution functions then differ by F(x) distance /
 * F(c) up to c and shrink in proportion above it, so that the largest difference is at c, near the median, where it is
 * hardest to see. Distances beyond 1 - F(c): that part of the mass lies far below all of the law's own values.
 */
export function specifiedLaw(law: Law, distance: number, n: number, stream: Stream): Float64Array {
  if (law.name === "gamma" && law.shape === 1 && distance < 0.5) return leanedExponential(law, distance, n, stream);
  return leaned(drawOf(law, stream), cutOf(law), distance, n, stream);
}

/** The same without rejection for the exponential law, whose quantile is a logarithm: cut at its median. */
function leanedExponential(
  { location, sign }: Extract<Law, { name: "gamma" }>,
  distance: number,
  n: number,
  stream: Stream,
): Float64Array {
  const out = new Float64Array(n);
  // Probability that is left above the cut, of the values or (mirrored laws) of their negatives.
  const above = 0.5 - sign * distance;
  for (let i = 0; i < n; i++) {
    const u = nextUniform(stream);
    const survival = u < above ? (u * 0.5) / above : 1 - ((1 - u) * 0.5) / (1 - above);
    out[i] = location - sign * log(survival);
  }
  return out;
}

/** Two groups: one of the law, one whose law has sup-distance exactly `distance` from it. */
export function sameLaws(
  law: StandardLaw,
  distance: number,
  replicates: readonly number[],
  stream: Stream,
): readonly Float64Array[] {
  if (law.middle === undefined) throw new RangeError(`sameLaws requires a law with a known median, got ${law.name}`);
  const one = new Float64Array(1);
  const draw = () => {
    law.fill(stream, one, 0, 1);
    return one[0]!;
  };
  const first = new Float64Array(replicates[0]!);
  law.fill(stream, first, 0, first.length);
  const cut = { at: law.middle.median, below: 0.5 };
  if (distance === 0) {
    const second = new Float64Array(replicates[1]!);
    law.fill(stream, second, 0, second.length);
    return [first, second];
  }
  return [first, leaned(draw, cut, distance, replicates[1]!, stream)];
}

/** Where a law is cut in two, and its probability below. */
interface Cut {
  readonly at: number;
  readonly below: number;
}

function leaned(draw: Draw, cut: Cut, distance: number, n: number, stream: Stream): Float64Array {
  if (!(distance >= 0 && distance <= 1))
    throw new RangeError(`synthesise requires a distance from 0 to 1, got ${distance}`);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = leanedValue(draw, cut, distance, stream);
  return out;
}

function leanedValue(draw: Draw, cut: Cut, distance: number, stream: Stream): number {
  if (distance === 0) return draw();
  if (cut.below > 0 && cut.below + distance <= 1) return drawOn(draw, cut, nextUniform(stream) < cut.below + distance);
  return nextUniform(stream) < distance ? FAR_BELOW : draw();
}

/** Below every value of the laws used here; finite, because some judges refuse infinities. */
const FAR_BELOW = -1e9;

function drawOn(draw: Draw, cut: Cut, below: boolean): number {
  for (;;) {
    const x = draw();
    if (x < cut.at === below) return x;
  }
}

function drawOf(law: Law, stream: Stream): Draw {
  switch (law.name) {
    case "normal":
      return () => law.mean + law.standardDeviation * nextGaussian(stream);
    case "gamma":
      return () => law.location + law.sign * nextGamma(stream, law.shape);
    case "discrete": {
      const { at } = law;
      const upTo = cdf(law);
      return () => {
        const u = nextUniform(stream);
        return at.find((value) => upTo(value) >= u) ?? at.at(-1)!;
      };
    }
    case "given":
      return () => givenQuantile(law, nextUniform(stream));
  }
}

/** Near the median: exactly there for a normal, at shape - 1/3 (the median within 2% for shapes from 1) for a gamma. */
function cutOf(law: Law): Cut {
  switch (law.name) {
    case "normal":
      return { at: law.mean, below: normalCdf(0, 0, 1) };
    case "gamma": {
      const middle = law.shape > 1 / 3 ? law.shape - 1 / 3 : law.shape / 2;
      const lower = gammaCdf(middle, law.shape, 1);
      return { at: law.location + law.sign * middle, below: law.sign === 1 ? lower : 1 - lower };
    }
    case "discrete": {
      const at = law.at.find((value) => cdf(law)(value) >= 0.5)!;
      return { at, below: below(law)!(at) };
    }
    case "given": {
      const at = givenQuantile(law, 0.5);
      return { at, below: (below(law) ?? cdf(law))(at) };
    }
  }
}

/**
 * The least number of the drawn range up to which the probability is u, to the last bit: an atom is met only where it is. About 60
 * evaluations, up to a thousand beside an atom at 0.
 */
export function givenQuantile({ upTo, over }: GivenLaw, u: number): number {
  let [low, high] = over;
  if (upTo(low) >= u) return low;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (upTo(middle) >= u) high = middle;
    else low = middle;
  }
  return high;
}
