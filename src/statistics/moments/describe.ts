import { moments } from "./moments.ts";

/** A sample moment with its standard error, by batches. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** What a sample says of its law, and the family that an author may declare from it. */
export interface Description {
  readonly count: number;
  readonly mean: Measured;
  readonly deviation: Measured;
  readonly skewness: Measured;
  readonly excessKurtosis: Measured;
  /** Each bound three standard errors beyond what was seen, rounded up to two digits. */
  readonly family: { readonly skewness: number; readonly excessKurtosis: number };
}

/** Batches whose moments' scatter gives the standard errors: enough for three of them to be a bound, few enough to be long. */
const BATCHES = 20;
/** Below so many values a batch says nothing of a kurtosis. */
const FEWEST = 50 * BATCHES;

/**
 * Moments of finite values with standard errors from the scatter of twenty batches. Undefined for fewer than a thousand values
 * or equal ones. A kurtosis seen is never proof of a law's: values that were never drawn do not count; theory comes first.
 */
export function describeSample(values: Float64Array): Description | undefined {
  if (values.length < FEWEST) return undefined;
  const whole = moments(values);
  if (!(whole.variance > 0)) return undefined;
  const size = Math.floor(values.length / BATCHES);
  const batches = Array.from({ length: BATCHES }, (_, i) => moments(values.subarray(i * size, (i + 1) * size)));
  const measured = (value: number, of: (batch: ReturnType<typeof moments>) => number): Measured => ({
    value,
    error: Math.sqrt(moments(Float64Array.from(batches, of)).variance / BATCHES),
  });
  const skewness = measured(whole.skewness, (batch) => batch.skewness);
  const excessKurtosis = measured(whole.excessKurtosis, (batch) => batch.excessKurtosis);
  return {
    count: values.length,
    mean: measured(whole.mean, ({ mean }) => mean),
    deviation: measured(Math.sqrt(whole.variance), ({ variance }) => Math.sqrt(variance)),
    skewness,
    excessKurtosis,
    family: {
      skewness: roundedUp(Math.abs(skewness.value) + MARGIN * skewness.error),
      excessKurtosis: roundedUp(Math.max(0, excessKurtosis.value + MARGIN * excessKurtosis.error)),
    },
  };
}

/** Standard errors that a declared bound lies beyond what was seen. */
const MARGIN = 3;

/** To two significant digits, away from zero. */
function roundedUp(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}
