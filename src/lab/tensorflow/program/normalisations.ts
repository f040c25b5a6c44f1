import type { Pointwises } from "../activations.ts";
import type { Library, Tensor } from "../library.ts";

/** Of each unit or channel, over the batch and places. `x` is replicates x examples x (channels, places). */
export function normaliseBatch(
  tf: Library,
  pointwises: Pointwises,
  x: Tensor,
  channels: number,
  epsilon: number,
): Tensor {
  const [replicates, examples, size] = x.shape as [number, number, number];
  const split = tf.reshape(x, [replicates, examples, channels, size / channels]);
  return tf.reshape(normalise(tf, pointwises, split, [1, 3], epsilon), x.shape);
}

/** Of each example, over all its values. */
export function normaliseExamples(tf: Library, pointwises: Pointwises, x: Tensor, epsilon: number): Tensor {
  return normalise(tf, pointwises, x, [2], epsilon);
}

/** (x - mean) / sqrt(variance + epsilon) over `axes`; 0, with derivative 0, where variance + epsilon is 0. */
function normalise(tf: Library, pointwises: Pointwises, x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const size = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
  const deviation = tf.sub(x, tf.div(tf.sum(x, axes, true), size));
  const spread = tf.add(tf.div(tf.sum(tf.square(deviation), axes, true), size), epsilon);
  const { flat, rest } = pointwises.zeros(spread);
  return tf.div(tf.mul(deviation, rest), tf.sqrt(tf.add(spread, flat)));
}
