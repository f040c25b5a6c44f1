/**
 * All eigenvalues, ascending, of diag(diagonal) + weight * vector vector^T, as the roots of the secular equation
 * 1 + weight sum_i vector_i^2 / (diagonal_i - x) = 0, one between each two neighbouring poles.
 *
 * Each root is found as its distance from the nearer pole, to full relative precision of that distance, so that the
 * eigenvalues are right at every scale present, not only relative to the largest. Entries whose component is zero are
 * eigenvalues as they are, equal entries are merged into one pole (deflation). Cost about 8 dimension^2 divisions.
 *
 * Throws if the lengths differ or a number is not finite. Squares of sqrt(|weight|) * vector_i must not overflow.
 *
 * Source: Bunch, Nielsen, Sorensen, "Rank-one modification of the symmetric eigenproblem", Numer. Math. 31 (1978) 31;
 * the step in its form of LAPACK's dlaed4, inside a bracket that is bisected where the step leaves it.
 */
export function eigenvaluesOfDiagonalPlusRankOne(
  diagonal: Float64Array,
  weight: number,
  vector: Float64Array,
): Float64Array {
  requireFinite(diagonal, weight, vector);
  if (weight < 0) {
    const negated = eigenvaluesOfDiagonalPlusRankOne(
      diagonal.map((entry) => -entry),
      -weight,
      vector,
    );
    return negated.map((value) => -value).reverse();
  }
  const { poles, masses, deflated } = deflate(diagonal, weight, vector);
  const eigenvalues = new Float64Array(diagonal.length);
  eigenvalues.set(deflated);
  for (let k = 0; k < poles.length; k++) eigenvalues[deflated.length + k] = rootAfterPole(poles, masses, k);
  return eigenvalues.sort();
}

/**
 * How many eigenvalues of diag(diagonal) + weight * vector vector^T are negative, by Sylvester's law of inertia for the
 * bordered matrix: no eigenvalue is computed. An eigenvalue that is zero is not counted. Cost: dimension divisions.
 */
export function negativeEigenvalueCount(diagonal: Float64Array, weight: number, vector: Float64Array): number {
  requireFinite(diagonal, weight, vector);
  let negative = 0;
  let secular = 1;
  let singular = false;
  for (let i = 0; i < diagonal.length; i++) {
    const entry = diagonal[i]!;
    const mass = weight * vector[i]! * vector[i]!;
    if (entry < 0) negative++;
    if (mass === 0) continue;
    if (entry === 0) singular = true;
    else secular += mass / entry;
  }
  // A zero entry that has a component may count as an infinitesimal positive one: the inertia does not change.
  if (singular) secular = weight;
  if (weight > 0) return secular > 0 ? negative : negative - 1;
  return secular < 0 ? negative + 1 : negative;
}

interface SecularEquation {
  /** Strictly ascending. */
  readonly poles: Float64Array;
  /** weight * component^2 of each pole, positive. */
  readonly masses: Float64Array;
  readonly deflated: readonly number[];
}

function deflate(diagonal: Float64Array, weight: number, vector: Float64Array): SecularEquation {
  const root = Math.sqrt(weight);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i]! - diagonal[j]!);
  const poles: number[] = [];
  const masses: number[] = [];
  const deflated: number[] = [];
  for (const i of order) {
    const pole = diagonal[i]!;
    const component = root * vector[i]!;
    const mass = component * component;
    if (mass === 0) deflated.push(pole);
    else if (poles.at(-1) === pole) {
      masses[masses.length - 1] = masses.at(-1)! + mass;
      deflated.push(pole);
    } else {
      poles.push(pole);
      masses.push(mass);
    }
  }
  return { poles: Float64Array.from(poles), masses: Float64Array.from(masses), deflated };
}

/** The eigenvalue above pole k and below the next one, where there is one. */
function rootAfterPole(poles: Float64Array, masses: Float64Array, k: number): number {
  const last = k === poles.length - 1;
  const origin = last || isInLowerHalf(poles, masses, k) ? k : k + 1;
  return poles[origin]! + distanceFromPole(poles, masses, k, origin);
}

function isInLowerHalf(poles: Float64Array, masses: Float64Array, k: number): boolean {
  evaluate(poles, masses, k, k, (poles[k + 1]! - poles[k]!) / 2);
  return sums.value >= 0;
}

