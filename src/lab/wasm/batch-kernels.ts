import type { DrawKernels } from "./draw-kernels.ts";
import type { PrimitiveKernels } from "./primitives.ts";

/** What passes of a batch through one network need of kernels/: batch-rows, activation, log-domain and matrix-product. */
export interface BatchKernels extends DrawKernels, Pick<PrimitiveKernels, "multiply" | "multiplyScratchBytes"> {
  drawWeights(
    ...parameters: readonly [
      ...[law: number, factor: number, position: number, replicate: number, key: number, out: number],
      ...[fanIn: number, fanOut: number],
    ]
  ): number;
  activate(count: number, slope: number, z: number, h: number): void;
  differentiate(count: number, slope: number, z: number, h: number, derivative: number): void;
  multiplyBy(count: number, vector: number, factors: number): void;
  normaliseRows(rows: number, width: number, matrix: number, logs: number): void;
  scaleRows(rows: number, width: number, factors: number, matrix: number, out: number): void;
  pairDistances(count: number, addresses: number, width: number, out: number): void;
  sumOfSquares(vector: number, count: number): number;
}

/** Layouts of `multiply`: C = A B, C = A^T B, C = A B^T. */
export const NN = 0;
export const TN = 1;
export const NT = 2;
