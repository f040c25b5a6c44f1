import { exp, log } from "../../numerics/elementary.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { BatchRequest, LossGradients } from "../contract/picture-batch.ts";
import { drawBatch } from "../draws/batch.ts";
import { fillPicture } from "../draws/input.ts";
import { logNormOfGradient, openGradientSum } from "./gradient-sum.ts";
import { backward, drawNetwork, forward, openTape, type Tape } from "./tape.ts";

/**
 * Gradient of the mean softmax cross-entropy over a batch of pictures (each divided by its norm) and their labels, with
 * respect to the weights of each layer. The last layer is linear and has one output a class.
 *
 * All is done for each example at norm 1 with the logarithm of its size beside it; the sum over examples is taken
 * relative to the largest of them, so neither depth nor a wrong gain can overflow or underflow.
 *
 * Cost: fanIn * fanOut draws and 3 * batch times as many multiply-adds a layer.
 * @throws RangeError for a network that does not fit the data
 */
export function lossGradients(request: BatchRequest): LossGradients {
  const { network, batch, streams, data } = request;
  const tape = openTape(network, batch, "linear");
  const picks = new Int32Array(batch);
  const sum = openGradientSum(tape);
  const logGradients = new Float64Array(streams.count * tape.depth);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    drawBatch(data, streams.key, replicate, picks);
    drawNetwork(tape, openStream(streams.key, replicate, LANES.weights));
    for (let example = 0; example < batch; example++) {
      fillPicture(data, picks[example]!, tape.hidden, example * tape.units);
      tape.logHidden[example * (tape.depth + 1)] = 0;
    }
    forward(tape);
    for (let example = 0; example < batch; example++) startBackward(tape, example, data.labels[picks[example]!]!);
    backward(tape);
    for (let layer = 1; layer <= tape.depth; layer++) {
      logGradients[row * tape.depth + layer - 1] = logNormOfGradient(tape, layer, sum) - log(batch);
    }
  }
  return { logGradients };
}

function startBackward(tape: Tape, example: number, label: number): void {
  const { depth, units, unitsAt, hidden, logHidden, delta, logDelta } = tape;
  const at = example * units + unitsAt[depth]!;
  const last = example * (depth + 1) + depth;
  const place = { logits: hidden, delta, at, classes: units - unitsAt[depth]! };
  logDelta[last] = fillLossDelta(place, logHidden[last]!, label);
}

/** An example's logits over their norm, and where its delta goes, both from `at` on. */
export interface LossPlace {
  readonly logits: Float64Array;
  readonly delta: Float64Array;
  readonly at: number;
  readonly classes: number;
}

/**
 * Gradient of one example's cross-entropy with respect to its logits, softmax - one-hot, into its delta, at norm 1; gives the
 * logarithm of its squared norm. Relative to the largest of the wrong classes' probabilities, and the right class's entry as
 * minus their sum, so that a confident network's tiny gradient keeps all its digits. `logSquare` is that of the logits.
 */
export function fillLossDelta(place: LossPlace, logSquare: number, label: number): number {
  const { logits, delta, at, classes } = place;
  const scale = exp(logSquare / 2);
  let largest = -Infinity;
  for (let k = 0; k < classes; k++) if (logits[at + k]! > largest) largest = logits[at + k]!;
  let total = 0;
  let likeliest = -Infinity;
  for (let k = 0; k < classes; k++) {
    const gap = logits[at + k]! - largest;
    // An infinite scale times a gap of 0 would be NaN.
    const logit = gap === 0 ? 0 : gap * scale;
    delta[at + k] = logit;
    total += exp(logit);
    if (k !== label && logit > likeliest) likeliest = logit;
  }
  if (Number.isNaN(total)) {
    // No comparison above was true: without this the example would count for nothing.
    delta.fill(Number.NaN, at, at + classes);
    return Number.NaN;
  }
  let wrong = 0;
  for (let k = 0; k < classes; k++) {
    if (k === label) continue;
    delta[at + k] = likeliest === -Infinity ? 0 : exp(delta[at + k]! - likeliest);
    wrong += delta[at + k]!;
  }
  delta[at + label] = -wrong;
  const logRelative = normalise(delta, at, at + classes);
  return logRelative + (wrong === 0 ? 0 : 2 * (likeliest - log(total)));
}
