/**
 * Logarithm, exponential, hyperbolic tangent, sine and cosine from + - * / and the bits of a float64 only. `Math.log` and its kin may differ
 * between engines and versions by a rounding; these cannot, so that bytes are equal on every machine.
 */

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** Which of the two words holds sign and exponent depends on the machine's byte order. */
const HIGH = new Uint8Array(Int32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * Natural logarithm, within 1 ulp. 0 gives -Infinity; negative numbers and NaN give NaN.
 *
 * x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)); ln(1 + f) from the odd series in f / (2 + f), with the minimax
 * coefficients of Sun's fdlibm (https://www.netlib.org/fdlibm/e_log.c).
 */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) return logOfUnusual(x);
  double[0] = x;
  // The high word of sqrt(1/2) is 0x3fe6a09e: after the shift the exponent field changes at sqrt(1/2), not at 1.
  const shifted = words[HIGH]! + (0x3ff00000 - 0x3fe6a09e);
  const k = (shifted >>> 20) - 0x3ff;
  words[HIGH] = (shifted & 0x000fffff) + 0x3fe6a09e;
  const f = double[0]! - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (even + odd)) + k * LN2_LOW) - f);
}

function logOfUnusual(x: number): number {
  if (x === 0) return -Infinity;
  if (x > 0 && x < Infinity) return log(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW;
  return x > 0 ? Infinity : Number.NaN;
}

/** Above this the exponential exceeds the largest float64; below the other it is less than half the smallest. */
const EXP_OVERFLOW = 709.782712893384;
const EXP_UNDERFLOW = -745.1332191019412;

/**
 * Exponential, within 1 ulp (gradual underflow included). Overflows to Infinity above 709.78, underflows to 0 below
 * -745.13; NaN gives NaN.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2; exp(r) from Remes's rational form with the coefficients of Sun's fdlibm
 * (https://www.netlib.org/fdlibm/e_exp.c).
 */
export function exp(x: number): number {
  if (!(x <= EXP_OVERFLOW)) return x > 0 ? Infinity : Number.NaN;
  if (x < EXP_UNDERFLOW) return 0;
  const k = (x * Math.LOG2E + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const c =
    r -
    z *
      (0.16666666666666602 +
        z *
          (-0.0027777777777015593 +
            z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8))));
  return timesPowerOfTwo(1 + ((r * c) / (2 - c) - low + high), k);
}

/** y * 2^k for y in [1/2, 2) and -1075 <= k <= 1024, rounded once. */
function timesPowerOfTwo(y: number, k: number): number {
  // The power itself must be a normal number, so it is taken in two steps near the ends; the first step is exact.
  if (k < -1021) return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  return y * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  words[HIGH] = (k + 0x3ff) << 20;
  words[LOW] = 0;
  return double[0]!;
}

/** Added and taken away again, it rounds a small number to a whole one; the machine's rounding does it, without a branch. */
const ROUNDER = 1.5 * 2 ** 52;
/** From 2|x| = 38.2 the result rounds to 1; 2^k and e^(2|x|) are still far from overflow at 40. */
const TANH_SATURATES = 40;

/**
 * Hyperbolic tangent, within 2 ulp, odd; 1 or -1 beyond |x| = 19.1, subnormal numbers and -0 exactly themselves; NaN gives NaN.
 *
 * tanh |x| = t / (t + 2) with t = e^y - 1, y = 2|x| = k ln 2 + r, -ln 2 / 4 <= r <= 3 ln 2 / 4; e^r - 1 is a polynomial
 * (near-minimax: interpolated at Chebyshev nodes, relative error below 2^-57), t = 2^k (e^r - 1) + (2^k - 1). Where k = 0,
 * up to |x| = 0.26, the leading term |x|, which is exact, is taken out of the quotient. No branch depends on x, so that two
 * at a time give the same bytes.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  const y = 2 * size > TANH_SATURATES ? TANH_SATURATES : 2 * size;
  const k = y * Math.LOG2E - 0.25 + ROUNDER - ROUNDER;
  const r = y - k * LN2_HIGH - k * LN2_LOW;
  const power = powerOfTwo(k);
  const z = r * r;
  const w = z * z;
  const even =
    0.16666666666666666 +
    z * 0.008333333333331099 +
    w * (0.00019841269848916912 + z * 2.7557375118933076e-6 + w * 2.4863512907150836e-8);
  const odd =
    0.04166666666666641 +
    z * 0.001388888888940246 +
    w * (2.4801584513629276e-5 + z * 2.7561140239854295e-7 + w * 2.3897994657333198e-9);
  const tail = 0.5 * z + r * z * (even + r * odd);
  const p = r + tail;
  const scaled = p * power;
  const leading = k === 0 ? size : 0;
  const numerator = k === 0 ? tail - size * p : scaled + (power - 1);
  const result = leading + numerator / (scaled + (power + 1));
  return x < 0 ? -result : x === 0 ? x : result;
}

/** 2 pi in two parts; the second is the rounding error of the first. */
const TWO_PI_HIGH = 6.283185307179586;
const TWO_PI_LOW = 2.4492935982947064e-16;

/**
 * Writes cos(2 pi u) to out[at] and sin(2 pi u) to out[at + 1], each within 2 ulp, for u in [0, 1]. Allocates nothing.
 *
 * u = q / 4 + t with |t| <= 1/8, which is exact; both are polynomials in t (near-minimax: interpolated at Chebyshev
 * nodes in t^2, relative error below 2^-57), and the quarter turn q only places and signs them, without a branch.
 */
export function cosSinTwoPi(u: number, out: Float64Array, at: number): void {
  const q = (4 * u + 0.5) | 0;
  const t = u - 0.25 * q;
  const z = t * t;
  const sine =
    t * TWO_PI_HIGH +
    t *
      (TWO_PI_LOW +
        z *
          (-41.34170224039976 +
            z *
              (81.60524927607504 +
                z *
                  (-76.70585975304292 +
                    z *
                      (42.0586939378057 +
                        z * (-15.094641279579799 + z * (3.8198307439800163 + z * -0.7124440626783193)))))));
  const cosine =
    1 -
    z *
      (19.739208802178716 -
        z *
          (64.9393940226683 +
            z *
              (-85.45681720668455 +
                z *
                  (60.24464136502278 +
                    z * (-26.426254911246687 + z * (7.903305164742355 + z * -1.7012215232036352))))));
  const turned = q & 1;
  out[at + turned] = (1 - (q & 2)) * cosine;
  out[at + 1 - turned] = (1 - ((q + 1) & 2)) * sine;
}
