import { float64Products } from "../shaders/float64-products.ts";
import { threefryShader } from "../shaders/threefry-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/**
 * A machine of float64 instructions (see `float64Products`): a thread has registers of 64 bits and runs one program, again from its
 * beginning where it comes to its end, until an instruction ends it. One shader for all programs, in which each operation stands
 * once: drivers put every call of a function into its place, and some take a minute for what then is hundreds of pages. Interpreting
 * costs little beside an operation.
 *
 * An instruction is (operation, out, a, b); out, a and b are registers, or shared numbers where `SHARED` is added. `s` is the number of
 * steps that a thread has done.
 */
export const OPERATIONS = [
  /** a b */
  "multiply",
  /** a + b, a - b */
  "add",
  "subtract",
  /** a / b */
  "divide",
  /** root of a */
  "root",
  "copy",
  /** sign of a: 1, -1 or 0; of NaN 0 */
  "sign",
  /** 1 where a < b, or a <= b, else 0 */
  "less",
  "notAbove",
  /** a, but 0 where b is 0 */
  "unlessZero",
  /** b where a is not 0, else what is there */
  "select",
  /** |a| */
  "size",
  /** a with the exponent of 1; its own is added to the whole number in register b. 0 and NaN stay. */
  "scale",
  /** the shared number at out + 2 s + b, b a plain number, a the register that takes it */
  "table",
  /** 1 + f of a = 2^k (1 + f), f from -0.293 to 0.414, and in the next register k */
  "split",
  /** a without what is behind its point, for a between -2^20 and 2^20 */
  "whole",
  /** 2^a of a whole a from -1022 to 1023 */
  "power",
  /** 1 where a < b or a > the number behind b, else 0 */
  "outside",
  /** of a number of registers, the first of which is a (or out), the one that the whole number in b counts: into out (or from a) */
  "load",
  "store",
  /** goes on at the instruction numbered out where a is not 0, or where it is 0 */
  "jump",
  "unless",
  /** of q, a cosine and a sine in registers a, a + 1, a + 2, those of a quarter turn more q times: into out and out + 1 */
  "turn",
  /** two uniforms on (0, 1) of the stream's block out + a floor(s / 2) + b, a and b plain numbers: into out and the next */
  "uniforms",
  /** s + 1 for s */
  "tick",
  /** puts a among the records, where `every` divides s */
  "record",
  /** ends the thread where s is `last` */
  "last",
  /** ends the thread where a is at least b */
  "exit",
  /** ends the thread where a, scaled by the whole number in b, is at least 1/2 */
  "escape",
] as const;
export type OperationName = (typeof OPERATIONS)[number];

export const SHARED = 0x80000000;

const numberOf = (name: OperationName) => `${OPERATIONS.indexOf(name)}u`;

