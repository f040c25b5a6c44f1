import { type Kinds, requireKnown } from "../networks/kinds.ts";

/** `directions` independent coordinates with one curvature; exit is by the Euclidean norm. */
export interface DiffusionProcess {
  readonly curvature: number;
  readonly noise: number;
  readonly rate: number;
  readonly radius: number;
  readonly directions: number;
  /**
   * `origin`: noise at each step. `kick`: one Gaussian kick of this standard deviation a coordinate, then no noise.
   * `at`: that point on the first axis, no noise unless `noise` > 0.
   */
  readonly start: "origin" | { readonly kick: number } | { readonly at: number };
  readonly maxSteps: number;
}

export interface ExitTimes {
  /** Time to exit (steps for discrete methods, flow time for `gradient-flow`); Infinity when censored by `maxSteps`; 0 when it starts outside. */
  readonly times: Float64Array;
  /** ln of the Hessian norm at the start, where the problem is a chain; empty otherwise. */
  readonly logHessian: Float64Array;
}

const STARTS: Kinds<Extract<DiffusionProcess["start"], string>> = { origin: true };

/** Throws a RangeError when a parameter of the process is out of its range. */
export function requireProcess(process: DiffusionProcess): void {
  const { curvature, noise, rate, radius, directions, maxSteps, start } = process;
  require(Number.isFinite(curvature), "a finite curvature", curvature);
  require(noise >= 0 && Number.isFinite(noise), "noise of at least 0", noise);
  require(rate > 0 && Number.isFinite(rate), "a positive rate", rate);
  require(radius > 0 && Number.isFinite(radius), "a positive radius", radius);
  require(Number.isInteger(directions) && directions >= 1, "at least one direction", directions);
  require(Number.isInteger(maxSteps) && maxSteps >= 1, "at least one step", maxSteps);
  if (typeof start === "string") requireKnown("the start of a diffusion", start, STARTS);
  else if ("kick" in start) require(start.kick > 0, "a positive kick", start.kick);
  else require(Number.isFinite(start.at), "a finite start", start.at);
}

function require(holds: boolean, needed: string, found: number): void {
  if (!holds) throw new RangeError(`diffusionExits requires ${needed}, got ${found}`);
}
