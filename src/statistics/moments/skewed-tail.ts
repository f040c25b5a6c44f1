import { normalUpperTail } from "../quantiles.ts";

/**
 * P(X > deviate) of a standardised estimate of the given skewness at least 0, nearly: the normal tail with the rate
 * function of the gamma law of that skewness in place of deviate^2 / 2. With theta = skewness / 2 that is
 * (theta x - ln(1 + theta x)) / theta^2 = x^2 / 2 - skewness x^3 / 6 + ...; the cubic alone, Cramer's first factor, makes
 * the tail grow without bound beyond x = 3 / skewness. 1 for deviates up to 0: for planning only.
 */
export function skewedUpperTail(deviate: number, skewness: number): number {
  if (deviate <= 0) return 1;
  if (deviate === Number.POSITIVE_INFINITY) return 0;
  const step = (skewness / 2) * deviate;
  // Below a step of 1e-3 the series, whose next term is step^3 / 5 of the whole: the difference would cancel.
  const relative = step < 1e-3 ? 1 / 2 - step / 3 + (step * step) / 4 : (step - Math.log1p(step)) / (step * step);
  const rate = relative * deviate * deviate;
  // From 30 deviations on the normal tail is left out of floating point's range; 1 / (x sqrt(2 pi)) is its ratio to its density there.
  const ratio =
    deviate < 30
      ? normalUpperTail(deviate) * Math.exp((deviate * deviate) / 2)
      : 1 / (deviate * Math.sqrt(2 * Math.PI));
  return ratio * Math.exp(-rate);
}
