import type { Buffers } from "./buffers.ts";
import type { Primitives } from "./primitives.ts";

/** What all layers of one program share: where parameters and results lie, and what has to be computed. */
export interface Compilation {
  readonly primitives: Primitives;
  readonly buffers: Buffers;
  /** The array that all offsets count in; `values` is set when it is reserved. */
  readonly memory: { values: Float64Array };
  readonly batch: number;
  /** 1: loss and gradient. 2: Hessian-vector products too, for which all that depends on the point alone is kept. */
  readonly order: 1 | 2;
  readonly parameters: number;
  readonly gradients: number;
  /** Order 2: the direction, and the Hessian's product with it, both laid out as the parameters. */
  readonly vector: number;
  readonly product: number;
}

export type Instruction = () => void;

/** What flows between two layers: batch x size numbers. Offsets that are -1 do not exist. */
export interface Signal {
  readonly size: number;
  readonly value: number;
  /** Its derivative along the direction; -1 at order 1 and where it depends on no parameter. */
  readonly tangent: number;
  /** Whether the loss's derivative with respect to it is needed. */
  readonly wanted: boolean;
  /** Whether the layer that it enters may write over it. */
  readonly free: boolean;
}

/** Derivative of the loss with respect to a signal, and the derivative of that along the direction (-1 at order 1). */
export interface Cotangent {
  readonly value: number;
  readonly tangent: number;
}

export interface CompiledLayer {
  readonly output: Signal;
  readonly forward: Instruction;
  readonly tangentForward: Instruction;
  /** Called once, after all layers, from the last to the first; it owns the cotangent of its output from then on. */
  readonly wire: (output: Cotangent) => CompiledBackward;
}

export interface CompiledBackward {
  readonly backward: Instruction;
  readonly tangentBackward: Instruction;
  /** Cotangent of the layer's input; undefined where it is not wanted. */
  readonly input: Cotangent | undefined;
}

/** Runs instructions one after another. */
export function sequence(instructions: readonly Instruction[]): Instruction {
  return () => {
    for (let index = 0; index < instructions.length; index++) instructions[index]!();
  };
}

export const nothing: Instruction = () => {};

/** A new signal of `size` numbers an example. */
export function openSignal(
  compilation: Compilation,
  size: number,
  flags: { readonly wanted: boolean; readonly dependent: boolean; readonly free: boolean },
): Signal {
  const { buffers, batch, order } = compilation;
  const { wanted, dependent, free } = flags;
  const value = buffers.keep(batch * size);
  const tangent = order === 2 && dependent ? buffers.keep(batch * size) : -1;
  return { size, value, tangent, wanted, free };
}

/** A new cotangent of `size` numbers an example. */
export function openCotangent(compilation: Compilation, size: number): Cotangent {
  const { buffers, batch, order } = compilation;
  const length = batch * size;
  if (order === 1) return { value: buffers.take(length), tangent: -1 };
  return { value: buffers.keep(length), tangent: buffers.take(length) };
}

/** Gives back what of a cotangent no later instruction reads: at order 2 its value is kept for further products. */
export function releaseCotangent(compilation: Compilation, size: number, cotangent: Cotangent): void {
  const { buffers, batch, order } = compilation;
  buffers.release(order === 2 ? cotangent.tangent : cotangent.value, batch * size);
}
