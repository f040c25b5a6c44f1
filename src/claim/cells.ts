import type { AnyCell, AxisValue, Grid } from "./experiment.ts";

/** All cells of a grid, or of the part of it that `part` names; the last axis runs fastest. Throws on values off the grid. */
export function cellsOf(
  grid: Grid,
  part: { readonly [axis: string]: readonly AxisValue[] | undefined } = {},
): readonly AnyCell[] {
  for (const [axis, values] of Object.entries(part)) checkPart(grid, axis, values ?? []);
  return Object.entries(grid).reduce<readonly AnyCell[]>(
    (cells, [axis, values]) =>
      cells.flatMap((cell) => (part[axis] ?? values).map((value) => ({ ...cell, [axis]: value }))),
    [{}],
  );
}

/** A cell in words: `depth 16, init he`. */
export function cellLabel(cell: AnyCell): string {
  return Object.entries(cell)
    .map(([axis, value]) => `${axis} ${value}`)
    .join(", ");
}

function checkPart(grid: Grid, axis: string, values: readonly AxisValue[]): void {
  const whole = grid[axis];
  if (!whole) throw new ClaimError(`part of the grid names axis ${axis}, the grid has ${Object.keys(grid).join(", ")}`);
  const off = values.find((value) => !whole.includes(value));
  if (off !== undefined) throw new ClaimError(`part of the grid has ${axis} ${off}, the grid has ${whole.join(", ")}`);
  if (values.length === 0) throw new ClaimError(`part of the grid has no value for ${axis}, at least one is required`);
}

/** An author's mistake in a claim or a suite: said at once, before anything runs. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}
