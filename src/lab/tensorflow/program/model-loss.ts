import type { Loss } from "../../contract/model-request.ts";
import { refuseUnknown } from "../../networks/kinds.ts";
import type { Pointwises } from "../activations.ts";
import type { Library, Tensor } from "../library.ts";

/**
 * Mean loss over the batch, one a replicate. `outputs` and `targets` are replicates x examples x outputs, for `cross-entropy` the
 * targets are one-hot.
 */
export function modelLoss(tf: Library, pointwises: Pointwises, loss: Loss, outputs: Tensor, targets: Tensor): Tensor {
  const examples = outputs.shape[1]!;
  switch (loss) {
    case "squared":
      return tf.div(tf.div(tf.sum(tf.square(tf.sub(outputs, targets)), [1, 2], false), 2), examples);
    case "cross-entropy":
      return tf.div(tf.sum(crossEntropies(tf, pointwises, outputs, targets), [1, 2], false), examples);
    default:
      return refuseUnknown("a loss", loss);
  }
}

/**
 * ln(1 + sum of exp(y_k - y_target) over the wrong classes), relative to the largest term. Written with differences, so that the
 * gradient of a confident network, whose probability rounds to 1, keeps its digits.
 */
function crossEntropies(tf: Library, pointwises: Pointwises, outputs: Tensor, targets: Tensor): Tensor {
  const wrong = tf.sub(tf.onesLike(targets), targets);
  const gaps = tf.sub(outputs, tf.sum(tf.mul(outputs, targets), [2], true));
  const shift = pointwises.constant((x) => tf.maximum(tf.max(x, [2], true), 0))(gaps);
  const own = pointwises.constant((x) => tf.exp(tf.sub(tf.zerosLike(x), x)))(shift);
  const terms = tf.mul(pointwises.exp(tf.sub(gaps, shift)), wrong);
  // own is 1 unless a wrong class is likelier: then ln(1 + small) keeps a small loss's digits
  return tf.add(tf.log1p(tf.add(tf.sum(terms, [2], true), tf.sub(own, 1))), shift);
}
