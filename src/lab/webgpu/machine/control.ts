import type { Address, Assembler } from "./assembler.ts";

/** The body where the condition is not 0. */
export function when(code: Assembler, condition: Address, body: () => void): void {
  const past = code.here();
  code.put("unless", 0, condition);
  body();
  code.aim(past, code.here());
}

/** The body again and again, until a condition that it leaves upon is not 0. */
export function loop(code: Assembler, body: (leaveWhere: (condition: Address) => void) => void): void {
  const leaves: number[] = [];
  const top = code.here();
  body((condition) => {
    leaves.push(code.here());
    code.put("jump", 0, condition);
  });
  goTo(code, top);
  for (const leave of leaves) code.aim(leave, code.here());
}

/** The body for each whole number from `from` on below `to`. */
export function forEach(code: Assembler, from: Address, to: Address, body: (index: Address) => void): void {
  const index = code.of("copy", from);
  const isBelow = code.registers();
  const enter = code.here();
  goTo(code, 0);
  const top = code.here();
  body(index);
  code.put("add", index, index, code.constant(1));
  code.aim(enter, code.here());
  code.put("less", isBelow, index, to);
  code.put("jump", top, isBelow);
}

function goTo(code: Assembler, at: number): void {
  code.put("unless", at, code.constant(0));
}
