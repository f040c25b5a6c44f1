import { UnsupportedError } from "../contract/engine.ts";
import { isSmooth, slopeOf } from "../networks/architecture.ts";
import type { Activation, SmoothActivation } from "../networks/network.ts";
import type { Library, Tensor } from "./library.ts";

export type Pointwise = (x: Tensor) => Tensor;

/**
 * Activations and exp whose gradients may be differentiated again. The library's own tanh, sigmoid and exp save their output, which
 * is a constant to an outer gradient: their second derivatives are wrong without an error (tfjs issue 3252). These save the
 * input and compute the output anew, by the function itself, so that an outer gradient finds its way through.
 *
 * Kinks are differentiated piecewise: the slope at z is 1 where z > 0, else the activation's, and has derivative 0.
 */
export interface Pointwises {
  readonly activation: (name: Activation | SmoothActivation) => Pointwise;
  readonly exp: Pointwise;
  /** f whose values are constants to every gradient. */
  readonly constant: (f: Pointwise) => Pointwise;
  /** Constants that are 1 where x is 0 (`flat`) and where it is not (`rest`), else 0. */
  readonly zeros: (x: Tensor) => { readonly flat: Tensor; readonly rest: Tensor };
}

export function openPointwises(tf: Library): Pointwises {
  const tanh = reentrant(tf, tf.tanh, (y) => tf.sub(tf.onesLike(y), tf.square(y)));
  const sigmoid = reentrant(tf, tf.sigmoid, (y) => tf.mul(y, tf.sub(tf.onesLike(y), y)));
  const exp = reentrant(tf, tf.exp, (y) => y);
  const activation = (name: Activation | SmoothActivation): Pointwise => {
    if (name === "tanh") return tanh;
    if (name === "sigmoid") return sigmoid;
    if (name === "linear") return (x) => x;
    if (isSmooth(name)) {
      throw new UnsupportedError(`engine tensorflow has tanh and sigmoid alone of the curved activations, got ${name}`);
    }
    return withSlope(tf, slopeOf(name));
  };
  const flat = asConstant(tf, (x) => tf.where(tf.equal(x, 0), tf.onesLike(x), tf.zerosLike(x)));
  const rest = asConstant(tf, (x) => tf.where(tf.equal(x, 0), tf.zerosLike(x), tf.onesLike(x)));
  return {
    activation,
    exp,
    constant: (f) => asConstant(tf, f),
    zeros: (x) => ({ flat: flat(x), rest: rest(x) }),
  };
}

/** f, whose derivative is `slope` of its own value, which is computed anew from the input that is saved. */
function reentrant(tf: Library, f: Pointwise, slope: Pointwise): Pointwise {
  const again: Pointwise = tf.customGrad((x, save) => {
    save([x]);
    return { value: f(x), gradFunc: (cotangent, [saved]) => tf.mul(cotangent, slope(again(saved!))) };
  });
  return again;
}

function withSlope(tf: Library, slope: number): Pointwise {
  return tf.customGrad((x, save) => {
    // what is saved is a constant to an outer gradient, as slopes are
    const slopes = tf.where(tf.greater(x, 0), tf.onesLike(x), tf.fill(x.shape, slope));
    save([slopes]);
    return {
      // a product, not a choice: a NaN stays one
      value: tf.mul(x, slopes),
      gradFunc: (cotangent, [saved]) => tf.mul(cotangent, saved!),
    };
  });
}

/** The same values with derivative 0; they may be of another shape than x. */
function asConstant(tf: Library, f: Pointwise): Pointwise {
  return tf.customGrad((x, save) => {
    save([x]);
    return { value: f(x), gradFunc: (_, [saved]) => tf.zerosLike(saved!) };
  });
}
