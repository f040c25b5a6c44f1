import {
  CENTRE_GAUSS_WEIGHT,
  CENTRE_KRONROD_WEIGHT,
  GAUSS_WEIGHTS,
  KRONROD_WEIGHTS,
  MOST_BISECTIONS,
  NODES,
} from "../../reference/chains/chain-quadrature.ts";
import { arithmetic } from "../machine/arithmetic.ts";
import type { Address, Assembler } from "../machine/assembler.ts";
import { forEach, loop, when } from "../machine/control.ts";

/** `integratePositive` of `reference/chains/chain-quadrature.ts`; the error is NaN where bisections do not suffice. */
export function quadrature(code: Assembler, evaluate: (x: Address) => Address, tolerance: number) {
  const { number, less, not, notAbove, plus, set, times, entry, setEntry } = arithmetic(code);
  const pending = {
    from: code.registers(MOST_BISECTIONS + 1),
    to: code.registers(MOST_BISECTIONS + 1),
    bisections: code.registers(MOST_BISECTIONS + 1),
  };
  const top = code.registers();
  const estimate = gaussKronrod(code, evaluate);
  const push = (from: Address, to: Address, bisections: Address) => {
    setEntry(pending.from, top, from);
    setEntry(pending.to, top, to);
    setEntry(pending.bisections, top, bisections);
  };
  return (begin: Address, end: Address, known: Address): Quadrature => {
    const value = code.of("copy", number(0));
    const error = code.of("copy", number(0));
    set(top, number(0));
    push(begin, end, number(0));
    loop(code, (leaveWhere) => {
      leaveWhere(less(top, number(0)));
      const from = entry(pending.from, top);
      const to = entry(pending.to, top);
      const bisections = entry(pending.bisections, top);
      const panel = estimate(from, to);
      const wanted = times(number(tolerance), plus(plus(known, value), panel.value));
      const isNear = notAbove(panel.error, wanted);
      // the next panel is the one below, or the left half of this one
      when(code, not(isNear), () => {
        when(code, notAbove(number(MOST_BISECTIONS), bisections), () => set(error, number(Number.NaN)));
        leaveWhere(notAbove(number(MOST_BISECTIONS), bisections));
        const middle = times(number(0.5), plus(from, to));
        const more = plus(bisections, number(1));
        push(middle, to, more);
        set(top, plus(top, number(1)));
        push(from, middle, more);
      });
      when(code, isNear, () => {
        set(value, plus(value, panel.value));
        set(error, plus(error, panel.error));
        set(top, plus(top, number(-1)));
      });
    });
    return { value, error };
  };
}

export interface Quadrature {
  readonly value: Address;
  readonly error: Address;
}

function gaussKronrod(code: Assembler, evaluate: (x: Address) => Address) {
  const { number, minus, plus, set, size, times, entry, setEntry } = arithmetic(code);
  const nodes = code.table(Float64Array.of(0, ...NODES.flatMap((node) => [-node, node])));
  const count = 1 + 2 * NODES.length;
  const values = code.registers(count);
  return (from: Address, to: Address): Quadrature => {
    const centre = times(number(0.5), plus(from, to));
    const half = times(number(0.5), minus(to, from));
    forEach(code, number(0), number(count), (point) => {
      setEntry(values, point, evaluate(plus(centre, times(half, entry(nodes, point)))));
    });
    const kronrod = times(number(CENTRE_KRONROD_WEIGHT), values);
    const gauss = times(number(CENTRE_GAUSS_WEIGHT), values);
    for (let node = 0; node < NODES.length; node++) {
      const pair = plus(values + 1 + 2 * node, values + 2 + 2 * node);
      set(kronrod, plus(kronrod, times(number(KRONROD_WEIGHTS[node]!), pair)));
      set(gauss, plus(gauss, times(number(GAUSS_WEIGHTS[node]!), pair)));
    }
    return { value: times(kronrod, half), error: times(size(minus(kronrod, gauss)), size(half)) };
  };
}