export const machineShader = `${float64Products}${threefryShader}
struct Parameters {
  key: vec4<u32>, replicate: u32, lane: u32, count: u32, length: u32,
  instructions: u32, last: u32, every: u32, records: u32, shared_: u32,
}
struct Progress { step: u32, status: u32, at: u32 }
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> program: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> progress: array<Progress>;
const ONE64 = vec2<u32>(0u, 0x3ff00000u);
const ZERO64 = vec2<u32>(0u, 0u);
var<private> thread: u32;

fn slotOf(address: u32) -> u32 {
  return select(address * p.count + thread, p.shared_ + (address & 0x7fffffffu), address >= 0x80000000u);
}

// (2 k + 1) 2^-53 of the 52 bits k.
fn uniform64(high: u32, low: u32) -> vec2<u32> {
  let odd = vec2<u32>((high << 21u) | ((low >> 12u) << 1u) | 1u, high >> 11u);
  let zeros = leadingZeros(odd) - 11u;
  let significand = shiftedLeft(odd, zeros);
  return vec2<u32>(significand.x, (significand.y & 0xfffffu) | ((1022u - zeros) << 20u));
}

// A whole number between -2^31 and 2^31.
fn whole64(value: i32) -> vec2<u32> {
  if (value == 0i) { return ZERO64; }
  let size = u32(abs(value));
  let zeros = countLeadingZeros(size);
  let leading = size << zeros;
  let fraction = (leading << 1u) >> 12u;
  let below = leading << 21u;
  return vec2<u32>(below, select(0u, SIGN64, value < 0i) | ((1023u + 31u - zeros) << 20u) | fraction);
}

// Of a size below 2^20.
fn wholeOf(a: vec2<u32>) -> i32 {
  let exponent = (a.y >> 20u) & 0x7ffu;
  if (exponent < 1023u) { return 0i; }
  let size = i32((HIDDEN64 | (a.y & 0xfffffu)) >> (1043u - exponent));
  return select(size, -size, (a.y & SIGN64) != 0u);
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  thread = id.x;
  if (thread >= p.count) { return; }
  streamKey = p.key;
  streamReplicate = p.replicate + thread;
  streamLane = p.lane;
  var step = progress[thread].step;
  var status = progress[thread].status;
  var at = progress[thread].at;
  for (var done = 0u; done < p.instructions && status == 0u; done++) {
    let instruction = program[at];
    at = select(at + 1u, 0u, at + 1u == p.length);
    let operation = instruction.x;
    if (operation == ${numberOf("uniforms")}) {
      let words = streamBlock(instruction.z * (step / 2u) + instruction.w);
      numbers[slotOf(instruction.y)] = uniform64(words.x, words.y);
      numbers[slotOf(instruction.y + 1u)] = uniform64(words.z, words.w);
      continue;
    }
    if (operation == ${numberOf("table")}) {
      numbers[slotOf(instruction.z)] = numbers[slotOf(instruction.y + 2u * step + instruction.w)];
      continue;
    }
    let a = numbers[slotOf(instruction.z)];
    let b = numbers[slotOf(instruction.w)];
    if (operation == ${numberOf("jump")} || operation == ${numberOf("unless")}) {
      if (isZero64(a) == (operation == ${numberOf("unless")})) { at = instruction.y; }
      continue;
    }
    let out = slotOf(instruction.y);
    if (operation == ${numberOf("multiply")}) {
      numbers[out] = multiply64(a, b);
    } else if (operation == ${numberOf("add")} || operation == ${numberOf("subtract")}) {
      numbers[out] = add64(a, vec2<u32>(b.x, b.y ^ select(0u, SIGN64, operation == ${numberOf("subtract")})));
    } else if (operation == ${numberOf("divide")}) {
      numbers[out] = divide64(a, b);
    } else if (operation == ${numberOf("root")}) {
      numbers[out] = root64(a);
    } else if (operation == ${numberOf("copy")}) {
      numbers[out] = a;
    } else if (operation == ${numberOf("sign")}) {
      numbers[out] = select(vec2<u32>(0u, (a.y & SIGN64) | 0x3ff00000u), ZERO64, isZero64(a) || isNan64(a));
    } else if (operation == ${numberOf("less")} || operation == ${numberOf("notAbove")} || operation == ${numberOf("exit")}) {
      let isNumber = !isNan64(a) && !isNan64(b);
      // a < b for the first, not b < a for the second, not a < b for the third
      let isSwapped = operation == ${numberOf("notAbove")};
      let isBelow_ = isLess64(select(a, b, isSwapped), select(b, a, isSwapped));
      let holds = isNumber && (isBelow_ == (operation == ${numberOf("less")}));
      if (operation == ${numberOf("exit")}) { status = select(0u, 1u, holds); } else { numbers[out] = select(ZERO64, ONE64, holds); }
    } else if (operation == ${numberOf("unlessZero")}) {
      numbers[out] = select(a, ZERO64, isZero64(b));
    } else if (operation == ${numberOf("select")}) {
      if (!isZero64(a)) { numbers[out] = b; }
    } else if (operation == ${numberOf("size")}) {
      numbers[out] = size64(a);
    } else if (operation == ${numberOf("scale")}) {
      var by = 0i;
      var scaled = a;
      if (!isZero64(a) && !isNan64(a)) {
        let short = leadingZeros(significandOf(a)) - 11u;
        by = exponentOf(a) - i32(short) - 1023;
        let significand = shiftedLeft(significandOf(a), short);
        let isInfinite = (a.y & INFINITY64) == INFINITY64;
        scaled = vec2<u32>(significand.x, (a.y & SIGN64) | 0x3ff00000u | select(significand.y & 0xfffffu, 0u, isInfinite));
      }
      numbers[out] = scaled;
      numbers[slotOf(instruction.w)].x = b.x + u32(by);
    } else if (operation == ${numberOf("split")}) {
      // the field changes at the root of 1/2, not at 1
      let shifted = a.y + (0x3ff00000u - 0x3fe6a09eu);
      numbers[out] = vec2<u32>(a.x, (shifted & 0xfffffu) + 0x3fe6a09eu);
      numbers[slotOf(instruction.y + 1u)] = whole64(i32(shifted >> 20u) - 1023);
    } else if (operation == ${numberOf("whole")}) {
      numbers[out] = whole64(wholeOf(a));
    } else if (operation == ${numberOf("power")}) {
      numbers[out] = vec2<u32>(0u, u32(wholeOf(a) + 1023) << 20u);
    } else if (operation == ${numberOf("outside")}) {
      let upper = numbers[slotOf(instruction.w + 1u)];
      let isOutside = isLess64(a, b) || isLess64(upper, a);
      numbers[out] = select(ZERO64, ONE64, isOutside && !isNan64(a));
    } else if (operation == ${numberOf("load")}) {
      numbers[out] = numbers[slotOf(instruction.z + u32(wholeOf(b)))];
    } else if (operation == ${numberOf("store")}) {
      numbers[slotOf(instruction.y + u32(wholeOf(b)))] = a;
    } else if (operation == ${numberOf("turn")}) {
      let quarters = u32(wholeOf(a));
      let cosine = numbers[slotOf(instruction.z + 1u)];
      let sine = numbers[slotOf(instruction.z + 2u)];
      let turned = quarters & 1u;
      numbers[slotOf(instruction.y + turned)] = vec2<u32>(cosine.x, cosine.y ^ select(0u, SIGN64, (quarters & 2u) == 2u));
      numbers[slotOf(instruction.y + 1u - turned)] = vec2<u32>(sine.x, sine.y ^ select(0u, SIGN64, ((quarters + 1u) & 2u) == 2u));
    } else if (operation == ${numberOf("tick")}) {
      step++;
    } else if (operation == ${numberOf("record")}) {
      if (step % p.every == 0u) { numbers[slotOf(p.records + step / p.every)] = a; }
    } else if (operation == ${numberOf("last")}) {
      if (step == p.last) { status = 2u; }
    } else if (operation == ${numberOf("escape")}) {
      if (!isZero64(a) && !isNan64(a) && (a.y & SIGN64) == 0u && i32(b.x) >= -1i) { status = 1u; }
    }
  }
  progress[thread] = Progress(step, status, at);
}
`;
