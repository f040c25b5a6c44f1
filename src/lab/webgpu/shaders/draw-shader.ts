import type { Initialisation } from "../../networks/network.ts";
import { horner } from "./horner.ts";
import { threefryShader } from "./threefry-shader.ts";

/** Laws of weights that this engine draws. */
export type DrawnLaw = Extract<Initialisation["law"], "gaussian" | "uniform" | "rademacher">;

/** `uploaded`: drawn on the host, one network behind another. */
export type WeightSource = DrawnLaw | "uploaded";

/** `drawShader` for either; uploaded draws are at `binding`, those of the thread's network from `uploadedAt` on. */
export function sourceShader(source: WeightSource, binding: number): string {
  if (source !== "uploaded") return drawShader(source);
  return `${threefryShader}
@group(0) @binding(${binding}) var<storage, read> uploaded: array<f32>;
var<private> uploadedAt: u32;

fn drawPair(pair: u32) -> vec2<f32> {
  return vec2<f32>(uploaded[uploadedAt + 2u * pair], uploaded[uploadedAt + 2u * pair + 1u]);
}
${DRAWS_AT}`;
}

/**
 * `fn drawPair(pair: u32) -> vec2<f32>`: draws 2 pair and 2 pair + 1 of a stream of standard draws of the law (Gaussian of variance
 * 1, uniform on (-1, 1), signs), and `fn drawsAt(index: u32) -> vec2<f32>`: draws index and index + 1. They are functions of the
 * same 128 random bits as the float64 ones of `numerics/random.ts`.
 *
 * Uniforms are those of the CPU rounded to float32 once, by integers alone, signs are exact. For a Gaussian the relative error is
 * at most `GAUSSIAN_ERROR` units of 2^-23.
 */
export function drawShader(law: DrawnLaw): string {
  return threefryShader + ROUNDING + LAWS[law] + DRAWS_AT;
}

/**
 * Bound on |float32 normal / float64 normal - 1|, in units of e = 2^-23. WGSL allows + - * either neighbour of the exact result (1
 * unit), sqrt the error of 1 / inverseSqrt (2 and 2.5 units; 5 with their product), and any order or fusion that is no worse.
 *
 * ln(1 + f), |f| < 0.42: the polynomial 0.03, the last sum 1, and -f^2 / 2 + f^3 P, at most 0.25 of the result, 5: 2.3.
 * ln u = k ln 2 + ln(1 + f) with u rounded to nearest (1/2) and |ln u| >= 0.346, so that the rounding is 1.5 of it; k times the upper part
 * of ln 2 is exact, k times the lower 0.1, two sums 2: 6. Above u = 0.7071 it is ln(1 - v), v rounded (0.6): 3.
 * The radius: half of 6, and 5 for the root: 8.
 * cos and sin of 2 pi t, |t| <= 1/8: t rounded 0.5, the polynomials 0.3, the last product and sum 2 (sine) or the last sum 1 and terms
 * of at most 0.44 of the result with 4 roundings (cosine): 3.5. Their product with the radius 1. In all 12.5.
 */
export const GAUSSIAN_ERROR = 13;

/** Integer words in, float32 out; only integer arithmetic decides a rounding, since WGSL leaves a conversion's direction open. */
const ROUNDING = `
struct Rounded { significand: f32, zeros: u32 }

// Nearest float32 of the 53-bit integer high * 2^21 + low (not 0): value * 2^-53 is significand * 2^-zeros, significand in [1/2, 1].
fn nearest(high: u32, low: u32) -> Rounded {
  var upper = high;
  var lower = low << 11u;
  var zeros = 0u;
  if (upper == 0u) { upper = lower; lower = 0u; zeros = 32u; }
  let shift = countLeadingZeros(upper);
  if (shift > 0u) { upper = (upper << shift) | (lower >> (32u - shift)); lower = lower << shift; }
  let rest = upper & 0xffu;
  let kept = upper >> 8u;
  let up = rest > 0x80u || (rest == 0x80u && (lower != 0u || (kept & 1u) == 1u));
  return Rounded(f32(kept + select(0u, 1u, up)) * ${2 ** -24}, zeros + shift);
}

fn powerOfTwo(exponent: i32) -> f32 {
  return bitcast<f32>(u32(exponent + 127) << 23u);
}

// 2k + 1 of the 52 bits k: its upper 32 bits are the first word, its lower 21 these.
fn lowBits(word: u32) -> u32 {
  return ((word >> 12u) << 1u) | 1u;
}
const LOW_RANGE = 2097152u;
`;

