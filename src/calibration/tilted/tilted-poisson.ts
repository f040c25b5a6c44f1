import { poisson } from "../../predictions/synthetic/values.ts";
import type { TiltedLaw } from "./tilted-law.ts";

/** Poisson counts, standardised: (x - rate) / sqrt(rate). For judges of rates; the tilt is another rate. */
export function tiltedPoisson(rate: number): TiltedLaw {
  const deviation = Math.sqrt(rate);
  return {
    name: `Poisson(${rate})`,
    skewness: 1 / deviation,
    excessKurtosis: 1 / rate,
    lowest: Number.NEGATIVE_INFINITY,
    highest: Number.POSITIVE_INFINITY,
    cumulant: (h) => rate * Math.expm1(h / deviation) - h * deviation,
    mean: (h) => deviation * Math.expm1(h / deviation),
    sufficient: (z) => z,
    fill: (stream, out, from, to, h) => {
      const { columns } = poisson(rate * Math.exp(h / deviation), to - from, stream);
      columns[0]!.forEach((count, i) => {
        out[from + i] = (count - rate) / deviation;
      });
    },
  };
}
