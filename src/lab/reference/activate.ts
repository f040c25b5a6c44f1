import { isSmooth, slopeOf } from "../networks/architecture.ts";
import type { Activation, SmoothActivation } from "../networks/network.ts";
import { activateSmooth } from "../program/smooth-activations.ts";

/**
 * h = f(z), first = f'(z), second = f''(z) on one array; h may be z, `first` or `second` may be -1 (not wanted). ReLU is
 * max(z, +0), so that -0 becomes +0, and its kin z > 0 ? z : slope * z: a NaN stays one in all of them. The derivative at 0
 * (and at NaN) is the slope. Curved ones: `activateSmooth`.
 */
export function activate(
  memory: Float64Array,
  activation: Activation | SmoothActivation,
  length: number,
  z: number,
  h: number,
  first: number,
  second: number,
): void {
  if (isSmooth(activation)) activateSmooth(memory, activation, length, z, h, first, second);
  else activatePiecewise(memory, activation, length, z, h, first, second);
}

function activatePiecewise(
  memory: Float64Array,
  activation: Activation,
  length: number,
  z: number,
  h: number,
  first: number,
  second: number,
): void {
  const slope = slopeOf(activation);
  if (first >= 0) for (let i = 0; i < length; i++) memory[first + i] = memory[z + i]! > 0 ? 1 : slope;
  if (second >= 0) memory.fill(0, second, second + length);
  if (activation === "linear") {
    if (h !== z) memory.copyWithin(h, z, z + length);
  } else if (activation === "relu") {
    for (let i = 0; i < length; i++) memory[h + i] = Math.max(memory[z + i]!, 0);
  } else {
    for (let i = 0; i < length; i++) memory[h + i] = memory[z + i]! > 0 ? memory[z + i]! : slope * memory[z + i]!;
  }
}
