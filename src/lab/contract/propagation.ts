import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamRange } from "../../numerics/stream.ts";
import { requireMlp } from "../networks/architecture.ts";
import { type Kinds, requireKnown } from "../networks/kinds.ts";
import type { Mlp } from "../networks/network.ts";

/** Where inputs come from. All have norm 1 except `raw-image`, whose log norm is kept. `data` names a `Dataset`. */
export type InputLaw =
  | { readonly law: "basis" }
  | { readonly law: "sphere" }
  | { readonly law: "image"; readonly data: string }
  | { readonly law: "raw-image"; readonly data: string };

/**
 * `direct` draws every weight. `law-exact` draws, for Gaussian weights, only what one input's passes see of them, from their
 * exact joint law: fanOut numbers a layer forward and fanIn backward, about half of them where a rectifier hides the rest. The networks behind it are others than direct sampling's
 * of the same stream; their law is the same.
 */
export type Sampling = "direct" | "law-exact";

export interface PropagateRequest {
  readonly network: Mlp;
  readonly input: InputLaw;
  readonly streams: StreamRange;
  /** The pictures, for the inputs `image` and `raw-image`. */
  readonly data?: Dataset;
  /** After an exact death the layer's input is replaced by the first basis vector, so that increments stay i.i.d. */
  readonly revive?: boolean;
  /** `direct` where absent. */
  readonly sampling?: Sampling;
}

export interface Propagation {
  /** ln ||h_l||^2 - ln ||h_{l-1}||^2, `count` rows of `depth`; -Infinity where the layer died (and after it, unless revived). */
  readonly logIncrements: Float64Array;
  /** ln ||h_0||^2, one a replicate: 0 unless the input is a `raw-image`. */
  readonly logInput: Float64Array;
  /** Number of layers passed before the first exact death (= depth when alive). Underflow cannot happen: norms are kept in logs. */
  readonly layersAlive: Float64Array;
}

export interface BackpropagateRequest {
  readonly network: Mlp;
  readonly input: InputLaw;
  readonly streams: StreamRange;
  /** The pictures, for the inputs `image` and `raw-image`. */
  readonly data?: Dataset;
  /** `direct` where absent. */
  readonly sampling?: Sampling;
}

export interface Backpropagation {
  /** ln ||h_L||^2, -Infinity for a dead network. */
  readonly logNorm: Float64Array;
  /** ln ||gradient of <cotangent, h_L> with respect to W_l||_F^2, `count` rows of `depth`; -Infinity where exactly zero, as in all layers of a dead ReLU network. */
  readonly logGradients: Float64Array;
}

/** @throws RangeError for a network, an input or a way of sampling that makes no sense */
export function requirePass({ network, input, data, sampling }: BackpropagateRequest): void {
  requireMlp(network);
  requireInput(input, network.widths[0]!, data);
  requireSampling(network, sampling);
}

const INPUTS: Kinds<InputLaw["law"]> = { basis: true, sphere: true, image: true, "raw-image": true };
const SAMPLINGS: Kinds<Sampling> = { direct: true, "law-exact": true };

/**
 * Refuses a picture without the named data, or data whose pictures do not fit the network.
 * @throws RangeError naming what was found and what was needed
 */
function requireInput(input: InputLaw, width: number, data: Dataset | undefined): void {
  requireKnown("an input", input.law, INPUTS);
  if (input.law === "basis" || input.law === "sphere") return;
  if (data?.name !== input.data) {
    throw new RangeError(`input ${input.law} requires the data ${input.data}, got ${data?.name ?? "none"}`);
  }
  requireWidth(data, width);
}

/** @throws RangeError when the network's input is not as wide as a picture */
export function requireWidth(data: Dataset, width: number): void {
  if (data.width !== width) {
    throw new RangeError(`pictures of ${data.name} require an input of width ${data.width}, got width ${width}`);
  }
}

/** @throws RangeError for law-exact sampling of weights that are not Gaussian, whose products have no simple law */
function requireSampling(network: Mlp, sampling: Sampling | undefined): void {
  if (sampling !== undefined) requireKnown("sampling", sampling, SAMPLINGS);
  if (sampling === "law-exact" && network.init.law !== "gaussian") {
    throw new RangeError(`law-exact sampling requires gaussian weights, got ${network.init.law}`);
  }
}
