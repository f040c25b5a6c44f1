import type { Optimiser } from "../../../../src/lab/networks/optimiser.ts";
import type { Matrix } from "./draws.ts";
import { naiveOptimiser } from "./optimiser.ts";

/** Eigenvalues of a small symmetric matrix by Jacobi's rotations, ascending: twelve sweeps, far more than it takes. */
export function jacobiEigenvalues(symmetric: Matrix): readonly number[] {
  const a = symmetric.map((row) => [...row]);
  const n = a.length;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, p, q);
  }
  return a.map((row, at) => row[at]!).sort((x, y) => x - y);
}

function rotate(a: number[][], p: number, q: number): void {
  if (a[p]![q] === 0) return;
  const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const [first, second] = [a[p]!, a[q]!];
  a[p] = first.map((x, at) => c * x - s * second[at]!);
  a[q] = first.map((x, at) => s * x + c * second[at]!);
}

export const productBut = (weights: readonly number[], ...without: readonly number[]): number =>
  weights.reduce((product, weight, at) => (without.includes(at) ? product : product * weight), 1);

/** Gradient of (w_1 ... w_L - target)^2 / 2, each derivative the product of the other weights. */
export function chainGradient(weights: readonly number[], target: number): readonly number[] {
  const gap = productBut(weights) - target;
  return weights.map((_, at) => gap * productBut(weights, at));
}

/** H_ii = P_i^2 and H_ij = P_i P_j + (f - target) P_ij, P being the product of all weights but those: paper.md calls it D1. */
export function chainHessian(weights: readonly number[], target: number): Matrix {
  const gap = productBut(weights) - target;
  return weights.map((_, i) =>
    weights.map(
      (_, j) => productBut(weights, i) * productBut(weights, j) + (i === j ? 0 : gap * productBut(weights, i, j)),
    ),
  );
}

/** Time of gradient flow to reach half the target 1, by steps of Runge and Kutta's fourth order; Infinity after `limit`. */
export function flowTime(start: readonly number[], step: number, limit: number): number {
  let weights = start;
  for (let at = 0; at * step < limit; at++) {
    const before = productBut(weights);
    const next = rungeKutta(weights, step);
    const after = productBut(next);
    if (after >= 0.5) return (at + crossing(weights, before, step)) * step;
    weights = next;
  }
  return Infinity;
}

function rungeKutta(weights: readonly number[], step: number): readonly number[] {
  const along = (direction: readonly number[], size: number) => weights.map((w, at) => w - size * direction[at]!);
  const first = chainGradient(weights, 1);
  const second = chainGradient(along(first, step / 2), 1);
  const third = chainGradient(along(second, step / 2), 1);
  const fourth = chainGradient(along(third, step), 1);
  return weights.map((w, at) => w - (step / 6) * (first[at]! + 2 * second[at]! + 2 * third[at]! + fourth[at]!));
}

/** Where in the step the product is a half, by bisection on a step of that part's length. */
function crossing(weights: readonly number[], before: number, step: number): number {
  if (before >= 0.5) return 0;
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (productBut(rungeKutta(weights, middle * step)) >= 0.5) high = middle;
    else low = middle;
  }
  return high;
}

/** Steps of an optimiser to reach half the target 1, Infinity after `maxSteps`. */
export function stepsToHalf(start: readonly number[], optimiser: Optimiser, maxSteps: number): number {
  const path = chainPath(start, { optimiser, target: 1, lossScale: 1, steps: maxSteps });
  const step = path.findIndex((weights) => productBut(weights) >= 0.5);
  return step < 0 ? Infinity : step;
}

/** The weights before step 1 and after each step of an optimiser on lossScale (f - target)^2 / 2. */
export function chainPath(
  start: readonly number[],
  options: {
    readonly optimiser: Optimiser;
    readonly target: number;
    readonly lossScale: number;
    readonly steps: number;
  },
): readonly (readonly number[])[] {
  const next = naiveOptimiser(options.optimiser);
  const path = [start];
  for (let step = 0; step < options.steps; step++) {
    const weights = path[step]!;
    path.push(
      next(
        weights,
        chainGradient(weights, options.target).map((value) => options.lossScale * value),
      ),
    );
  }
  return path;
}
