import { arithmetic } from "../machine/arithmetic.ts";
import type { Address, Assembler } from "../machine/assembler.ts";
import { forEach, loop, when } from "../machine/control.ts";

/**
 * Sorts `count` records by their keys, ascending and stable, by merging runs of 1, 2, 4, ...; keys and values lie in the first of 2 `count`
 * registers each.
 */
export function sortRecords(code: Assembler, keys: Address, values: Address, count: number): void {
  const { number, both, entry, less, not, notAbove, plus, minus, select, set, setEntry, smaller, times } =
    arithmetic(code);
  const size = number(count);
  // whole numbers: where the runs are, and where they are merged to
  const from = code.of("copy", number(0));
  const to = code.of("copy", size);
  const run = code.of("copy", number(1));
  const [start, left, right, out] = [code.registers(), code.registers(), code.registers(), code.registers()];
  loop(code, (leaveWhere) => {
    leaveWhere(notAbove(size, run));
    set(start, number(0));
    loop(code, (leaveRunsWhere) => {
      leaveRunsWhere(notAbove(size, start));
      const middle = smaller(plus(start, run), size);
      const end = smaller(plus(middle, run), size);
      set(left, start);
      set(right, middle);
      set(out, start);
      loop(code, (leaveRunWhere) => {
        leaveRunWhere(notAbove(end, out));
        const isRightNext = less(entry(keys, plus(from, right)), entry(keys, plus(from, left)));
        const isRight = both(less(right, end), not(both(less(left, middle), not(isRightNext))));
        const taken = plus(from, select(left, isRight, right));
        setEntry(keys, plus(to, out), entry(keys, taken));
        setEntry(values, plus(to, out), entry(values, taken));
        set(right, plus(right, isRight));
        set(left, plus(left, not(isRight)));
        set(out, plus(out, number(1)));
      });
      set(start, end);
    });
    set(from, to);
    set(to, minus(size, from));
    set(run, times(number(2), run));
  });
  when(code, from, () => {
    forEach(code, number(0), size, (record) => {
      setEntry(keys, record, entry(keys, plus(size, record)));
      setEntry(values, record, entry(values, plus(size, record)));
    });
  });
}
