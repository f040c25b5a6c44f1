import { isSmooth } from "../networks/architecture.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import type { Groups, Patches, Primitives } from "../program/primitives.ts";
import { plainLoops } from "../reference/plain-primitives.ts";
import { instantiate, type Kernels } from "../wasm/module.ts";
import { kernelPrimitives, scratchBytes } from "../wasm/primitives.ts";

/**
 * Most that a call computes where the kernels of WebAssembly, which are called in 20 to 50 ns, are ahead of the machine's own,
 * whose call takes 110 to 250: multiply-adds of a product, and numbers of what is elementwise, by how much is done with each. Measured on
 * an Intel Xeon with AVX-512; a factor of two either way costs a call a tenth.
 */
const MOST = { product: 1500, simple: 512, activation: 256, tanh: 32, grouped: 96, roots: 24, draws: 48, rows: 24 };
/** Multiply-adds that are done before WebAssembly is called. */
const MOST_PLAIN = 32;

/**
 * The primitives of `far`, and for what is too little to be worth a call those of WebAssembly or plain code, over one memory:
 * bytes are the same. Made when it is first asked for memory, since few runs have layered networks.
 */
export function sizedPrimitives(farOver: (near: Kernels) => Kernels): Primitives {
  let memory: Float64Array = new Float64Array(0);
  let near!: Primitives;
  let far: Primitives | undefined;
  const plain = plainLoops(() => memory);
  const by = (work: number, most: number) => (work <= most ? near : far!);
  const byProduct = (work: number) => (work <= MOST_PLAIN ? plain : by(work, MOST.product));
  return {
    reserve(length) {
      if (far === undefined) {
        const [wasm, machine] = ((own) => [own, farOver(own)] as const)(instantiate("plain"));
        const scratch = Math.max(scratchBytes(wasm), scratchBytes(machine));
        near = kernelPrimitives(wasm, scratch);
        far = kernelPrimitives(machine, scratch);
      }
      memory = near.reserve(length);
      far.reserve(length);
      return memory;
    },
    // parameters by name: handing on a rest of them takes longer than what WebAssembly does with four numbers
    multiply: (layout, m, n, k, a, b, c, accumulate) =>
      byProduct(m * n * k).multiply(layout, m, n, k, a, b, c, accumulate),
    gatherPatches: (patches, image, out) => by(entries(patches), MOST.simple).gatherPatches(patches, image, out),
    scatterPatches: (patches, matrix, image) =>
      by(entries(patches), MOST.simple).scatterPatches(patches, matrix, image),
    normaliseGroups: (groups, x, y, epsilon, scales) =>
      by(numbers(groups), MOST.grouped).normaliseGroups(groups, x, y, epsilon, scales),
    meansOfGroups: (groups, a, y, means, products) =>
      by(numbers(groups), MOST.grouped).meansOfGroups(groups, a, y, means, products),
    projectGroups: (groups, a, y, out, scales, means, products) =>
      by(numbers(groups), MOST.grouped).projectGroups(groups, a, y, out, scales, means, products),
    addRow: (rows, columns, row, matrix) => by(rows * columns, MOST.simple).addRow(rows, columns, row, matrix),
    sumRows: (rows, columns, matrix, row, accumulate) =>
      by(rows * columns, MOST.simple).sumRows(rows, columns, matrix, row, accumulate),
    activate: (activation, length, z, h, first, second) =>
      by(length, isSmooth(activation) ? MOST.tanh : MOST.activation).activate(activation, length, z, h, first, second),
    hadamard: (length, a, b, out) => by(length, MOST.simple).hadamard(length, a, b, out),
    addHadamard: (length, a, b, out) => by(length, MOST.simple).addHadamard(length, a, b, out),
    scale: (length, alpha, x) => by(length, MOST.simple).scale(length, alpha, x),
    axpy: (length, alpha, x, y) => by(length, MOST.simple).axpy(length, alpha, x, y),
    // one chain of additions, whose speed is that of an addition
    dot: (length, x, y) => near.dot(length, x, y),
    dots: (rows, length, matrix, x, out) => by(rows * length, MOST.simple).dots(rows, length, matrix, x, out),
    subtractRows: (rows, length, matrix, coefficients, x) =>
      by(rows * length, MOST.simple).subtractRows(rows, length, matrix, coefficients, x),
    descend: (optimiser, step, length, parameters, gradient, first, second) =>
      by(length, takesRoots(optimiser) ? MOST.roots : MOST.activation).descend(
        ...([optimiser, step, length, parameters, gradient, first, second] as const),
      ),
    fillGaussian: (stream, from, to) => by(to - from, MOST.draws).fillGaussian!(stream, from, to),
    eigenvalues: (n, matrix, out) => by(n, MOST.rows).eigenvalues(n, matrix, out),
  };
}

function entries({ image: { channels, height, width }, size }: Patches): number {
  return size * size * channels * height * width;
}

function numbers({ count, outer, inner }: Groups): number {
  return count * outer * inner;
}

/** A square root and a quotient for each parameter. */
function takesRoots({ name }: Optimiser): boolean {
  return name === "adam" || name === "rmsprop" || name === "adagrad";
}
