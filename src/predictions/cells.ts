import { ClaimError } from "./claim-error.ts";

export type AxisValue = number | string | boolean;

/** What an experiment is swept over: each axis and the values it takes. A claim's cells are their product. */
export type Grid = { readonly [axis: string]: readonly [AxisValue, ...AxisValue[]] };

/** One point of a grid. */
export type Cell<G extends Grid> = { readonly [Axis in keyof G]: G[Axis][number] };

/** A cell when the grid's type is not known any more. */
export type AnyCell = { readonly [axis: string]: AxisValue };

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

/** The cells' values along an axis, as names. */
export function namesAlong(axis: string, cells: readonly AnyCell[]): readonly string[] {
  return cells.map((cell) => String(cell[axis]));
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
