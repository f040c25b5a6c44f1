import { denseEigenvalues, updateAndMultiply, workspaceOf } from "../../numerics/dense-eigenvalues.ts";
import type { Primitives } from "../program/primitives.ts";
import { activate } from "./activate.ts";
import { gatherPatches, scatterPatches } from "./image-patches.ts";
import { meansOfGroups, normaliseGroups, projectGroups } from "./normalisation.ts";
import { optimiserStep } from "./optimiser-step.ts";
import { multiplyPlain, multiplyTransposedLeft, multiplyTransposedRight } from "./plain-products.ts";

/** The primitives as plain float64 loops: slow, obvious, and what an engine with equal bytes is compared with. */
export function plainPrimitives(): Primitives {
  let memory = new Float64Array(0);
  return {
    reserve(length) {
      if (memory.length < length) memory = new Float64Array(length);
      return memory;
    },
    ...plainLoops(() => memory),
  };
}

/** The same loops over the array that `memoryNow` gives. */
export function plainLoops(memoryNow: () => Float64Array): Omit<Primitives, "reserve"> {
  return {
    multiply(layout, m, n, k, a, b, c, accumulate) {
      const memory = memoryNow();
      if (layout === "nn") multiplyPlain(memory, m, n, k, a, b, c, accumulate);
      else if (layout === "tn") multiplyTransposedLeft(memory, m, n, k, a, b, c, accumulate);
      else multiplyTransposedRight(memory, m, n, k, a, b, c, accumulate);
    },
    gatherPatches: (patches, image, out) => gatherPatches(memoryNow(), patches, image, out),
    scatterPatches: (patches, matrix, image) => scatterPatches(memoryNow(), patches, matrix, image),
    normaliseGroups: (groups, x, y, epsilon, scales) => normaliseGroups(memoryNow(), groups, x, y, epsilon, scales),
    meansOfGroups: (groups, a, y, means, products) => meansOfGroups(memoryNow(), groups, a, y, means, products),
    projectGroups: (groups, a, y, out, scales, means, products) =>
      projectGroups(memoryNow(), groups, a, y, out, scales, means, products),
    addRow(rows, columns, row, matrix) {
      const memory = memoryNow();
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) memory[matrix + r * columns + c]! += memory[row + c]!;
      }
    },
    sumRows(rows, columns, matrix, row, accumulate) {
      const memory = memoryNow();
      if (!accumulate) memory.fill(0, row, row + columns);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) memory[row + c]! += memory[matrix + r * columns + c]!;
      }
    },
    activate(activation, length, z, h, first, second) {
      activate(memoryNow(), activation, length, z, h, first, second);
    },
    hadamard(length, a, b, out) {
      const memory = memoryNow();
      for (let i = 0; i < length; i++) memory[out + i] = memory[a + i]! * memory[b + i]!;
    },
    addHadamard(length, a, b, out) {
      const memory = memoryNow();
      for (let i = 0; i < length; i++) memory[out + i]! += memory[a + i]! * memory[b + i]!;
    },
    scale(length, alpha, x) {
      const memory = memoryNow();
      for (let i = 0; i < length; i++) memory[x + i]! *= alpha;
    },
    axpy(length, alpha, x, y) {
      const memory = memoryNow();
      for (let i = 0; i < length; i++) memory[y + i]! += alpha * memory[x + i]!;
    },
    dot: (length, x, y) => dot(memoryNow(), length, x, y),
    dots(rows, length, matrix, x, out) {
      const memory = memoryNow();
      for (let r = 0; r < rows; r++) memory[out + r] = dot(memory, length, matrix + r * length, x);
    },
    subtractRows(rows, length, matrix, coefficients, x) {
      const memory = memoryNow();
      for (let r = 0; r < rows; r++) {
        const coefficient = memory[coefficients + r]!;
        const row = matrix + r * length;
        for (let i = 0; i < length; i++) memory[x + i]! -= coefficient * memory[row + i]!;
      }
    },
    descend(optimiser, step, length, parameters, gradient, first, second) {
      optimiserStep(optimiser, step, memoryNow(), length, parameters, gradient, first, second);
    },
    eigenvalues(n, matrix, out) {
      const memory = memoryNow();
      const copy = new Float64Array(n * n + workspaceOf(n) + n);
      copy.set(memory.subarray(matrix, matrix + n * n));
      denseEigenvalues(copy, n, 0, n * n, copy.length - n, updateAndMultiply(copy));
      memory.set(copy.subarray(copy.length - n), out);
    },
  };
}

function dot(memory: Float64Array, length: number, x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += memory[x + i]! * memory[y + i]!;
  return sum;
}
