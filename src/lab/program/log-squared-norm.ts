import { log } from "../../numerics/elementary.ts";
import { euclideanNorm } from "../../numerics/euclidean-norm.ts";

/** ln of the squared Euclidean norm of values[from], ..., values[to - 1], without overflow; -Infinity where all are zero. */
export function logSquaredNorm(values: Float64Array, from: number, to: number): number {
  return 2 * log(euclideanNorm(values, from, to));
}
