import type { Address, Assembler } from "../machine/assembler.ts";

/**
 * Writes the pair of standard normals of block `blocksAStep` floor(s / 2) + `block` of the thread's stream, by the same operations in the same
 * order as `numerics/random.ts` and `numerics/elementary.ts`: their bytes. Gives where they are, one behind the other.
 */
export function gaussianPair(code: Assembler): (blocksATwoSteps: number, block: number) => Address {
  const uniforms = code.registers(2);
  const pair = code.registers(2);
  const logarithm = logarithmOf(code);
  const turned = cosSinTwoPi(code);
  return (blocksATwoSteps, block) => {
    code.put("uniforms", uniforms, blocksATwoSteps, block);
    const radius = logarithm(uniforms);
    code.put("multiply", radius, code.constant(-2), radius);
    code.put("root", radius, radius);
    turned(uniforms + 1, pair);
    code.put("multiply", pair, radius, pair);
    code.put("multiply", pair + 1, radius, pair + 1);
    return pair;
  };
}

/** c0 + x (c1 + x (...)) in `out`. */
function horner(code: Assembler, out: Address, x: Address, coefficients: readonly number[]): void {
  code.put("copy", out, code.constant(coefficients.at(-1)!));
  for (const coefficient of coefficients.slice(0, -1).reverse()) {
    code.put("multiply", out, x, out);
    code.put("add", out, code.constant(coefficient), out);
  }
}

/** `log` of numbers from 2^-1022 to 1. */
function logarithmOf(code: Assembler): (x: Address) => Address {
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
    code.put("multiply", odd, k, code.constant(1.9082149292705877e-10));
    code.put("add", even, even, odd);
    code.put("subtract", half, half, even);
    code.put("subtract", half, half, f);
    code.put("multiply", out, k, code.constant(0.6931471803691238));
    code.put("subtract", out, out, half);
    return out;
  };
}

/** `cosSinTwoPi`. */
function cosSinTwoPi(code: Assembler): (u: Address, out: Address) => void {
  // what the instruction `turn` takes: quarters, cosine, sine
  const quarters = code.registers(3);
  const [cosine, sine] = [quarters + 1, quarters + 2];
  const [t, z, part] = [code.registers(), code.registers(), code.registers()];
  return (u, out) => {
    code.put("multiply", t, code.constant(4), u);
    code.put("add", t, t, code.constant(0.5));
    code.put("whole", quarters, t);
    code.put("multiply", t, code.constant(0.25), quarters);
    code.put("subtract", t, u, t);
    code.put("multiply", z, t, t);
    horner(code, part, z, [
      ...[2.4492935982947064e-16, -41.34170224039976, 81.60524927607504, -76.70585975304292],
      ...[42.0586939378057, -15.094641279579799, 3.8198307439800163, -0.7124440626783193],
    ]);
    code.put("multiply", part, t, part);
    code.put("multiply", sine, t, code.constant(6.283185307179586));
    code.put("add", sine, sine, part);
    // 1 - z (c0 - z (c1 - ...)), each inner sum as c + z (-...): a negated product rounds as the product
    horner(code, part, z, [
      ...[-19.739208802178716, 64.9393940226683, -85.45681720668455, 60.24464136502278],
      ...[-26.426254911246687, 7.903305164742355, -1.7012215232036352],
    ]);
    code.put("multiply", part, z, part);
    code.put("add", cosine, code.constant(1), part);
    code.put("turn", out, quarters);
  };
}
