import { arithmetic } from "./arithmetic.ts";
import type { Address, Assembler } from "./assembler.ts";

/** ln 2 in two parts, as in `numerics/elementary.ts`. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LEAST_NORMAL = 2.2250738585072014e-308;

/** c0 + x (c1 + x (...)) in `out`. */
export function horner(code: Assembler, out: Address, x: Address, coefficients: readonly number[]): void {
  code.put("copy", out, code.constant(coefficients.at(-1)!));
  for (const coefficient of coefficients.slice(0, -1).reverse()) {
    code.put("multiply", out, x, out);
    code.put("add", out, code.constant(coefficient), out);
  }
}

/** `log` of `numerics/elementary.ts`, its bytes, of numbers from 2^-1022 to 2^1024. The result is overwritten by the next. */
export function logarithmOfNormal(code: Assembler): (x: Address) => Address {
  const f = code.registers(2);
  const k = f + 1;
  const [s, z, w, even, odd, half, out] = Array.from({ length: 7 }, () => code.registers()) as [
    ...[Address, Address, Address, Address, Address, Address, Address],
  ];
  return (x) => {
    code.put("split", f, x);
    code.put("subtract", f, f, code.constant(1));
    code.put("add", s, code.constant(2), f);
    code.put("divide", s, f, s);
    code.put("multiply", z, s, s);
    code.put("multiply", w, z, z);
    horner(code, even, w, [0.3999999999940942, 0.22222198432149784, 0.15313837699209373]);
    code.put("multiply", even, w, even);
    horner(code, odd, w, [0.6666666666666735, 0.2857142874366239, 0.1818357216161805, 0.14798198605116586]);
    code.put("multiply", odd, z, odd);
    code.put("multiply", half, code.constant(0.5), f);
    code.put("multiply", half, half, f);
    // k LN2_HIGH - (half - (s (half + (even + odd)) + k LN2_LOW) - f)
    code.put("add", even, even, odd);
    code.put("add", even, half, even);
    code.put("multiply", even, s, even);
    code.put("multiply", odd, k, code.constant(LN2_LOW));
    code.put("add", even, even, odd);
    code.put("subtract", half, half, even);
    code.put("subtract", half, half, f);
    code.put("multiply", out, k, code.constant(LN2_HIGH));
    code.put("subtract", out, out, half);
    return out;
  };
}

/** `log` of any number. */
export function logarithm(code: Assembler): (x: Address) => Address {
  const { number, both, equal, less, minus, notAbove, select, times, not } = arithmetic(code);
  const ofNormal = logarithmOfNormal(code);
  return (x) => {
    const isTiny = both(less(number(0), x), less(x, number(LEAST_NORMAL)));
    const logged = ofNormal(select(x, isTiny, times(x, number(2 ** 54))));
    const ofTiny = minus(minus(logged, number(54 * LN2_HIGH)), number(54 * LN2_LOW));
    const ofFinite = select(logged, isTiny, ofTiny);
    const ofPositive = select(ofFinite, equal(x, number(Infinity)), x);
    const ofNumber = select(ofPositive, equal(x, number(0)), number(-Infinity));
    return select(ofNumber, not(notAbove(number(0), x)), number(Number.NaN));
  };
}

/** `exp` of `numerics/elementary.ts`, its bytes, of any number. */
export function exponential(code: Assembler): (x: Address) => Address {
  const { number, less, minus, notAbove, over, plus, select, times, not } = arithmetic(code);
  return (x) => {
    const half = select(number(0.5), less(x, number(0)), number(-0.5));
    const k = code.of("whole", plus(times(x, number(Math.LOG2E)), half));
    const high = minus(x, times(k, number(LN2_HIGH)));
    const low = times(k, number(LN2_LOW));
    const r = minus(high, low);
    const z = times(r, r);
    const series = code.registers();
    horner(code, series, z, EXPONENTIAL);
    const c = minus(r, times(z, series));
    const tail = plus(minus(over(times(r, c), minus(number(2), c)), low), high);
    const y = plus(number(1), tail);
    // 2^k in two steps near the ends, where it is no normal number
    const isLow = less(k, number(-1021));
    const isHigh = less(number(1023), k);
    const power = select(select(k, isLow, plus(k, number(1000))), isHigh, minus(k, number(1)));
    const scaled = times(select(y, isHigh, times(y, number(2))), code.of("power", power));
    const within = select(scaled, isLow, times(scaled, number(9.332636185032189e-302)));
    const ofSmall = select(within, less(x, number(-745.1332191019412)), number(0));
    const isBeyond = not(notAbove(x, number(709.782712893384)));
    const beyond = select(number(Number.NaN), less(number(0), x), number(Infinity));
    return select(ofSmall, isBeyond, beyond);
  };
}

const EXPONENTIAL = [
  0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8,
];
