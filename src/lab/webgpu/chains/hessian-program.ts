import { log } from "../../../numerics/elementary.ts";
import { arithmetic } from "../machine/arithmetic.ts";
import { type Address, type Assembler, assembler, type Program } from "../machine/assembler.ts";
import { forEach, when } from "../machine/control.ts";
import { exponential, logarithm } from "../machine/elementary-program.ts";
import { rootAfterFirstPole, rootAfterLastPole, type SecularTable } from "./secular-program.ts";
import { sortRecords } from "./sort-program.ts";

/** In the order of the registers behind the weights. */
export const MEASURES = ["logNorm", "negatives", "logGradient", "logProduct", "sign"] as const;

/**
 * `chainHessians` of `reference/chains/chain-hessian.ts` for one chain as a program, in its order of roundings, in order depth instead of
 * depth^2: of the eigenvalues, which lie one between each two neighbouring poles, only the first and the last are computed, since the
 * others have the sign of the poles. Registers: the weights, the measures, then whether they hold: not for weights or poles that
 * are 0 or not finite, and masses that underflow.
 */
export function hessianProgram(depth: number, target: number): Program {
  const code = assembler();
  const { number, equal, larger, less, minus, plus, root, select, set, size, times } = arithmetic(code);
  const weights = code.registers(depth);
  const results = code.registers(MEASURES.length);
  const holds = code.registers();
  const endWhere = (condition: Address) => when(code, condition, () => code.put("last", holds));
  const logOf = logarithm(code);

  const product = productOf(code, weights, depth, endWhere);
  const { logUnit, excess, rankOne } = scaledBy(code, product, target);
  endWhere(equal(times(excess, rankOne), number(0)));
  // the root-finder's rank-one part is positive; otherwise it solves the negated problem
  const isNegated = less(rankOne, number(0));
  const diagonal = times(times(times(number(-1), product.sign), excess), select(number(1), isNegated, number(-1)));
  const table = { poles: code.registers(2 * depth), masses: code.registers(2 * depth), count: code.registers() };
  const places = { weights, depth, smallest: product.smallest, diagonal, root: root(size(rankOne)) };
  const squares = placePoles(code, places, table, endWhere);
  sortRecords(code, table.poles, table.masses, depth);
  const isDouble = depth === 1 ? number(0) : equal(table.poles, table.poles + 1);
  mergeEqual(code, table, depth);
  const spectrum = solve(code, table, depth, isDouble);

  const logSmallest = logOf(product.smallest);
  const logScale = minus(plus(product.logSize, logUnit), times(number(2), logSmallest));
  const logNorm = plus(logScale, logOf(larger(size(spectrum.lowest), size(spectrum.highest))));
  const logGradientScale = minus(plus(plus(logOf(size(excess)), logUnit), product.logSize), logSmallest);
  const logGradient = plus(logGradientScale, times(number(0.5), logOf(squares)));
  const negatives = select(spectrum.negatives, isNegated, spectrum.positives);
  const measured = { logNorm, negatives, logGradient, logProduct: product.logSize, sign: product.sign };
  for (const [at, measure] of MEASURES.entries()) set(results + at, measured[measure]);
  set(holds, number(1));
  code.put("last", holds);
  return code.finish();
}

interface Product {
  /** The least |w|. */
  readonly smallest: Address;
  readonly sign: Address;
  readonly logSize: Address;
}

function productOf(code: Assembler, weights: Address, depth: number, endWhere: (condition: Address) => void): Product {
  const { number, both, entry, less, not, plus, set, signOf, size, times } = arithmetic(code);
  const logOf = logarithm(code);
  const smallest = code.of("copy", number(Number.POSITIVE_INFINITY));
  const sign = code.of("copy", number(1));
  const logSize = code.of("copy", number(0));
  forEach(code, number(0), number(depth), (layer) => {
    const weight = entry(weights, layer);
    const length = size(weight);
    endWhere(not(both(less(number(0), length), less(length, number(Number.POSITIVE_INFINITY)))));
    code.put("select", smallest, less(length, smallest), length);
    set(sign, times(sign, signOf(weight)));
    set(logSize, plus(logSize, logOf(length)));
  });
  return { smallest, sign, logSize };
}

/** Output less target, and the factor of the rank-one part, over the larger of the two. */
function scaledBy(code: Assembler, { sign, logSize }: Product, target: number) {
  const { number, larger, minus, times } = arithmetic(code);
  const expOf = exponential(code);
  const logTarget = number(target === 0 ? Number.NEGATIVE_INFINITY : log(Math.abs(target)));
  const logUnit = larger(logSize, logTarget);
  const output = times(sign, expOf(minus(logSize, logUnit)));
  const wanted = target === 0 ? number(0) : times(number(Math.sign(target)), expOf(minus(logTarget, logUnit)));
  return {
    logUnit,
    excess: minus(output, wanted),
    rankOne: times(sign, minus(times(number(2), output), wanted)),
  };
}

interface Places {
  readonly weights: Address;
  readonly depth: number;
  readonly smallest: Address;
  readonly diagonal: Address;
  readonly root: Address;
}

/** Poles and their masses; gives the sum of squares of smallest / |w|. */
function placePoles(
  code: Assembler,
  { weights, depth, smallest, diagonal, root }: Places,
  { poles, masses }: SecularTable,
  endWhere: (condition: Address) => void,
): Address {
  const { number, entry, equal, over, plus, set, setEntry, size, times } = arithmetic(code);
  const squares = code.of("copy", number(0));
  forEach(code, number(0), number(depth), (layer) => {
    const inverse = over(smallest, size(entry(weights, layer)));
    const pole = times(times(diagonal, inverse), inverse);
    const component = times(root, inverse);
    const mass = times(component, component);
    endWhere(equal(times(size(pole), mass), number(0)));
    set(squares, plus(squares, times(inverse, inverse)));
    setEntry(poles, layer, pole);
    setEntry(masses, layer, mass);
  });
  return squares;
}

/** Makes one of those with the same pole. */
function mergeEqual(code: Assembler, { poles, masses, count }: SecularTable, depth: number): void {
  const { number, entry, equal, minus, not, plus, set, setEntry } = arithmetic(code);
  set(count, number(1));
  forEach(code, number(1), number(depth), (record) => {
    const pole = entry(poles, record);
    const mass = entry(masses, record);
    const last = minus(count, number(1));
    const isMerged = equal(pole, entry(poles, last));
    when(code, isMerged, () => setEntry(masses, last, plus(entry(masses, last), mass)));
    when(code, not(isMerged), () => {
      setEntry(poles, count, pole);
      setEntry(masses, count, mass);
      set(count, plus(count, number(1)));
    });
  });
}

/** The outer eigenvalues and the signs of all; `isDouble` where the first pole is that of two weights, and an eigenvalue itself. */
function solve(code: Assembler, table: SecularTable, depth: number, isDouble: Address) {
  const { number, both, less, not, select, set } = arithmetic(code);
  const highest = rootAfterLastPole(code, table);
  const lowest = select(highest, isDouble, table.poles);
  when(code, both(not(isDouble), less(number(1), table.count)), () => set(lowest, rootAfterFirstPole(code, table)));
  const isAbove = less(number(0), table.poles);
  // all others lie below a negative pole
  const belowFirst = select(number(depth - 1), less(highest, number(0)), number(depth));
  return {
    ...{ lowest, highest },
    negatives: select(belowFirst, isAbove, number(0)),
    positives: select(less(number(0), highest), isAbove, number(depth)),
  };
}
