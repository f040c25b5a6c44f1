import type { DiffusionProcess } from "../../../../src/lab/contract/diffusion.ts";
import { fillGaussian, openStream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";
import { type Check, differs } from "../check.ts";
import { KEY, streamsOf } from "../fixtures.ts";

const base = {
  curvature: 1,
  noise: 0.5,
  rate: 0.05,
  radius: 1,
  directions: 1,
  start: "origin",
  maxSteps: 400,
} as const;

const processes: readonly (readonly [string, DiffusionProcess])[] = [
  ["noise from the origin", base],
  ["noise in three directions", { ...base, directions: 3, noise: 0.2 }],
  ["one kick of two directions", { ...base, directions: 2, start: { kick: 0.01 } }],
  ["from a point, without noise", { ...base, noise: 0, start: { at: 0.003 } }],
  ["from a point, with noise", { ...base, noise: 0.1, start: { at: -0.2 }, directions: 2 }],
  ["from outside", { ...base, start: { at: 2 } }],
  ["censored", { ...base, curvature: -1, noise: 0.1, maxSteps: 50 }],
];
const FIRST = 21;
const PATHS = 25;

/** Squared distances from the origin, step by step, until outside or out of steps. */
function squares(process: DiffusionProcess, replicate: number): readonly number[] {
  const { curvature, noise, rate, radius, directions, start, maxSteps } = process;
  const draws = new Float64Array((maxSteps + 1) * directions);
  fillGaussian(openStream(KEY, replicate, LANES.noise), draws, 0, draws.length);
  let used = 0;
  const kicked = typeof start === "object" && "kick" in start;
  let x = Array.from({ length: directions }, (_, axis) => {
    if (typeof start === "object" && "kick" in start) return start.kick * draws[used++]!;
    return axis === 0 && typeof start === "object" ? start.at : 0;
  });
  const amplitude = kicked ? 0 : noise;
  const passed = [x.reduce((sum, value) => sum + value * value, 0)];
  while (passed.length <= maxSteps && passed.at(-1)! < radius * radius) {
    x = x.map((value) => value + rate * (curvature * value + (amplitude > 0 ? amplitude * draws[used++]! : 0)));
    passed.push(x.reduce((sum, value) => sum + value * value, 0));
  }
  return passed;
}

export const diffusion: readonly Check[] = processes.map(([name, process]) => ({
  name: `diffusion, ${name}: the equation's steps one by one`,
  operations: ["diffusionExits"],
  violations: (engine, { unit, draw }) => {
    const { times } = engine.diffusionExits({ process, streams: streamsOf(PATHS, FIRST) });
    return Array.from({ length: PATHS }, (_, row) => row).flatMap((row) => {
      const path = squares(process, FIRST + row);
      const square = process.radius ** 2;
      const expected = path.at(-1)! >= square ? path.length - 1 : Infinity;
      // An error of one step is stretched by the growth to come, which the distance it happens at has already seen.
      const error = 8 * path.length * (4 * unit + draw) * square;
      const undecided = path.some((value) => Math.abs(value - square) <= error);
      return undecided && draw > 1e-12 ? [] : differs(`times[${row}]`, times[row]!, expected, 0);
    });
  },
}));