/** Signed distance, from pole `origin`, of the root between poles k and k + 1. */
function distanceFromPole(poles: Float64Array, masses: Float64Array, k: number, origin: number): number {
  const sign = origin === k ? 1 : -1;
  const next = k + 1 < poles.length;
  const left = poles[k]! - poles[origin]!;
  const right = next ? poles[k + 1]! - poles[origin]! : Infinity;
  let { near, far } = bracket(poles, masses, k, origin);
  let distance = sign * (next ? far : near);
  while (true) {
    evaluate(poles, masses, k, origin, distance);
    if (Math.abs(sums.value) <= ROUNDING * sums.size) return distance;
    if (sums.value > 0 === sign > 0) far = Math.abs(distance);
    else near = Math.abs(distance);
    if (far - near <= ROUNDING * far) return distance;
    const step = next ? stepBetweenPoles(left - distance, right - distance) : stepAfterLastPole(left - distance);
    const proposed = distance + step;
    if (proposed === distance) return distance;
    distance = isInside(sign * proposed, near, far) ? proposed : sign * Math.sqrt(near) * Math.sqrt(far);
    // A bracket of two units in the last place: its geometric mean rounds to one of its ends.
    if (!isInside(sign * distance, near, far)) return distance;
  }
}

/** Half a unit in the last place, twice: what a term and the sum can lose. */
const ROUNDING = 2 ** -52;

function isInside(distance: number, near: number, far: number): boolean {
  return distance > near && distance < far;
}

/**
 * Positive bounds on the distance from the origin: `far` is half the gap (the whole mass after the last pole), `near`
 * comes from replacing the helpful terms of the secular equation by their values at `far` and dropping the others.
 */
function bracket(poles: Float64Array, masses: Float64Array, k: number, origin: number): { near: number; far: number } {
  const last = poles.length - 1;
  if (k === last) {
    let total = 0;
    for (let j = 0; j <= last; j++) total += masses[j]!;
    return { near: masses[k]!, far: total };
  }
  const far = (poles[k + 1]! - poles[k]!) / 2;
  const below = origin === k;
  let bound = below ? 1 : 0;
  for (let j = below ? k + 1 : 0; j <= (below ? last : k); j++) {
    bound += masses[j]! / (Math.abs(poles[j]! - poles[origin]!) - far);
  }
  return { near: Math.min(masses[origin]! / bound, far), far };
}

/** The secular function at the last point evaluated: value, derivatives of the parts below and above, sum of sizes. */
const sums = { value: 0, slopeBelow: 0, slopeAbove: 0, size: 0 };

function evaluate(poles: Float64Array, masses: Float64Array, k: number, origin: number, distance: number): void {
  const base = poles[origin]!;
  let below = 0;
  let slopeBelow = 0;
  for (let j = 0; j <= k; j++) {
    const gap = poles[j]! - base - distance;
    const term = masses[j]! / gap;
    below += term;
    slopeBelow += term / gap;
  }
  let above = 0;
  let slopeAbove = 0;
  for (let j = k + 1; j < poles.length; j++) {
    const gap = poles[j]! - base - distance;
    const term = masses[j]! / gap;
    above += term;
    slopeAbove += term / gap;
  }
  sums.value = 1 + below + above;
  sums.slopeBelow = slopeBelow;
  sums.slopeAbove = slopeAbove;
  sums.size = 1 - below + above;
}

/** Root of the rational function with the same value and slopes and poles at the two distances, by its stable form. */
function stepBetweenPoles(left: number, right: number): number {
  const { value, slopeBelow, slopeAbove } = sums;
  const c = value - left * slopeBelow - right * slopeAbove;
  const b = (left + right) * value - left * right * (slopeBelow + slopeAbove);
  const w = left * right * value;
  const root = Math.sqrt(Math.max(b * b - 4 * c * w, 0));
  return b > 0 ? (2 * w) / (b + root) : (b - root) / (2 * c);
}

function stepAfterLastPole(left: number): number {
  const rest = sums.value - sums.slopeBelow * left;
  return left + (sums.slopeBelow * left * left) / rest;
}

function requireFinite(diagonal: Float64Array, weight: number, vector: Float64Array): void {
  if (diagonal.length !== vector.length) {
    throw new RangeError(`a rank-one change requires ${diagonal.length} components, got ${vector.length}`);
  }
  if (!(Number.isFinite(weight) && diagonal.every(Number.isFinite) && vector.every(Number.isFinite))) {
    throw new RangeError("a rank-one change requires finite numbers, got one that is not");
  }
}
