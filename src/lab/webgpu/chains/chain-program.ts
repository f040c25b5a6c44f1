import { refuseUnknown } from "../../networks/kinds.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { adamScales } from "../../program/adam-scales.ts";
import { type Address, type Assembler, assembler, type Program } from "../machine/assembler.ts";

export interface ChainSteps {
  readonly optimiser: Optimiser;
  readonly depth: number;
  readonly steps: number;
  /** Absent for escapes: they have no records, and end where the product is at least 1/2. */
  readonly records?: number;
  readonly target: number;
  readonly lossScale: number;
}

/**
 * One step of an optimiser on a chain as a program, in the reference's order of roundings (`reference/chains/chain-state.ts`,
 * `reference/optimiser-step.ts`). Registers: the weights, then the records. Whether a product has come to 1/2 is asked of one whose
 * exponent is kept apart, so that it neither overflows nor underflows; where the reference takes logarithms for that, it may
 * decide otherwise within 1e-13 of 1/2.
 */
export function chainProgram(steps: ChainSteps): Program {
  const { optimiser, depth, records = 0, target, lossScale } = steps;
  const code = assembler();
  const weights = code.registers(depth);
  code.registers(records);
  const isSign = optimiser.name === "sign-descent";
  const isEscape = steps.records === undefined;
  const gradient = code.registers(depth);
  const product = code.registers();
  const slope = code.registers();
  if (isEscape) putEscape(code, weights, depth);
  code.put("copy", product, code.constant(1));
  for (let layer = 0; layer < depth; layer++) {
    code.put("copy", gradient + layer, product);
    code.put("multiply", product, product, weights + layer);
  }
  if (!isEscape) code.put("record", product, product);
  code.put("last", product);
  code.put("subtract", slope, product, code.constant(target));
  code.put("multiply", slope, code.constant(lossScale), slope);
  if (isSign) putSigns(code, { weights, gradient, slope }, depth, isEscape);
  else putGradient(code, { weights, gradient, slope }, depth);
  putStep(code, optimiser, { weights, gradient }, steps);
  code.put("tick", product);
  return code.finish();
}

interface Places {
  readonly weights: Address;
  readonly gradient: Address;
  readonly slope: Address;
}

function putEscape(code: Assembler, weights: Address, depth: number): void {
  const scaled = code.registers();
  const exponent = code.registers();
  code.put("copy", scaled, code.constant(1));
  code.put("copy", exponent, code.constant(0));
  for (let layer = 0; layer < depth; layer++) {
    code.put("multiply", scaled, scaled, weights + layer);
    code.put("scale", scaled, scaled, exponent);
  }
  code.put("escape", scaled, scaled, exponent);
}

/** The prefixes are there; times the slope and what comes after each weight, from the last. */
function putGradient(code: Assembler, { weights, gradient, slope }: Places, depth: number): void {
  for (let layer = depth - 1; layer >= 0; layer--) {
    code.put("multiply", gradient + layer, gradient + layer, slope);
    code.put("multiply", slope, slope, weights + layer);
  }
}

/** The same of signs alone, exact at any depth; below 1/2 the slope's is known whatever the product underflows to. */
function putSigns(code: Assembler, { weights, gradient, slope }: Places, depth: number, isEscape: boolean): void {
  const sign = code.registers();
  if (isEscape) code.put("copy", slope, code.constant(-1));
  else code.put("sign", slope, slope);
  const prefix = code.of("copy", slope);
  code.put("copy", prefix, slope);
  for (let layer = 0; layer < depth; layer++) {
    code.put("copy", gradient + layer, prefix);
    code.put("sign", sign, weights + layer);
    code.put("multiply", prefix, prefix, sign);
  }
  code.put("copy", prefix, code.constant(1));
  for (let layer = depth - 1; layer >= 0; layer--) {
    code.put("multiply", gradient + layer, gradient + layer, prefix);
    code.put("sign", sign, weights + layer);
    code.put("multiply", prefix, prefix, sign);
  }
}

