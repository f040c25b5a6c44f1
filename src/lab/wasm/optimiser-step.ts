import { euclideanNorm } from "../../numerics/euclidean-norm.ts";
import { refuseUnknown } from "../networks/kinds.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { adamScales } from "../program/adam-scales.ts";
import type { KernelFunctions } from "./kernel-functions.ts";

/** Where a step's arrays begin, in bytes; m and v only where the optimiser has them. */
interface StepBuffers {
  readonly w: number;
  readonly g: number;
  readonly m: number;
  readonly v: number;
}

/** `optimiserStep` of src/lab/reference in SIMD, with its roundings; `gradient` is a view of what is at `g`. */
export function wasmDescent(
  kernels: KernelFunctions,
  optimiser: Optimiser,
  step: number,
  gradient: Float64Array,
  { w, g, m, v }: StepBuffers,
): void {
  const { length } = gradient;
  const { rate } = optimiser;
  switch (optimiser.name) {
    case "gradient-descent":
      kernels.axpy(length, -rate, g, w);
      break;
    case "momentum":
      kernels.momentumStep(length, rate, optimiser.momentum, w, g, m);
      break;
    case "sign-descent":
      kernels.signStep(length, rate, w, g);
      break;
    case "normalised-descent": {
      const denominator = euclideanNorm(gradient, 0, length) + optimiser.epsilon;
      if (denominator !== 0) kernels.quotientStep(length, rate, denominator, w, g);
      break;
    }
    case "clipped-descent": {
      const norm = euclideanNorm(gradient, 0, length);
      kernels.axpy(length, -(norm <= optimiser.threshold ? rate : rate * (optimiser.threshold / norm)), g, w);
      break;
    }
    case "rmsprop":
      kernels.rootStep(length, rate, optimiser.decay, 1 - optimiser.decay, optimiser.epsilon, w, g, v);
      break;
    case "adam": {
      const scales = adamScales(optimiser, step);
      const { beta1, beta2, epsilon } = optimiser;
      kernels.adamStep(length, scales.rate, scales.square, beta1, beta2, epsilon, w, g, m, v);
      break;
    }
    case "adagrad":
      kernels.rootStep(length, rate, 1, 1, optimiser.epsilon, w, g, v);
      break;
    default:
      refuseUnknown("an optimiser", optimiser);
  }
}
