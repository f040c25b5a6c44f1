import { refuseUnknown } from "../../networks/kinds.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { adamScales } from "../../program/adam-scales.ts";
import type { Library, Tensor } from "../library.ts";

/** Tensors of every parameter array, rows first: `parameters`, and an optimiser's m and v (empty where it has none). */
export interface DescentState {
  readonly parameters: readonly Tensor[];
  readonly first: readonly Tensor[];
  readonly second: readonly Tensor[];
}

/**
 * One step (the `step`-th, from 1) of our own optimisers in float32; each row is a trajectory. The library's own have another
 * epsilon, and RMSProp's is inside the root. A step below 2^-25 of a parameter is absorbed, and squares of gradients below
 * 1e-19 are 0.
 */
export function descend(
  tf: Library,
  optimiser: Optimiser,
  step: number,
  state: DescentState,
  gradients: readonly Tensor[],
): DescentState {
  const { parameters, first, second } = state;
  const { rate } = optimiser;
  const move = (directions: readonly Tensor[]) => parameters.map((w, index) => tf.sub(w, directions[index]!));
  const scaled = (xs: readonly Tensor[], factor: Tensor | number) => xs.map((x) => tf.mul(x, factor));
  const overRoot = (xs: readonly Tensor[], vs: readonly Tensor[], square: number, epsilon: number) =>
    xs.map((x, index) => tf.divNoNan(x, tf.add(tf.sqrt(tf.mul(vs[index]!, square)), epsilon)));
  switch (optimiser.name) {
    case "gradient-descent":
      return { ...state, parameters: move(scaled(gradients, rate)) };
    case "momentum": {
      const m = first.map((past, index) => tf.add(tf.mul(past, optimiser.momentum), gradients[index]!));
      return { ...state, parameters: move(scaled(m, rate)), first: m };
    }
    case "sign-descent":
      return { ...state, parameters: move(gradients.map((g) => tf.mul(tf.sign(g), rate))) };
    case "normalised-descent": {
      const norm = tf.add(normOf(tf, gradients), optimiser.epsilon);
      return { ...state, parameters: move(gradients.map((g) => tf.mul(tf.divNoNan(g, norm), rate))) };
    }
    case "clipped-descent": {
      const norm = normOf(tf, gradients);
      const clipped = tf.div(tf.fill(norm.shape, optimiser.threshold), norm);
      const share = tf.where(tf.greater(norm, optimiser.threshold), clipped, tf.onesLike(norm));
      return { ...state, parameters: move(scaled(scaled(gradients, share), rate)) };
    }
    case "rmsprop": {
      const v = averages(tf, second, gradients.map(tf.square), optimiser.decay);
      return { ...state, parameters: move(scaled(overRoot(gradients, v, 1, optimiser.epsilon), rate)), second: v };
    }
    case "adam": {
      const m = averages(tf, first, gradients, optimiser.beta1);
      const v = averages(tf, second, gradients.map(tf.square), optimiser.beta2);
      const scales = adamScales(optimiser, step);
      const moved = move(scaled(overRoot(m, v, scales.square, optimiser.epsilon), scales.rate));
      return { parameters: moved, first: m, second: v };
    }
    case "adagrad": {
      const v = second.map((sum, index) => tf.add(sum, tf.square(gradients[index]!)));
      return { ...state, parameters: move(scaled(overRoot(gradients, v, 1, optimiser.epsilon), rate)), second: v };
    }
    default:
      return refuseUnknown("an optimiser", optimiser);
  }
}

function averages(tf: Library, past: readonly Tensor[], now: readonly Tensor[], share: number): readonly Tensor[] {
  return past.map((x, index) => tf.add(tf.mul(x, share), tf.mul(now[index]!, 1 - share)));
}

/** Euclidean norm of each row's whole gradient, rows x 1 x 1, relative to its largest entry: squares may underflow. */
function normOf(tf: Library, gradients: readonly Tensor[]): Tensor {
  const largest = gradients.map((g) => tf.max(tf.abs(g), [1, 2], true)).reduce((a, b) => tf.maximum(a, b));
  const squares = gradients.map((g) => tf.sum(tf.square(tf.divNoNan(g, largest)), [1, 2], true));
  return tf.mul(tf.sqrt(squares.reduce((a, b) => tf.add(a, b))), largest);
}
