import type { Address, Assembler } from "../machine/assembler.ts";
import { horner, logarithmOfNormal } from "../machine/elementary-program.ts";

/**
 * Writes the pair of standard normals of block `blocksAStep` floor(s / 2) + `block` of the thread's stream, by the same operations in the same
 * order as `numerics/random.ts` and `numerics/elementary.ts`: their bytes. Gives where they are, one behind the other.
 */
export function gaussianPair(code: Assembler): (blocksATwoSteps: number, block: number) => Address {
  const uniforms = code.registers(2);
  const pair = code.registers(2);
  const logarithm = logarithmOfNormal(code);
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
