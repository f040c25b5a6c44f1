import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";
import type { DiffusionProcess, ExitTimes } from "../contract/diffusion.ts";

/**
 * First step after which the Euclidean norm of x is at least `radius`, where each step does
 * x += rate * (curvature * x + noise * xi) with fresh standard Gaussians xi; 0 when x starts there, Infinity when
 * `maxSteps` steps do not suffice. This is stochastic gradient descent at a maximum of -curvature |x|^2 / 2.
 * All draws come from lane `noise`, one a coordinate and step, the kick first.
 *
 * Throws a RangeError when a parameter of the process is out of its range. Cost: `directions` draws a step.
 */
export function diffusionExits(request: {
  readonly process: DiffusionProcess;
  readonly streams: StreamRange;
}): ExitTimes {
  const { process, streams } = request;
  const times = new Float64Array(streams.count);
  const draws = new Float64Array(DRAWS_AT_ONCE);
  const position = new Float64Array(process.directions);
  for (let replicate = 0; replicate < streams.count; replicate++) {
    const noise = {
      stream: openStream(streams.key, streams.first + replicate, LANES.noise),
      draws,
      used: draws.length,
    };
    start(process, noise, position);
    times[replicate] = stepsToExit(process, noise, position);
  }
  return { times, logHessian: new Float64Array(0) };
}

/** Enough that the call is amortised, few enough that a short trajectory wastes little; even, because Gaussians come in pairs. */
const DRAWS_AT_ONCE = 128;

interface Noise {
  readonly stream: ReturnType<typeof openStream>;
  readonly draws: Float64Array;
  used: number;
}

function start(process: DiffusionProcess, noise: Noise, position: Float64Array): void {
  position.fill(0);
  if (process.start === "origin") return;
  if ("at" in process.start) {
    position[0] = process.start.at;
    return;
  }
  for (let axis = 0; axis < position.length; axis++) position[axis] = process.start.kick * nextGaussian(noise);
}

function nextGaussian(noise: Noise): number {
  if (noise.used === noise.draws.length) {
    fillGaussian(noise.stream, noise.draws, 0, noise.draws.length);
    noise.used = 0;
  }
  return noise.draws[noise.used++]!;
}

function stepsToExit(process: DiffusionProcess, noise: Noise, position: Float64Array): number {
  const { rate, curvature, radius, maxSteps } = process;
  const amplitude = typeof process.start === "object" && "kick" in process.start ? 0 : process.noise;
  const directions = position.length;
  const squaredRadius = radius * radius;
  if (squaredNorm(position) >= squaredRadius) return 0;
  for (let step = 1; step <= maxSteps; step++) {
    let squared = 0;
    for (let axis = 0; axis < directions; axis++) {
      let x = position[axis]!;
      const xi = amplitude > 0 ? nextGaussian(noise) : 0;
      x += rate * (curvature * x + amplitude * xi);
      position[axis] = x;
      squared += x * x;
    }
    if (squared >= squaredRadius) return step;
  }
  return Number.POSITIVE_INFINITY;
}

function squaredNorm(position: Float64Array): number {
  let squared = 0;
  for (let axis = 0; axis < position.length; axis++) squared += position[axis]! * position[axis]!;
  return squared;
}
