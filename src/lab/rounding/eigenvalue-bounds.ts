/**
 * How far the smallest eigenvalue of a Hessian may be from another engine's. An eigenvalue moves by at most the norm of what is
 * added to the matrix (Weyl), `share` of the matrix's own norm: of an eigenvalue that is a part p of the norm, ln moves by at most
 * -ln(1 - share / p). What part it is, an engine's own observations say. Where `share` reaches half of p, nothing follows, and
 * the replicate may be anywhere.
 */
export interface EigenvalueBounds {
  readonly bounds: Float64Array;
  /** Replicates of which nothing follows. */
  readonly unbounded: number;
}

/** Of ln of minus the smallest eigenvalue, where one is negative. */
export function smallestEigenvalueBounds(
  share: number,
  logNegative: Float64Array,
  logNorm: Float64Array,
): EigenvalueBounds {
  return boundsOf(logNegative, (value, row) => {
    // a network without curvature has none by its masks, which are counted elsewhere
    if (logNorm[row] === Number.NEGATIVE_INFINITY) return 0;
    return logarithmBound(share * Math.exp(logNorm[row]! - value));
  });
}

/** Of ln of minus the smallest over the largest: the norm is the larger of the two. */
export function eigenvalueRatioBounds(share: number, logRatio: Float64Array): EigenvalueBounds {
  return boundsOf(logRatio, (value) => {
    const [smallest, largest] = [Math.max(1, Math.exp(-value)), Math.max(1, Math.exp(value))];
    return logarithmBound(share * smallest) + logarithmBound(share * largest);
  });
}

function logarithmBound(part: number): number {
  return part < 1 / 2 ? -Math.log1p(-part) : Number.POSITIVE_INFINITY;
}

function boundsOf(observed: Float64Array, bound: (value: number, row: number) => number): EigenvalueBounds {
  const bounds = observed.map((value, row) => bound(value, row));
  const unbounded = bounds.filter((each) => !Number.isFinite(each)).length;
  return { bounds: bounds.map((each) => (Number.isFinite(each) ? each : 0)), unbounded };
}
