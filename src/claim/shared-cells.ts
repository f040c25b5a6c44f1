import type { AnyCell } from "../predictions/cells.ts";
import type { Experiment } from "./experiment.ts";

type Make = (cell: AnyCell) => Experiment;

/**
 * What the tiers of a claim have in common: one object for each cell, by which what its formulas give is known again, and one
 * experiment for each cell and function. Most cells of a tier are in the others too, and a claim's functions are pure.
 */
export interface SharedCells {
  readonly cell: (cell: AnyCell) => AnyCell;
  /** Of a cell that `cell` gave. */
  readonly experiment: (make: Make, cell: AnyCell) => Experiment;
}

export function sharedCells(): SharedCells {
  const cells = new Map<string, AnyCell>();
  const made = new Map<Make, Map<AnyCell, Experiment>>();
  return {
    cell: (cell) => {
      const name = JSON.stringify(Object.entries(cell));
      const known = cells.get(name) ?? cell;
      cells.set(name, known);
      return known;
    },
    experiment: (make, cell) => {
      const byCell = made.get(make) ?? new Map<AnyCell, Experiment>();
      made.set(make, byCell);
      const experiment = byCell.get(cell) ?? make(cell);
      byCell.set(cell, experiment);
      return experiment;
    },
  };
}
