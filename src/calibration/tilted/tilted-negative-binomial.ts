import { counts } from "../../predictions/synthetic/values.ts";
import type { TiltedLaw } from "./tilted-law.ts";

/** Negative binomial counts of variance rate + dispersion rate^2, standardised. For judges of rates; the tilt keeps the shape 1 / dispersion. */
export function tiltedNegativeBinomial(rate: number, dispersion: number): TiltedLaw {
  const deviation = Math.sqrt(rate + dispersion * rate * rate);
  const shape = 1 / dispersion;
  const success = rate / (shape + rate);
  /** The rate that the tilt turns it into: odds of success e^h times as large. */
  const tiltedRate = (h: number) => {
    const tilted = success * Math.exp(h / deviation);
    return (shape * tilted) / (1 - tilted);
  };
  return {
    name: `negative binomial of mean ${rate}, dispersion ${dispersion}`,
    skewness: (1 + 2 * dispersion * rate) / deviation,
    excessKurtosis: 6 * dispersion + 1 / (deviation * deviation),
    lowest: Number.NEGATIVE_INFINITY,
    highest: -deviation * Math.log(success),
    cumulant: (h) => shape * Math.log((1 - success) / (1 - success * Math.exp(h / deviation))) - (h * rate) / deviation,
    mean: (h) => (tiltedRate(h) - rate) / deviation,
    sufficient: (z) => z,
    fill: (stream, out, from, to, h) => {
      counts(tiltedRate(h), dispersion, to - from, stream).columns[0]!.forEach((count, i) => {
        out[from + i] = (count - rate) / deviation;
      });
    },
  };
}
