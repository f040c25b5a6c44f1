import { exp, log } from "../elementwise/elementary";
import { rootAfterPole } from "../eigenvalues/secular-root";
import { sortRecords } from "../eigenvalues/sort-records";

/** Where the results stand in `out`. */
// @ts-ignore: decorator
@inline
const LOG_NORM: usize = 0;
// @ts-ignore: decorator
@inline
const NEGATIVES: usize = 8;
// @ts-ignore: decorator
@inline
const LOG_GRADIENT: usize = 16;
// @ts-ignore: decorator
@inline
const LOG_PRODUCT: usize = 24;
// @ts-ignore: decorator
@inline
const SIGN: usize = 32;

/**
 * `chainHessians` of src/lab/reference/chains/chain-hessian.ts for one chain, byte for byte, in order depth * log(depth) instead of depth^2:
 * of the eigenvalues, which lie one between each two neighbouring poles, only the first and the last are computed, since the
 * others have the sign of the poles. `scratch` takes 32 bytes a weight. Returns false, with `out` undefined, where this does not
 * hold: weights or poles that are 0 or not finite, masses that underflow.
 */
export function chainHessian(weights: usize, depth: i32, target: f64, scratch: usize, out: usize): bool {
  const end = weights + (<usize>depth << 3);
  let smallest: f64 = Infinity;
  let sign: f64 = 1;
  let logProduct: f64 = 0;
  for (let at = weights; at < end; at += 8) {
    const weight = load<f64>(at);
    const size = abs(weight);
    if (!(size > 0 && size < Infinity)) return false;
    smallest = min(smallest, size);
    if (weight < 0) sign = -sign;
    logProduct += log(size);
  }
  const logTarget = target == 0 ? -Infinity : log(abs(target));
  const logUnit = max(logProduct, logTarget);
  const output = sign * exp(logProduct - logUnit);
  const wanted: f64 = target == 0 ? 0 : (target > 0 ? <f64>1 : <f64>-1) * exp(logTarget - logUnit);
  const excess = output - wanted;
  const rankOne = sign * (2 * output - wanted);
  const diagonal = -sign * excess;
  if (excess == 0 || rankOne == 0) return false;
  // The root-finder's rank-one part is positive; otherwise it solves the negated problem.
  const weight = abs(rankOne);
  const orientation: f64 = rankOne < 0 ? -1 : 1;
  const squares = placePoles(weights, end, smallest, diagonal * orientation, sqrt(weight), scratch);
  if (!(squares > 0)) return false;
  solve(sortRecords(scratch, scratch + (<usize>depth << 4), depth), depth);
  const logSmallest = log(smallest);
  store<f64>(out, logProduct + logUnit - 2 * logSmallest + log(max(abs(lowest), abs(highest))), LOG_NORM);
  store<f64>(out, <f64>(orientation > 0 ? negatives : positives), NEGATIVES);
  store<f64>(out, log(abs(excess)) + logUnit + logProduct - logSmallest + 0.5 * log(squares), LOG_GRADIENT);
  store<f64>(out, logProduct, LOG_PRODUCT);
  store<f64>(out, sign, SIGN);
  return true;
}

/** Records of pole and mass; returns the sum of squares of smallest / |w|, or 0 where a pole or a mass is unusable. */
function placePoles(weights: usize, end: usize, smallest: f64, diagonal: f64, root: f64, records: usize): f64 {
  let squares: f64 = 0;
  let record = records;
  for (let at = weights; at < end; at += 8) {
    const inverse = smallest / abs(load<f64>(at));
    const pole = diagonal * inverse * inverse;
    const component = root * inverse;
    const mass = component * component;
    if (pole == 0 || mass == 0) return 0;
    store<f64>(record, pole);
    store<f64>(record, mass, 8);
    squares += inverse * inverse;
    record += 16;
  }
  return squares;
}

/** What `solve` finds of the problem whose rank-one part is positive. */
let lowest: f64 = 0;
let highest: f64 = 0;
let negatives: i32 = 0;
let positives: i32 = 0;

function solve(records: usize, depth: i32): void {
  const first = load<f64>(records);
  const lowestIsPole = depth > 1 && load<f64>(records, 16) == first;
  const poles = mergeEqual(records, depth);
  highest = rootAfterPole(records, poles, poles - 1);
  lowest = lowestIsPole ? first : poles == 1 ? highest : rootAfterPole(records, poles, 0);
  negatives = 0;
  positives = depth;
  if (first > 0) return;
  // All others lie below a negative pole.
  negatives = highest < 0 ? depth : depth - 1;
  positives = highest > 0 ? 1 : 0;
}

/** Makes one record of those with the same pole, in place; returns how many are left. */
function mergeEqual(records: usize, depth: i32): i32 {
  let last = records;
  for (let i = 1; i < depth; i++) {
    const at = records + (<usize>i << 4);
    if (load<f64>(at) == load<f64>(last)) {
      store<f64>(last, load<f64>(last, 8) + load<f64>(at, 8), 8);
    } else {
      last += 16;
      v128.store(last, v128.load(at));
    }
  }
  return <i32>((last - records) >> 4) + 1;
}