function putStep(
  code: Assembler,
  optimiser: Optimiser,
  { weights, gradient }: Omit<Places, "slope">,
  { depth, steps }: Pick<ChainSteps, "depth" | "steps">,
): void {
  const rate = code.constant(optimiser.rate);
  const change = code.registers();
  const each = (entry: (layer: number, g: Address) => void) => {
    for (let layer = 0; layer < depth; layer++) entry(layer, gradient + layer);
  };
  const move = (layer: number, by: Address, direction: Address) => {
    code.put("multiply", change, by, direction);
    code.put("subtract", weights + layer, weights + layer, change);
  };
  const moveOver = (layer: number, by: Address, direction: Address, denominator: Address) => {
    code.put("divide", change, direction, denominator);
    code.put("multiply", change, by, change);
    code.put("unlessZero", change, change, denominator);
    code.put("subtract", weights + layer, weights + layer, change);
  };
  const { name } = optimiser;
  switch (name) {
    case "gradient-descent":
    case "sign-descent":
      each((layer, g) => move(layer, rate, g));
      return;
    case "momentum": {
      const first = averages(code, depth, optimiser.momentum, 1);
      each((layer, g) => move(layer, rate, first(layer, g)));
      return;
    }
    case "normalised-descent": {
      const denominator = code.of("add", putNorm(code, gradient, depth), code.constant(optimiser.epsilon));
      each((layer, g) => moveOver(layer, rate, g, denominator));
      return;
    }
    case "clipped-descent": {
      const norm = putNorm(code, gradient, depth);
      const threshold = code.constant(optimiser.threshold);
      const scaled = code.of("divide", threshold, norm);
      code.put("multiply", scaled, rate, scaled);
      code.put("select", scaled, code.of("notAbove", norm, threshold), rate);
      each((layer, g) => move(layer, scaled, g));
      return;
    }
    case "rmsprop":
    case "adagrad": {
      const [decay, rest] = name === "adagrad" ? [1, 1] : [optimiser.decay, 1 - optimiser.decay];
      const second = averages(code, depth, decay, rest);
      const { denominator, square } = overRoot(code, optimiser.epsilon);
      each((layer, g) => {
        code.put("multiply", square, g, g);
        moveOver(layer, rate, g, denominator(second(layer, square)));
      });
      return;
    }
    case "adam": {
      const { beta1, beta2, epsilon } = optimiser;
      const scales = Array.from({ length: steps }, (_, step) => adamScales(optimiser, step + 1));
      const table = code.table(Float64Array.from(scales.flatMap((scale) => [scale.rate, scale.square])));
      const [by, factor] = [code.registers(), code.registers()];
      code.put("table", table, by, 0);
      code.put("table", table, factor, 1);
      const first = averages(code, depth, beta1, 1 - beta1);
      const second = averages(code, depth, beta2, 1 - beta2);
      const { denominator, square } = overRoot(code, epsilon);
      each((layer, g) => {
        const m = first(layer, g);
        code.put("multiply", square, g, g);
        code.put("multiply", square, second(layer, square), factor);
        moveOver(layer, by, m, denominator(square));
      });
      return;
    }
    default:
      refuseUnknown("an optimiser", optimiser);
  }
}

/** x = decay x + rest y for each weight; gives where x is. */
function averages(code: Assembler, depth: number, decay: number, rest: number) {
  const state = code.registers(depth);
  const part = code.registers();
  return (layer: number, y: Address): Address => {
    code.put("multiply", state + layer, code.constant(decay), state + layer);
    code.put("multiply", part, code.constant(rest), y);
    code.put("add", state + layer, state + layer, part);
    return state + layer;
  };
}

function overRoot(code: Assembler, epsilon: number) {
  const root = code.registers();
  return {
    square: code.registers(),
    denominator(square: Address): Address {
      code.put("root", root, square);
      code.put("add", root, root, code.constant(epsilon));
      return root;
    },
  };
}

/** As `euclideanNorm`: the root of the sum of squares, or relative to the largest where that sum is not to be trusted. */
function putNorm(code: Assembler, gradient: Address, depth: number): Address {
  const [sum, part, largest, isLarger] = [code.registers(), code.registers(), code.registers(), code.registers()];
  const sumOf = (entry: (layer: number) => void) => {
    code.put("copy", sum, code.constant(0));
    for (let layer = 0; layer < depth; layer++) {
      entry(layer);
      code.put("multiply", part, part, part);
      code.put("add", sum, sum, part);
    }
  };
  code.put("copy", largest, code.constant(0));
  for (let layer = 0; layer < depth; layer++) {
    code.put("size", part, gradient + layer);
    code.put("less", isLarger, largest, part);
    code.put("select", largest, isLarger, part);
  }
  sumOf((layer) => code.put("divide", part, gradient + layer, largest));
  const norm = code.of("root", sum);
  code.put("multiply", norm, largest, norm);
  code.put("unlessZero", norm, norm, largest);
  // infinite entries make the norm infinite
  code.put("select", norm, code.of("notAbove", code.constant(Number.POSITIVE_INFINITY), largest), largest);
  sumOf((layer) => code.put("copy", part, gradient + layer));
  const isTrusted = code.of("notAbove", code.constant(2 ** -900), sum);
  code.put("multiply", isTrusted, isTrusted, code.of("notAbove", sum, code.constant(2 ** 1020)));
  code.put("root", part, sum);
  code.put("select", norm, isTrusted, part);
  return norm;
}
