import type { Primitives } from "../../../../src/lab/program/primitives.ts";
import { plainPrimitives } from "../../../../src/lab/reference/plain-primitives.ts";
import type { Operation } from "../check.ts";

/** A mistake in one primitive: what it is and the operations in which it must be found. */
export interface PrimitiveFault {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The memory is that of the last `reserve`. */
  readonly plant: (right: Primitives, memory: () => Float64Array) => Partial<Primitives>;
}

const FIRST_ORDER = ["gradients", "layerNorms", "trajectories"] as const;

export const primitiveFaults: readonly PrimitiveFault[] = [
  {
    name: "a float32 accumulator in products",
    operations: FIRST_ORDER,
    plant: (right, memory) => ({
      multiply(layout, m, n, k, a, b, c, accumulate) {
        right.multiply(layout, m, n, k, a, b, c, accumulate);
        for (let at = c; at < c + m * n; at++) memory()[at] = Math.fround(memory()[at]!);
      },
    }),
  },
  {
    name: "a float32 accumulator in the products of backward passes alone",
    operations: ["gradients"],
    plant: (right, memory) => ({
      multiply(layout, m, n, k, a, b, c, accumulate) {
        right.multiply(layout, m, n, k, a, b, c, accumulate);
        if (layout === "tn") for (let at = c; at < c + m * n; at++) memory()[at] = Math.fround(memory()[at]!);
      },
    }),
  },
  {
    name: "a swapped transpose: the right factor of nt read as it lies",
    operations: FIRST_ORDER,
    plant: (right) => ({
      multiply: (layout, m, n, k, a, b, c, accumulate) =>
        right.multiply(layout === "nt" ? "nn" : layout, m, n, k, a, b, c, accumulate),
    }),
  },
  {
    name: "a swapped transpose where it does not show in sizes: tn of square matrices",
    operations: ["gradients", "hessianVectorProducts"],
    plant: (right) => ({
      multiply: (layout, m, n, k, a, b, c, accumulate) =>
        right.multiply(layout === "tn" && m === k ? "nn" : layout, m, n, k, a, b, c, accumulate),
    }),
  },
  {
    name: "a product that does not add to what is there",
    operations: ["hessianVectorProducts"],
    plant: (right) => ({ multiply: (layout, m, n, k, a, b, c) => right.multiply(layout, m, n, k, a, b, c, false) }),
  },
  {
    name: "a product that goes wrong only where it is large",
    operations: ["gradients", "hessianVectorProducts"],
    plant: (right, memory) => ({
      multiply(layout, m, n, k, a, b, c, accumulate) {
        right.multiply(layout, m, n, k, a, b, c, accumulate);
        if (m * n * k > 20_000) memory()[c + m * n - 1]! *= 1 + 1e-7;
      },
    }),
  },
  {
    name: "a mask that lets the negative side through",
    operations: FIRST_ORDER,
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        if (first >= 0 && activation === "relu") memory().fill(1, first, first + length);
      },
    }),
  },
  {
    name: "a mask of z >= 0 instead of z > 0",
    operations: ["gradients"],
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        const zeros = Array.from({ length }, (_, at) => memory()[z + at] === 0);
        right.activate(activation, length, z, h, first, second);
        if (first >= 0 && activation === "relu") {
          for (const [at, zero] of zeros.entries()) if (zero) memory()[first + at] = 1;
        }
      },
    }),
  },
  {
    name: "a leaky slope missing from the derivative",
    operations: FIRST_ORDER,
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        if (first < 0 || typeof activation === "string") return;
        for (let at = first; at < first + length; at++) if (memory()[at] !== 1) memory()[at] = 0;
      },
    }),
  },
  {
    name: "a ReLU that turns NaN into 0",
    operations: ["gradients"],
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        for (let at = h; at < h + length; at++) if (Number.isNaN(memory()[at])) memory()[at] = 0;
      },
    }),
  },
  {
    name: "the wrong sign of the second derivative, in tangents only",
    operations: ["hessianVectorProducts", "hessians", "hessianEigenvalues"],
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        if (second >= 0) for (let at = second; at < second + length; at++) memory()[at]! *= -1;
      },
    }),
  },
  {
    name: "a second derivative left out",
    operations: ["hessianVectorProducts", "hessians"],
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        if (second >= 0) memory().fill(0, second, second + length);
      },
    }),
  },
  {
    name: "a tanh of float32 precision",
    operations: FIRST_ORDER,
    plant: (right, memory) => ({
      activate(activation, length, z, h, first, second) {
        right.activate(activation, length, z, h, first, second);
        if (activation === "tanh") for (let at = h; at < h + length; at++) memory()[at] = Math.fround(memory()[at]!);
      },
    }),
  },
  {
    name: "patches of an image that does not wrap around",
    operations: ["gradients", "layerNorms"],
    plant: (right) => ({
      gatherPatches: (patches, image, out) => right.gatherPatches({ ...patches, padding: "zero" }, image, out),
    }),
  },
  {
    name: "an image's cotangent that does not wrap around",
    operations: ["gradients"],
    plant: (right) => ({
      scatterPatches: (patches, matrix, image) => right.scatterPatches({ ...patches, padding: "zero" }, matrix, image),
    }),
  },
  {
    name: "a normalisation that leaves the mean",
    operations: ["gradients", "layerNorms"],
    plant: (right, memory) => ({
      normaliseGroups(groups, x, y, epsilon, scales) {
        right.normaliseGroups(groups, x, y, epsilon, scales);
        memory()[y]! += 0.01;
      },
    }),
  },
  {
    name: "a normalisation's derivative without the mean of the products",
    operations: ["gradients"],
    plant: (right, memory) => ({
      meansOfGroups(groups, a, y, means, products) {
        right.meansOfGroups(groups, a, y, means, products);
        memory().fill(0, products, products + groups.count);
      },
    }),
  },
  {
    name: "a bias of the last unit forgotten",
    operations: FIRST_ORDER,
    plant: (right, memory) => ({
      addRow(rows, columns, row, matrix) {
        const before = memory()[matrix + columns - 1]!;
        right.addRow(rows, columns, row, matrix);
        memory()[matrix + columns - 1] = before;
      },
    }),
  },
  {
    name: "a sum of rows that leaves out the last",
    operations: ["gradients"],
    plant: (right) => ({
      sumRows: (rows, columns, matrix, row, accumulate) => right.sumRows(rows - 1, columns, matrix, row, accumulate),
    }),
  },
  {
    name: "a block of dot products that leaves out the last row",
    operations: ["extremeEigenvalues"],
    plant: (right, memory) => ({
      dots(rows, length, matrix, x, out) {
        right.dots(rows, length, matrix, x, out);
        memory()[out + rows - 1] = 0;
      },
    }),
  },
  {
    name: "rows added where they should be taken off",
    operations: ["extremeEigenvalues"],
    plant: (_, memory) => ({
      subtractRows(rows, length, matrix, coefficients, x) {
        const values = memory();
        for (let r = 0; r < rows; r++) {
          for (let i = 0; i < length; i++)
            values[x + i]! += values[coefficients + r]! * values[matrix + r * length + i]!;
        }
      },
    }),
  },
  {
    name: "eigenvalues in descending order",
    operations: ["hessianEigenvalues"],
    plant: (right, memory) => ({
      eigenvalues(n, matrix, out) {
        right.eigenvalues(n, matrix, out);
        memory()
          .subarray(out, out + n)
          .reverse();
      },
    }),
  },
  {
    name: "one eigenvalue off by a part in 1e9",
    operations: ["hessianEigenvalues"],
    plant: (right, memory) => ({
      eigenvalues(n, matrix, out) {
        right.eigenvalues(n, matrix, out);
        memory()[out + n - 1]! *= 1 + 1e-9;
      },
    }),
  },
  {
    name: "a step counter that begins at 0",
    operations: ["trajectories"],
    plant: (right) => ({
      descend: (optimiser, step, ...rest) => right.descend(optimiser, Math.max(1, step - 1), ...rest),
    }),
  },
  {
    name: "epsilon inside the root",
    operations: ["trajectories"],
    plant: (right) => ({
      descend(optimiser, ...rest) {
        const moved = optimiser.name === "adam" || optimiser.name === "rmsprop" || optimiser.name === "adagrad";
        right.descend(moved ? { ...optimiser, epsilon: Math.sqrt(optimiser.epsilon) } : optimiser, ...rest);
      },
    }),
  },
  {
    name: "an epsilon of 1e-8 where none was asked for",
    operations: ["trajectories"],
    plant: (right) => ({
      descend: (optimiser, ...rest) =>
        right.descend(
          "epsilon" in optimiser ? { ...optimiser, epsilon: optimiser.epsilon + 1e-8 } : optimiser,
          ...rest,
        ),
    }),
  },
  {
    name: "0 / 0 for an entry whose denominator is 0",
    operations: ["trajectories"],
    plant: (right, memory) => ({
      descend(optimiser, step, length, parameters, gradient, first, second) {
        right.descend(optimiser, step, length, parameters, gradient, first, second);
        if (second < 0 || !("epsilon" in optimiser) || optimiser.epsilon > 0) return;
        for (let i = 0; i < length; i++) if (memory()[second + i] === 0) memory()[parameters + i] = Number.NaN;
      },
    }),
  },
  {
    name: "parameters kept in float32",
    operations: ["trajectories"],
    plant: (right, memory) => ({
      descend(optimiser, step, length, parameters, ...rest) {
        right.descend(optimiser, step, length, parameters, ...rest);
        for (let at = parameters; at < parameters + length; at++) memory()[at] = Math.fround(memory()[at]!);
      },
    }),
  },
  {
    name: "clipping where the norm is below the threshold",
    operations: ["trajectories"],
    plant: (right) => ({
      descend: (optimiser, ...rest) =>
        right.descend(
          optimiser.name === "clipped-descent"
            ? { ...optimiser, name: "normalised-descent", rate: optimiser.rate * optimiser.threshold, epsilon: 0 }
            : optimiser,
          ...rest,
        ),
    }),
  },
];

/** Plain primitives with that mistake. */
export function faultyPrimitives(fault: Pick<PrimitiveFault, "plant">): Primitives {
  const right = plainPrimitives();
  let memory: Float64Array = new Float64Array(0);
  const reserve = (length: number) => {
    memory = right.reserve(length);
    return memory;
  };
  return { ...right, ...fault.plant(right, () => memory), reserve };
}
