import { arithmetic } from "../machine/arithmetic.ts";
import type { Address, Assembler } from "../machine/assembler.ts";
import { forEach, loop, when } from "../machine/control.ts";

/** Poles, strictly ascending, and their masses, all positive: the first `count` of as many registers as there are weights. */
export interface SecularTable {
  readonly poles: Address;
  readonly masses: Address;
  readonly count: Address;
}

/** The eigenvalue above the last pole, as `eigenvaluesOfDiagonalPlusRankOne` of `numerics/diagonal-plus-rank-one.ts` rounds it. */
export function rootAfterLastPole(code: Assembler, table: SecularTable): Address {
  const { number, entry, minus, over, plus, set, times } = arithmetic(code);
  const last = minus(table.count, number(1));
  const origin = entry(table.poles, last);
  const near = entry(table.masses, last);
  const far = code.of("copy", number(0));
  forEach(code, number(0), table.count, (pole) => set(far, plus(far, entry(table.masses, pole))));
  const distance = code.of("copy", near);
  refine(code, { near, far, distance, sign: number(1) }, (at) => {
    const below = sumTerms(code, table, { from: number(0), to: table.count, origin, distance: at });
    const value = plus(number(1), below.sum);
    const left = minus(number(0), at);
    const rest = minus(value, times(below.slope, left));
    const step = plus(left, over(times(times(below.slope, left), left), rest));
    return { value, size: minus(number(1), below.sum), step };
  });
  return plus(origin, distance);
}

/** The one above the first pole and below the second, of two poles or more. */
export function rootAfterFirstPole(code: Assembler, table: SecularTable): Address {
  const { number, entry, less, minus, notAbove, over, plus, select, set, size, smaller, times } = arithmetic(code);
  const [first, second] = [table.poles, table.poles + 1];
  const far = over(minus(second, first), number(2));
  const evaluate = (origin: Address, distance: Address) => {
    const below = sumTerms(code, table, { from: number(0), to: number(1), origin, distance });
    const above = sumTerms(code, table, { from: number(1), to: table.count, origin, distance });
    return {
      value: plus(plus(number(1), below.sum), above.sum),
      size: plus(minus(number(1), below.sum), above.sum),
      ...{ slopeBelow: below.slope, slopeAbove: above.slope },
    };
  };
  const isLower = notAbove(number(0), evaluate(first, far).value);
  const index = minus(number(1), isLower);
  const origin = entry(table.poles, index);
  const sign = select(number(-1), isLower, number(1));
  // the helpful terms at `far`: of the poles above, or of the first alone
  const bound = code.of("copy", isLower);
  forEach(code, isLower, select(number(1), isLower, table.count), (pole) => {
    const gap = minus(size(minus(entry(table.poles, pole), origin)), far);
    set(bound, plus(bound, over(entry(table.masses, pole), gap)));
  });
  const near = smaller(over(entry(table.masses, index), bound), far);
  const distance = times(sign, far);
  const [left, right] = [minus(first, origin), minus(second, origin)];
  refine(code, { near, far: code.of("copy", far), distance, sign }, (at) => {
    const { value, size, slopeBelow, slopeAbove } = evaluate(origin, at);
    const [l, r] = [minus(left, at), minus(right, at)];
    const c = minus(minus(value, times(l, slopeBelow)), times(r, slopeAbove));
    const product = times(l, r);
    const b = minus(times(plus(l, r), value), times(product, plus(slopeBelow, slopeAbove)));
    const w = times(product, value);
    const square = minus(times(b, b), times(times(number(4), c), w));
    const root = code.of("root", select(number(0), less(number(0), square), square));
    const ofNegative = over(minus(b, root), times(number(2), c));
    const step = select(ofNegative, less(number(0), b), over(times(number(2), w), plus(b, root)));
    return { value, size, step };
  });
  return plus(origin, distance);
}

interface Sum {
  readonly from: Address;
  readonly to: Address;
  readonly origin: Address;
  readonly distance: Address;
}

/** Terms of the secular equation and of its derivative. */
function sumTerms(code: Assembler, { poles, masses }: SecularTable, { from, to, origin, distance }: Sum) {
  const { number, entry, minus, over, plus, set } = arithmetic(code);
  const [sum, slope] = [code.of("copy", number(0)), code.of("copy", number(0))];
  forEach(code, from, to, (pole) => {
    const gap = minus(minus(entry(poles, pole), origin), distance);
    const term = over(entry(masses, pole), gap);
    set(sum, plus(sum, term));
    set(slope, plus(slope, over(term, gap)));
  });
  return { sum, slope };
}

/** Registers, all of which `refine` overwrites but the sign. */
interface Bracket {
  readonly near: Address;
  readonly far: Address;
  readonly distance: Address;
  readonly sign: Address;
}

/** The value there, the sum of its terms' sizes, and the step to the root of the function that it is taken for. */
type Evaluate = (distance: Address) => { readonly value: Address; readonly size: Address; readonly step: Address };

/** Steps inside a bracket, of `distance` in place, until it no longer changes. */
function refine(code: Assembler, { near, far, distance, sign }: Bracket, evaluate: Evaluate): void {
  const { number, both, equal, less, minus, not, notAbove, plus, root, select, set, size, times } = arithmetic(code);
  const isInside = (at: Address) => both(less(near, times(sign, at)), less(times(sign, at), far));
  loop(code, (leaveWhere) => {
    const { value, size: terms, step } = evaluate(distance);
    leaveWhere(notAbove(size(value), times(number(ROUNDING), terms)));
    const isFar = equal(less(number(0), value), less(number(0), sign));
    when(code, isFar, () => set(far, size(distance)));
    when(code, not(isFar), () => set(near, size(distance)));
    leaveWhere(notAbove(minus(far, near), times(number(ROUNDING), far)));
    const proposed = plus(distance, step);
    leaveWhere(equal(proposed, distance));
    set(distance, select(times(times(sign, root(near)), root(far)), isInside(proposed), proposed));
    leaveWhere(not(isInside(distance)));
  });
}

const ROUNDING = 2 ** -52;
