import { fillHaar } from "./haar";
import { scale } from "../propagation/log-domain";
import { fillGaussian, fillRademacher, fillUniform } from "./random";

/** Laws of weights, in the numbers that src/lab/wasm/network-plan.ts gives them. */
export const GAUSSIAN: i32 = 0;
export const UNIFORM: i32 = 1;
export const RADEMACHER: i32 = 2;
export const ORTHOGONAL: i32 = 3;
export const CAUCHY: i32 = 4;
export const STUDENT_2: i32 = 5;

/**
 * Fresh weights of one layer (src/lab/draws/weights.ts), `fanOut` rows of `fanIn`, drawn from uniform `position` of lane 0 of
 * the replicate's stream on; gives the position after them.
 */
export function fillWeights(
  law: i32,
  factor: f64,
  position: u64,
  replicate: i32,
  key: usize,
  out: usize,
  fanIn: i32,
  fanOut: i32,
): u64 {
  const count = fanIn * fanOut;
  const after = fillStandard(law, position, replicate, key, out, fanIn, count);
  scale(out, count, factor);
  return after;
}

/** The position of the stream after `count` weights of a law that takes as many draws for each. */
export function positionAfter(law: i32, position: u64, count: i32): u64 {
  if (law == UNIFORM) return position + count;
  const values: u64 = law == RADEMACHER ? 128 : 2;
  return 2 * (nextBlock(position) + (<u64>count + values - 1) / values);
}

/** The first block of which nothing has been drawn. */
export function nextBlock(position: u64): u64 {
  return (position + 1) >> 1;
}

function fillStandard(law: i32, position: u64, replicate: i32, key: usize, out: usize, fanIn: i32, count: i32): u64 {
  if (law == ORTHOGONAL) return fillHaar(nextBlock(position), replicate, key, out, fanIn);
  if (law >= CAUCHY) return fillStudent(law == CAUCHY ? 1 : 2, position, replicate, key, out, count);
  const block = <f64>nextBlock(position);
  if (law == GAUSSIAN) fillGaussian(block, replicate, 0, key, out, count);
  else if (law == RADEMACHER) fillRademacher(block, replicate, 0, key, out, count);
  else {
    fillUniform(<f64>position, replicate, 0, key, out, count);
    centre(out, count);
  }
  return positionAfter(law, position, count);
}

/** Uniforms on (0, 1) to uniforms on (-1, 1). */
function centre(out: usize, count: i32): void {
  const end = out + 8 * <usize>count;
  for (let at = out; at < end; at += 8) store<f64>(at, 2 * load<f64>(at) - 1);
}

/** Pairs of uniforms that are drawn at a time. */
const PAIRS: i32 = 256;
const UNIFORMS = memory.data(4096, 16);

/** Student's t with one or two degrees of freedom by the polar method. */
function fillStudent(freedom: i32, position: u64, replicate: i32, key: usize, out: usize, count: i32): u64 {
  let used: u64 = position;
  let pair = PAIRS;
  for (let index = 0; index < count; pair++) {
    if (pair == PAIRS) {
      fillUniform(<f64>used, replicate, 0, key, UNIFORMS, 2 * PAIRS);
      pair = 0;
    }
    used += 2;
    const u = 2 * load<f64>(UNIFORMS + 16 * pair) - 1;
    const v = 2 * load<f64>(UNIFORMS + 16 * pair, 8) - 1;
    const w = u * u + v * v;
    if (w >= 1) continue;
    const excess = freedom == 1 ? 1 / (w * w) - 1 : 2 * (1 / w - 1);
    store<f64>(out + 8 * index++, u * Math.sqrt(excess / w));
  }
  return used;
}
