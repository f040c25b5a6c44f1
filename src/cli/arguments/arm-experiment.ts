import type { AnyClaim } from "../../claim/claim.ts";
import type { Experiment } from "../../claim/experiment.ts";
import { controlName } from "../../claim/resolve.ts";
import type { AnyCell, Grid } from "../../predictions/cells.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "./nearest.ts";

/** The experiment of an arm by its name in evidence: claimed, against, or a control's. Throws `UsageError` for another name. */
export function armExperiment(claim: AnyClaim, arm: string): (cell: AnyCell) => Experiment {
  if (arm === "claimed") return claim.experiment;
  if (arm === "against" && claim.against) return claim.against;
  const names = claim.controls.map((_, index) => controlName(claim, index));
  const control = claim.controls[names.indexOf(arm)];
  if (control !== undefined) return control.experiment;
  const arms = ["claimed", ...(claim.against ? ["against"] : []), ...names];
  throw new UsageError(`claim ${claim.id} has no arm ${arm}${didYouMean(arm, arms) || `, it has ${arms.join(" ")}`}`);
}

/**
 * What `make` gives for the cell. Throws `UsageError` for an axis that has a value off the grid and that the experiment does not look at:
 * what it would print then is of another cell. A value of the grid is a cell that the arm has, whatever it looks at.
 */
export function readingAll<T>(cell: AnyCell, grid: Grid, make: (watched: AnyCell) => T): T {
  const read = new Set<PropertyKey>();
  const watched = new Proxy(cell, {
    get: (target, axis) => {
      read.add(axis);
      return Reflect.get(target, axis);
    },
    ownKeys: (target) => {
      for (const axis of Object.keys(target)) read.add(axis);
      return Reflect.ownKeys(target);
    },
  });
  const made = make(watched);
  const unread = Object.entries(cell).find(([axis, value]) => !read.has(axis) && !grid[axis]!.includes(value));
  if (unread === undefined) return made;
  const others = Object.keys(cell).filter((axis) => read.has(axis));
  throw new UsageError(
    `--set ${unread[0]} would change nothing: this arm's experiment depends on ${others.join(" ") || "no axis of the grid"}`,
  );
}
