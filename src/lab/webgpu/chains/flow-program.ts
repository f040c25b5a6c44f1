import { LOG_TARGET, PANEL_TOLERANCE, RELATIVE_ERROR } from "../../reference/chains/chain-gradient-flow.ts";
import { type Arithmetic, arithmetic } from "../machine/arithmetic.ts";
import { type Address, type Assembler, assembler, type Program } from "../machine/assembler.ts";
import { forEach, loop, when } from "../machine/control.ts";
import { exponential, logarithm } from "../machine/elementary-program.ts";
import { quadrature } from "./quadrature-program.ts";

/**
 * `logGradientFlowEscape` of `reference/chains/chain-gradient-flow.ts` as a program, in its order of roundings. Registers: the weights, then
 * the time in the log domain, which is NaN where the reference refuses the chain.
 */
export function flowProgram(depth: number): Program {
  const code = assembler();
  const weights = code.registers(depth);
  const result = code.registers();
  const { number, set, less, both, equal, notAbove, times } = arithmetic(code);
  const finish = (value: Address) => {
    set(result, value);
    code.put("last", result);
  };
  const flow = flowOf(code, weights, depth);
  when(code, less(number(0), flow.sign), () => {
    const product = logAbsoluteProduct(code, weights, depth);
    when(code, notAbove(number(LOG_TARGET), product), () => finish(number(Number.NEGATIVE_INFINITY)));
  });
  const start = times(flow.sign, flow.smallest);
  when(code, both(equal(flow.gap, number(0)), notAbove(start, number(0))), () =>
    finish(number(Number.POSITIVE_INFINITY)),
  );
  const others = logOthers(code, flow.offsets, depth - 1);
  const escaped = escapePoint(code, others, flow.offsets, depth - 1);
  when(code, notAbove(escaped, number(1e-300)), () => finish(number(Number.NaN)));
  finish(logTravelTime(code, { others, start, gap: flow.gap, end: escaped }));
  return code.finish();
}

interface Flow {
  readonly smallest: Address;
  readonly sign: Address;
  /** `depth` registers, of which the last is none. */
  readonly offsets: Address;
  readonly gap: Address;
}

function flowOf(code: Assembler, weights: Address, depth: number): Flow {
  const { number, set, less, minus, plus, root, signOf, size, times, setEntry, select } = arithmetic(code);
  const least = code.of("copy", number(0));
  const smallest = code.of("size", weights);
  let sign = signOf(weights);
  for (let layer = 1; layer < depth; layer++) {
    const isLess = less(size(weights + layer), smallest);
    code.put("select", least, isLess, number(layer));
    code.put("select", smallest, isLess, size(weights + layer));
    sign = times(sign, signOf(weights + layer));
  }
  // the smallest weight's entry is overwritten by the next one's
  const offsets = code.registers(depth);
  const other = code.of("copy", number(0));
  const nearest = code.of("copy", number(depth === 1 ? 1 : Number.POSITIVE_INFINITY));
  for (let layer = 0; layer < depth; layer++) {
    const isOther = plus(less(number(layer), least), less(least, number(layer)));
    const length = size(weights + layer);
    const offset = times(minus(length, smallest), plus(length, smallest));
    setEntry(offsets, other, offset);
    set(other, plus(other, isOther));
    code.put("select", nearest, times(isOther, less(offset, nearest)), offset);
  }
  return { smallest, sign: select(sign, number(0), sign), offsets, gap: root(nearest) };
}

function logAbsoluteProduct(code: Assembler, weights: Address, depth: number): Address {
  const { number, plus, set, size, entry } = arithmetic(code);
  const logOf = logarithm(code);
  const sum = code.of("copy", number(0));
  forEach(code, number(0), number(depth), (layer) => set(sum, plus(sum, logOf(size(entry(weights, layer))))));
  return sum;
}

type Function = (r: Address) => Address;

/** ln q(r). */
function logOthers(code: Assembler, offsets: Address, count: number): Function {
  const { number, plus, set, times } = arithmetic(code);
  const logOf = logarithm(code);
  const range = code.table(Float64Array.of(1e-150, 1e150));
  const [sum, product, factor, isOutside] = [code.registers(), code.registers(), code.registers(), code.registers()];
  return (r) => {
    const square = times(r, r);
    set(sum, number(0));
    set(product, number(1));
    forEach(code, number(0), number(count), (other) => {
      code.put("load", factor, offsets, other);
      code.put("add", factor, factor, square);
      code.put("multiply", product, product, factor);
      code.put("outside", isOutside, product, range);
      when(code, isOutside, () => {
        set(sum, plus(sum, logOf(product)));
        set(product, number(1));
      });
    });
    return times(number(0.5), plus(sum, logOf(product)));
  };
}

function escapePoint(code: Assembler, others: Function, offsets: Address, count: number): Address {
  const { number, less, minus, not, over, plus, set, times, entry } = arithmetic(code);
  const expOf = exponential(code);
  const x = code.of("copy", number(LOG_TARGET / (count + 1)));
  const r = code.registers();
  const slope = code.registers();
  loop(code, (leaveWhere) => {
    set(r, expOf(x));
    const excess = minus(plus(x, others(r)), number(LOG_TARGET));
    const square = times(r, r);
    set(slope, number(1));
    forEach(code, number(0), number(count), (other) => {
      set(slope, plus(slope, over(square, plus(entry(offsets, other), square))));
    });
    const next = minus(x, over(excess, slope));
    leaveWhere(not(less(next, x)));
    set(x, next);
  });
  return r;
}

interface Travel {
  readonly others: Function;
  readonly start: Address;
  readonly gap: Address;
  readonly end: Address;
}

/** NaN where the quadrature does not come to its tolerance. */
function logTravelTime(code: Assembler, { others, start, gap, end }: Travel): Address {
  const m = arithmetic(code);
  const { number, larger, less, minus, notAbove, over, plus, select, set, smaller, times } = m;
  const expOf = exponential(code);
  const logOf = logarithm(code);
  const scale = larger(smaller(gap, end), start);
  const slowest = larger(start, number(0));
  const logSlowest = others(slowest);
  const time: Function = (x) => {
    const grown = times(number(0.5), expOf(x));
    const shrunk = over(number(0.25), grown);
    const r = times(scale, minus(grown, shrunk));
    const logQ = others(r);
    const speed = times(times(scale, plus(grown, shrunk)), expOf(minus(logSlowest, logQ)));
    return over(speed, minus(number(1), times(r, expOf(logQ))));
  };
  const integrate = quadrature(code, time, PANEL_TOLERANCE);
  const from = inverseHyperbolicSine(m, logOf, over(slowest, scale));
  const to = inverseHyperbolicSine(m, logOf, over(end, scale));
  const rise = integrate(from, to, number(0));
  const [fall, fallError] = [code.of("copy", number(0)), code.of("copy", number(0))];
  when(code, less(start, number(0)), () => {
    const before = times(number(-1), inverseHyperbolicSine(m, logOf, over(minus(slowest, start), scale)));
    const found = integrate(before, from, rise.value);
    set(fall, found.value);
    set(fallError, found.error);
  });
  const total = plus(rise.value, fall);
  const isNear = notAbove(plus(rise.error, fallError), times(number(RELATIVE_ERROR), total));
  return select(number(Number.NaN), isNear, minus(logOf(total), logSlowest));
}

/** For x >= 0. */
function inverseHyperbolicSine({ number, plus, root, times }: Arithmetic, logOf: Function, x: Address): Address {
  return logOf(plus(x, root(plus(times(x, x), number(1)))));
}
