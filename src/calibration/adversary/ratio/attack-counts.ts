import { nextUniform } from "../../../numerics/random.ts";
import type { QuantileQuestion } from "../../../statistics/judges/quantile/quantile-judge.ts";
import { tiltedBernoulli } from "../../tilted/tilted-law.ts";
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

export function attacksOnRates(sizes: readonly number[]): readonly Attack[] {
  return RATES.map((rate) => ({
    ...linearAttack(tiltedPoisson(rate), [{ size: sizes[0]!, weight: 1 }], (values) =>
      values.map((z) => Math.round(rate + Math.sqrt(rate) * z)),
    ),
    truth: rate,
  }));
}
