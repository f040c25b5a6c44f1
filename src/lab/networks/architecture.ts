import { type Kinds, refuseUnknown, requireKnown } from "./kinds.ts";
import type { Activation, Initialisation, Mlp, SmoothActivation } from "./network.ts";

/**
 * Refuses a network that no engine could run, before anything is drawn.
 * @throws RangeError naming the part of the description that is wrong and what it must be
 */
export function requireMlp(network: Mlp): void {
  const { widths, init, activation } = network;
  if (widths.length < 2) throw new RangeError(`a network requires at least 2 widths, got ${widths.length}`);
  for (const [layer, width] of widths.entries()) {
    if (!Number.isInteger(width) || width < 1) {
      throw new RangeError(`a width requires a positive integer, got ${width} at layer ${layer}`);
    }
  }
  requireActivation(activation);
  requireInitialisation(init);
  if (init.law === "orthogonal") requireSquareLayers(widths);
}

const LAWS: Kinds<Initialisation["law"]> = {
  ...{ gaussian: true, uniform: true, rademacher: true, orthogonal: true, "student-t": true },
};
const FANS: Kinds<Initialisation["fan"]> = { in: true, average: true };

/** @throws RangeError for a law that is not known, and for a gain or degrees of freedom that no law of weights has */
export function requireInitialisation(init: Initialisation): void {
  requireKnown("a law of weights", init.law, LAWS);
  requireKnown("a fan", init.fan, FANS);
  if (!(init.gain > 0 && init.gain < Infinity)) {
    throw new RangeError(`a gain requires a positive finite number, got ${init.gain}`);
  }
  if (init.law === "student-t" && init.degreesOfFreedom !== 1 && init.degreesOfFreedom !== 2) {
    throw new RangeError(`student-t requires 1 or 2 degrees of freedom, got ${init.degreesOfFreedom}`);
  }
}

const SMOOTH: Kinds<SmoothActivation> = { ...{ tanh: true, sigmoid: true, silu: true, gelu: true, selu: true } };

/** Whether an activation has a second derivative that is not 0. */
export function isSmooth(activation: Activation | SmoothActivation): activation is SmoothActivation {
  return typeof activation === "string" && Object.hasOwn(SMOOTH, activation);
}

/** Derivative of the activation where its argument is not positive; it is 1 where the argument is. */
export function slopeOf(activation: Activation): number {
  if (typeof activation === "object") return activation.leakySlope;
  if (isSmooth(activation)) {
    throw new RangeError(
      `the activation ${activation} does not scale with its argument, as passes of an mlp need: multilayerPerceptron has it`,
    );
  }
  switch (activation) {
    case "linear":
      return 1;
    case "relu":
      return 0;
    default:
      return refuseUnknown("an activation", activation);
  }
}

/** Number of weight layers. */
export function depthOf(network: Mlp): number {
  return network.widths.length - 1;
}

/** Where each layer's part begins in an array that holds all layers one after another; the last entry is the total. */
export function offsetsOf(sizes: readonly number[]): readonly number[] {
  const offsets = [0];
  for (const size of sizes) offsets.push(offsets[offsets.length - 1]! + size);
  return offsets;
}

/** @throws RangeError for an activation that is not known, and for a leaky slope outside [0, 1] */
export function requireActivation(activation: Activation): void {
  const slope = slopeOf(activation);
  if (!(slope >= 0 && slope <= 1)) throw new RangeError(`a leaky slope requires a number from 0 to 1, got ${slope}`);
}

function requireSquareLayers(widths: readonly number[]): void {
  for (let layer = 1; layer < widths.length; layer++) {
    if (widths[layer] !== widths[layer - 1]) {
      throw new RangeError(
        `orthogonal weights require square layers, got ${widths[layer]} x ${widths[layer - 1]} at layer ${layer}`,
      );
    }
  }
}
