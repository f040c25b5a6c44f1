import type { Address, Assembler } from "./assembler.ts";

/** Expressions of an assembler: each writes its result to a new register; conditions are 1 and 0. */
export function arithmetic(code: Assembler) {
  const { of } = code;
  const select = (a: Address, condition: Address, b: Address): Address => {
    const out = of("copy", a);
    code.put("select", out, condition, b);
    return out;
  };
  const less = (a: Address, b: Address) => of("less", a, b);
  const notAbove = (a: Address, b: Address) => of("notAbove", a, b);
  const both = (a: Address, b: Address) => of("multiply", a, b);
  return {
    number: (value: number) => code.constant(value),
    set: (place: Address, value: Address) => code.put("copy", place, value),
    times: (a: Address, b: Address) => of("multiply", a, b),
    plus: (a: Address, b: Address) => of("add", a, b),
    minus: (a: Address, b: Address) => of("subtract", a, b),
    over: (a: Address, b: Address) => of("divide", a, b),
    root: (a: Address) => of("root", a),
    size: (a: Address) => of("size", a),
    signOf: (a: Address) => of("sign", a),
    /** The one that the whole number `index` counts from the first on. */
    entry: (first: Address, index: Address) => of("load", first, index),
    setEntry: (first: Address, index: Address, value: Address) => code.put("store", first, value, index),
    less,
    notAbove,
    both,
    equal: (a: Address, b: Address) => both(notAbove(a, b), notAbove(b, a)),
    not: (a: Address) => of("subtract", code.constant(1), a),
    /** a, or b where the condition is not 0. */
    select,
    /** The smaller and the larger of two numbers, the first where they are equal. */
    smaller: (a: Address, b: Address) => select(a, less(b, a), b),
    larger: (a: Address, b: Address) => select(a, less(a, b), b),
  };
}

export type Arithmetic = ReturnType<typeof arithmetic>;
