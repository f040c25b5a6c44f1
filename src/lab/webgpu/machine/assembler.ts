import { OPERATIONS, type OperationName, SHARED } from "./machine-shader.ts";

/** A register of each thread, or a number that all share. */
export type Address = number;

/** Writes a program; registers are numbered as they are asked for. */
export interface Assembler {
  /** New registers, one behind the other; the address of the first. */
  readonly registers: (length?: number) => Address;
  /** Where a number lies that all threads share; the same for the same bits. */
  readonly constant: (value: number) => Address;
  /** Where numbers lie that all share, one behind the other. */
  readonly table: (values: Float64Array) => Address;
  readonly put: (operation: OperationName, out: number, a?: number, b?: number) => void;
  /** `put` into a new register, of which it gives the address. */
  readonly of: (operation: OperationName, a: Address, b?: Address) => Address;
  /** The number of the next instruction; where a jump that was put goes. */
  readonly here: () => number;
  readonly aim: (jump: number, at: number) => void;
  readonly finish: () => Program;
}

export interface Program {
  /** Four words an instruction. */
  readonly instructions: Uint32Array<ArrayBuffer>;
  readonly registers: number;
  readonly shared: Float64Array;
}

export function assembler(): Assembler {
  const words: number[] = [];
  const shared: number[] = [];
  const known = new Map<string, Address>();
  let count = 0;
  const registers = (length = 1) => {
    count += length;
    return count - length;
  };
  const put = (operation: OperationName, out: number, a = out, b = a) => {
    words.push(OPERATIONS.indexOf(operation), out, a, b);
  };
  return {
    registers,
    constant(value) {
      const bits = Object.is(value, -0) ? "-0" : String(value);
      const found = known.get(bits) ?? SHARED + shared.push(value) - 1;
      known.set(bits, found);
      return found;
    },
    table(values) {
      const begin = SHARED + shared.length;
      for (const value of values) shared.push(value);
      return begin;
    },
    put,
    of(operation, a, b = a) {
      const out = registers();
      put(operation, out, a, b);
      return out;
    },
    here: () => words.length / 4,
    aim(jump, at) {
      words[4 * jump + 1] = at;
    },
    finish: () => ({ instructions: Uint32Array.from(words), registers: count, shared: Float64Array.from(shared) }),
  };
}
