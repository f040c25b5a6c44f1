import { normalQuantile, normalUpperTail } from "../../quantiles.ts";
import type { FittedLaw } from "../../question.ts";

/** Laws of location + scale * Z; with `fixed` the location is 0. */
export interface LocationScale {
  readonly upTo: (z: number) => number;
  readonly quantile: (p: number) => number;
  readonly fixed: boolean;
}

export const FAMILIES: { readonly [F in FittedLaw["family"]]: LocationScale } = {
  normal: {
    upTo: (z) => normalUpperTail(-z),
    quantile: (p) => (p < 0.5 ? -normalQuantile(p) : normalQuantile(1 - p)),
    fixed: false,
  },
  laplace: {
    upTo: (z) => (z < 0 ? Math.exp(z) / 2 : 1 - Math.exp(-z) / 2),
    quantile: (p) => (p < 0.5 ? Math.log(2 * p) : -Math.log(2 - 2 * p)),
    fixed: false,
  },
  logistic: { upTo: (z) => 1 / (1 + Math.exp(-z)), quantile: (p) => Math.log(p / (1 - p)), fixed: false },
  exponential: { upTo: (z) => (z > 0 ? -Math.expm1(-z) : 0), quantile: (p) => -Math.log1p(-p), fixed: true },
};
