import { fillGaussian, nextUniform } from "../../numerics/random.ts";
import { type Part, pick, shapeOf } from "../../predictions/synthetic/rare-law.ts";
import type { TiltedLaw } from "../tilted/tilted-law.ts";

/** Normal parts of mean 0 and variance 1 together, tilted in the value: each part's mean moves by h times its variance. */
export function tiltedParts(name: string, parts: readonly Part[]): TiltedLaw {
  return {
    name,
    ...shapeOf(parts),
    lowest: Number.NEGATIVE_INFINITY,
    highest: Number.POSITIVE_INFINITY,
    sufficient: (z) => z,
    ...exponentialFamily(parts, (h, { mean: m, deviation: s }) => ({
      log: h * m + 0.5 * h * h * s * s,
      slope: m + h * s * s,
      mean: m + h * s * s,
      deviation: s,
    })),
  };
}

/** The same tilted in the square, T = (z^2 - 1) / sqrt(K + 2), for judges of variances. */
export function tiltedSquareOfParts(name: string, parts: readonly Part[]): TiltedLaw {
  const shape = shapeOf(parts);
  const scale = Math.sqrt(shape.excessKurtosis + 2);
  const widest = Math.max(...parts.map(({ deviation }) => deviation));
  return {
    name,
    ...shape,
    lowest: Number.NEGATIVE_INFINITY,
    highest: widest === 0 ? Number.POSITIVE_INFINITY : scale / (2 * widest * widest),
    sufficient: (z) => (z * z - 1) / scale,
    ...exponentialFamily(parts, (h, { mean: m, deviation: s }) => {
      const c = h / scale;
      const room = 1 - 2 * c * s * s;
      return {
        log: (c * m * m) / room - 0.5 * Math.log(room) - c,
        slope: ((m * m) / (room * room) + (s * s) / room - 1) / scale,
        mean: m / room,
        deviation: s / Math.sqrt(room),
      };
    }),
  };
}

/** Points with their chances, tilted in any statistic of them; it is standardised here. */
export function tiltedPoints(name: string, points: readonly Part[], statistic: (z: number) => number): TiltedLaw {
  const centre = points.reduce((sum, { weight, mean }) => sum + weight * statistic(mean), 0);
  const variance = points.reduce((sum, { weight, mean }) => sum + weight * (statistic(mean) - centre) ** 2, 0);
  const sufficient = (z: number) => (statistic(z) - centre) / Math.sqrt(variance);
  return {
    name,
    ...shapeOf(points),
    lowest: Number.NEGATIVE_INFINITY,
    highest: Number.POSITIVE_INFINITY,
    sufficient,
    ...exponentialFamily(points, (h, { mean }) => {
      const t = sufficient(mean);
      return { log: h * t, slope: t, mean, deviation: 0 };
    }),
  };
}

/** A part under the tilt h: ln E exp(h T) within it, the mean of T, and the normal law that it becomes. */
interface TiltedPart {
  readonly log: number;
  readonly slope: number;
  readonly mean: number;
  readonly deviation: number;
}

function exponentialFamily(
  parts: readonly Part[],
  tiltOf: (h: number, part: Part) => TiltedPart,
): Pick<TiltedLaw, "cumulant" | "mean" | "fill"> {
  const tilted = (h: number) => {
    const each = parts.map((part) => tiltOf(h, part));
    const top = Math.max(...each.map(({ log }) => log));
    const weights = each.map(({ log }, i) => parts[i]!.weight * Math.exp(log - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { each, weights: weights.map((weight) => weight / total), cumulant: top + Math.log(total) };
  };
  return {
    cumulant: (h) => tilted(h).cumulant,
    mean: (h) => {
      const { each, weights } = tilted(h);
      return each.reduce((sum, { slope }, i) => sum + weights[i]! * slope, 0);
    },
    fill: (stream, out, from, to, h) => {
      const { each, weights } = tilted(h);
      const drawn = each.map(({ mean, deviation }, i) => ({ weight: weights[i]!, mean, deviation }));
      const spread = drawn.some(({ deviation }) => deviation > 0);
      if (spread) fillGaussian(stream, out, from, to);
      for (let i = from; i < to; i++) {
        const { mean, deviation } = pick(drawn, nextUniform(stream));
        out[i] = deviation === 0 ? mean : mean + deviation * out[i]!;
      }
    },
  };
}
