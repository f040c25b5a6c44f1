/**
 * Optimisers as plain data; g is the gradient, w the parameters, all arithmetic elementwise unless a norm is named. Every
 * epsilon is explicit and may be 0: where a denominator is exactly 0 the entry does not move.
 */
export type Optimiser =
  /** w -= rate g */
  | { readonly name: "gradient-descent"; readonly rate: number }
  /** m = momentum m + g; w -= rate m */
  | { readonly name: "momentum"; readonly rate: number; readonly momentum: number }
  /** w -= rate sign(g), sign(0) = 0 */
  | { readonly name: "sign-descent"; readonly rate: number }
  /** w -= rate g / (|g| + epsilon), |g| the Euclidean norm of the whole gradient */
  | { readonly name: "normalised-descent"; readonly rate: number; readonly epsilon: number }
  /** w -= rate g where |g| <= threshold, else w -= rate (threshold / |g|) g */
  | { readonly name: "clipped-descent"; readonly rate: number; readonly threshold: number }
  /** v = decay v + (1 - decay) g^2; w -= rate g / (sqrt(v) + epsilon) */
  | { readonly name: "rmsprop"; readonly rate: number; readonly decay: number; readonly epsilon: number }
  /**
   * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= rate m' / (sqrt(v') + epsilon), m' = m / (1 - beta1^t),
   * v' = v / (1 - beta2^t). Kingma and Ba 2015, arXiv 1412.6980.
   */
  | {
      readonly name: "adam";
      readonly rate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  /** v += g^2; w -= rate g / (sqrt(v) + epsilon) */
  | { readonly name: "adagrad"; readonly rate: number; readonly epsilon: number };
