import { denseEigenvalues } from "../../numerics/dense-eigenvalues.ts";
import { isSmooth, slopeOf } from "../networks/architecture.ts";
import type { Activation } from "../networks/network.ts";
import type { Primitives } from "../program/primitives.ts";
import { activateSmooth } from "../program/smooth-activations.ts";
import { KERNEL_CONSTANTS, type KernelFunctions } from "./kernel-functions.ts";
import { ensureMemory, type Kernels } from "./module.ts";
import { wasmDescent } from "./optimiser-step.ts";

const LAYOUTS = {
  nn: KERNEL_CONSTANTS.LAYOUT_NN,
  tn: KERNEL_CONSTANTS.LAYOUT_TN,
  nt: KERNEL_CONSTANTS.LAYOUT_NT,
} as const;
/** A cache line, in float64s. */
const LINE = 8;

/**
 * The primitives over the memory of an instance of kernels/: from the plain module byte for byte those of `plainPrimitives`, from
 * the relaxed one with fused multiply-adds. Their buffers begin above the products' scratch memory. `dot` is one chain of
 * additions, so no faster than plain code; `dots` has eight at a time. `scratchOf`: bytes of that scratch memory, more where other
 * kernels over the same memory need more.
 */
export function kernelPrimitives(kernels: Kernels, scratchOf = scratchBytes(kernels)): Primitives {
  const { functions, memory, heapBase } = kernels;
  const scratch = heapBase;
  const base = scratch + scratchOf;
  let view = new Float64Array(0);
  const at = (offset: number) => base + 8 * offset;
  const optional = (offset: number) => (offset < 0 ? 0 : at(offset));
  return {
    reserve(length) {
      ensureMemory(memory, at(length));
      // Whoever else grows the same memory detaches the view, so that it has to be looked at each time.
      if (view.buffer !== memory.buffer || view.length < length) view = new Float64Array(memory.buffer, base);
      return view;
    },
    multiply(layout, m, n, k, a, b, c, accumulate) {
      functions.multiply(LAYOUTS[layout], m, n, k, at(a), at(b), at(c), accumulate, scratch);
    },
    gatherPatches({ image: { channels, height, width }, size, padding }, image, out) {
      functions.gatherPatches(channels, height, width, size, padding === "circular", at(image), at(out));
    },
    scatterPatches({ image: { channels, height, width }, size, padding }, matrix, image) {
      functions.scatterPatches(channels, height, width, size, padding === "circular", at(matrix), at(image));
    },
    normaliseGroups({ count, stride, outer, outerStride, inner }, x, y, epsilon, scales) {
      functions.normaliseGroups(count, stride, outer, outerStride, inner, at(x), at(y), epsilon, at(scales));
    },
    meansOfGroups({ count, stride, outer, outerStride, inner }, a, y, means, products) {
      functions.meansOfGroups(count, stride, outer, outerStride, inner, at(a), at(y), at(means), at(products));
    },
    projectGroups({ count, stride, outer, outerStride, inner }, a, y, out, scales, means, products) {
      functions.projectGroups(
        ...([count, stride, outer, outerStride, inner] as const),
        ...([at(a), at(y), at(out), at(scales), at(means), at(products)] as const),
      );
    },
    addRow: (rows, columns, row, matrix) => functions.addRow(rows, columns, at(row), at(matrix)),
    sumRows: (rows, columns, matrix, row, accumulate) =>
      functions.sumRows(rows, columns, at(matrix), at(row), accumulate),
    activate(activation, length, z, h, first, second) {
      if (activation === "tanh") functions.activateTanh(length, at(z), at(h), optional(first), optional(second));
      else if (isSmooth(activation)) activateSmooth(view, activation, length, z, h, first, second);
      else {
        if (second >= 0) view.fill(0, second, second + length);
        activatePiecewise(functions, activation, length, at(z), at(h), optional(first));
      }
    },
    hadamard: (length, a, b, out) => functions.hadamard(length, at(a), at(b), at(out)),
    addHadamard: (length, a, b, out) => functions.addHadamard(length, at(a), at(b), at(out)),
    scale: (length, alpha, x) => functions.scale(length, alpha, at(x)),
    axpy: (length, alpha, x, y) => functions.axpy(length, alpha, at(x), at(y)),
    dot: (length, x, y) => functions.dot(length, at(x), at(y)),
    dots: (rows, length, matrix, x, out) => functions.dots(rows, length, at(matrix), at(x), at(out)),
    subtractRows: (rows, length, matrix, coefficients, x) =>
      functions.subtractRows(rows, length, at(matrix), at(coefficients), at(x)),
    descend(optimiser, step, length, parameters, gradient, first, second) {
      const buffers = { w: at(parameters), g: at(gradient), m: optional(first), v: optional(second) };
      wasmDescent(functions, optimiser, step, view.subarray(gradient, gradient + length), buffers);
    },
    fillGaussian(stream, from, to) {
      const [k0, k1, k2, k3] = stream.key;
      const [, , replicate, lane] = stream.counter;
      const block = Math.ceil(stream.position / 2);
      functions.prepareKey(scratch, k0!, k1!, k2!, k3!);
      functions.fillGaussian(block, replicate!, lane!, scratch, at(from), to - from);
      stream.position = 2 * (block + Math.ceil((to - from) / 2));
    },
    eigenvalues(n, matrix, out) {
      // Vectors of a matrix that fits into any memory fit into the products' scratch.
      const whole = new Float64Array(memory.buffer);
      denseEigenvalues(whole, n, at(matrix) / 8, scratch / 8, at(out) / 8, (size, rows, u, p, v, y) =>
        functions.updateAndMultiply(size, 8 * rows, 8 * u, 8 * p, 8 * v, 8 * y),
      );
    },
  };
}

/** Of the products' scratch memory, in whole cache lines. */
export function scratchBytes({ functions }: Kernels): number {
  return Math.ceil(functions.multiplyScratchBytes() / (8 * LINE)) * 8 * LINE;
}

function activatePiecewise(
  kernels: KernelFunctions,
  activation: Activation,
  length: number,
  z: number,
  h: number,
  first: number,
): void {
  if (activation === "relu") {
    if (first > 0) kernels.rectifyWithSlopes(length, z, h, first);
    else kernels.rectify(length, z, h);
    return;
  }
  const slope = slopeOf(activation);
  if (first > 0) kernels.slopes(length, slope, z, first);
  if (activation !== "linear" || h !== z) kernels.leak(length, slope, z, h);
}
