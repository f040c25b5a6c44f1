import { nextUniform } from "../../../numerics/random.ts";
import type { QuantileQuestion } from "../../../statistics/judges/quantile/quantile-judge.ts";
import type { RateQuestion } from "../../../statistics/judges/rate/rate-judge.ts";
import { type TiltedLaw, tiltedBernoulli } from "../../tilted/tilted-law.ts";
import { tiltedNegativeBinomial } from "../../tilted/tilted-negative-binomial.ts";
import { tiltedPoisson } from "../../tilted/tilted-poisson.ts";
import { type Attack, linearAttack } from "../linear-attack.ts";

/** Quantiles of 0: a rank sees only whether a value lies above its quantile. With ties of all values below it, or none. */
export function attacksOnQuantiles({ part }: QuantileQuestion, sizes: readonly number[]): readonly Attack[] {
  return [false, true].map((tied) => ({
    ...linearAttack(
      tiltedBernoulli(Number((1 - part).toPrecision(12))),
      [{ size: sizes[0]!, weight: 1 }],
      (values, _group, context) => values.map((z, i) => (z > 0 ? context[i]! : tied ? 0 : -context[i]!)),
      (stream) => Float64Array.from({ length: sizes[0]! }, () => nextUniform(stream)),
    ),
    law: tied ? "ties at the quantile" : "any continuous law",
  }));
}

const RATES = [0.01, 0.3, 4, 50];

/** Counts of several rates, of the declared dispersion and of smaller ones. */
export function attacksOnRates({ dispersion = 0 }: RateQuestion, sizes: readonly number[]): readonly Attack[] {
  return countsWithin(RATES, dispersion).map(({ law, rate, deviation }) => ({
    ...linearAttack(law, [{ size: sizes[0]!, weight: 1 }], (values) =>
      values.map((z) => Math.round(rate + deviation * z)),
    ),
    truth: rate,
  }));
}

/** Laws of counts no more dispersed than that. */
export function countsWithin(
  rates: readonly number[],
  dispersion: number,
): readonly { readonly law: TiltedLaw; readonly rate: number; readonly deviation: number }[] {
  const dispersions = dispersion === 0 ? [0] : [dispersion, dispersion / 4, 0];
  return dispersions.flatMap((own) =>
    rates.map((rate) => ({
      law: own === 0 ? tiltedPoisson(rate) : tiltedNegativeBinomial(rate, own),
      rate,
      deviation: Math.sqrt(rate + own * rate * rate),
    })),
  );
}