/** P of ln(1 + f) = f - f^2 / 2 + f^3 P(f), |f| < 0.42. */
export const LOG_POLYNOMIAL = [
  0.3333333134651184, -0.2499999701976776, 0.20000715553760529, -0.1666780263185501, 0.14249058067798615,
  -0.12425687164068222, 0.11685419827699661, -0.11479733884334564, 0.06971611827611923,
];

const GAUSSIAN = `
fn logUniform(first: u32, second: u32) -> f32 {
  let low = lowBits(second);
  var f: f32;
  var k = 0.0;
  if (first > 0xb504f333u) {
    let rest = nearest(~first, LOW_RANGE - low);
    f = -rest.significand * powerOfTwo(-i32(rest.zeros));
  } else {
    let rounded = nearest(first, low);
    var y = rounded.significand;
    k = -f32(rounded.zeros);
    if (y < 0.70710677) { y = y * 2.0; k = k - 1.0; }
    f = y - 1.0;
  }
  let p = ${horner("f", LOG_POLYNOMIAL)};
  let tail = f * f * (f * p - 0.5);
  return k * 0.693145751953125 + (k * 1.428606765330187e-6 + (f + tail));
}

// (cos, sin) of 2 pi u.
fn cosSin(first: u32, second: u32) -> vec2<f32> {
  let low = lowBits(second);
  let quarter = ((first >> 29u) + 1u) >> 1u;
  let difference = first - (quarter << 30u);
  let isNegative = (difference >> 31u) == 1u;
  let rounded = nearest(select(difference, ~difference, isNegative), select(low, LOW_RANGE - low, isNegative));
  let size = rounded.significand * powerOfTwo(-i32(rounded.zeros));
  let t = select(size, -size, isNegative);
  let z = t * t;
  let sine = t * ${horner("z", [6.2831854820251465, -41.3416633605957, 81.59254455566406, -75.401611328125])};
  let cosine = ${horner("z", [1, -19.739208221435547, 64.93931579589844, -85.4428482055664, 59.22016906738281])};
  let isTurned = (quarter & 1u) == 1u;
  let x = select(cosine, sine, isTurned);
  let y = select(sine, cosine, isTurned);
  return vec2<f32>(select(x, -x, ((quarter + 1u) & 2u) == 2u), select(y, -y, (quarter & 2u) == 2u));
}

fn gaussianPair(words: vec4<u32>) -> vec2<f32> {
  return sqrt(-2.0 * logUniform(words.x, words.y)) * cosSin(words.z, words.w);
}

fn drawPair(pair: u32) -> vec2<f32> {
  return gaussianPair(streamBlock(pair));
}
`;

const UNIFORM = `
// 2u - 1.
fn centred(first: u32, second: u32) -> f32 {
  let low = lowBits(second);
  let isNegative = first < 0x80000000u;
  let high = select(first - 0x80000000u, 0x7fffffffu - first, isNegative);
  let rounded = nearest(high, select(low, LOW_RANGE - low, isNegative));
  let size = rounded.significand * powerOfTwo(1 - i32(rounded.zeros));
  return select(size, -size, isNegative);
}

fn drawPair(pair: u32) -> vec2<f32> {
  let words = streamBlock(pair);
  return vec2<f32>(centred(words.x, words.y), centred(words.z, words.w));
}
`;

const RADEMACHER = `
var<private> signBlock: u32 = 0xffffffffu;
var<private> signs: vec4<u32>;

fn drawPair(pair: u32) -> vec2<f32> {
  if ((pair >> 6u) != signBlock) {
    signBlock = pair >> 6u;
    signs = streamBlock(signBlock);
  }
  let bits = signs[(pair >> 4u) & 3u] >> ((2u * pair) & 31u);
  return vec2<f32>(1.0 - 2.0 * f32(bits & 1u), 1.0 - 2.0 * f32((bits >> 1u) & 1u));
}
`;

const DRAWS_AT = `
fn drawsAt(index: u32) -> vec2<f32> {
  let pair = drawPair(index >> 1u);
  if ((index & 1u) == 0u) { return pair; }
  return vec2<f32>(pair.y, drawPair((index >> 1u) + 1u).x);
}
`;

const LAWS: Readonly<Record<DrawnLaw, string>> = { gaussian: GAUSSIAN, uniform: UNIFORM, rademacher: RADEMACHER };
