import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import type { DiffusionProcess, ExitTimes } from "../../contract/diffusion.ts";
import { KEY_BYTES, placeKey } from "../draw-kernels.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, provide } from "../network-plan.ts";

/** Replicates side by side. */
const PLACES = 4;

/** Draws a replicate and call, about: the call is amortised, and a short trajectory wastes little. */
const DRAWS_AT_ONCE = 128;

/**
 * `diffusionExits` of src/lab/reference/diffusion-exits.ts, four replicates at once: where one has left or spent its steps, the next takes
 * its place.
 */
export function diffusionExits(
  kernels: Kernels,
  request: { readonly process: DiffusionProcess; readonly streams: StreamRange },
): ExitTimes {
  const { process, streams } = request;
  const arena = openArena(kernels, process);
  placeKey(kernels.functions, arena.key, streams.key);
  const times = new Float64Array(streams.count);
  let next = 0;
  /** Fills a place with the next replicate that does not start outside; false when there is none. */
  const occupy = (place: number): boolean => {
    for (; next < streams.count; next++) {
      if (start(kernels, arena, process, place, streams.first + next)) continue;
      arena.rows[place] = next++;
      arena.taken[place] = 0;
      return true;
    }
    arena.rows[place] = -1;
    return false;
  };
  let occupied = 0;
  for (let place = 0; place < PLACES; place++) occupied += Number(occupy(place));
  while (occupied > 0) {
    advance(kernels, arena, process, streams.first);
    for (let place = 0; place < PLACES; place++) {
      const time = arena.rows[place] === -1 ? undefined : exitOf(arena, place, process.maxSteps);
      if (time === undefined) continue;
      times[arena.rows[place]!] = time;
      if (!occupy(place)) occupied--;
    }
  }
  return { times, logHessian: new Float64Array(0) };
}

/** The four places, in the kernels' memory: positions axis by axis, draws and exits replicate by replicate. */
interface Arena {
  readonly key: number;
  readonly at: number;
  readonly draws: number;
  readonly drawBytes: number;
  readonly steps: number;
  readonly noise: number;
  readonly positions: Float64Array;
  readonly drawn: Float64Array;
  readonly exits: Int32Array;
  /** The row of the replicate in each place, -1 for none, and the steps it has taken. */
  readonly rows: number[];
  readonly taken: number[];
}

function openArena(kernels: Kernels, process: DiffusionProcess): Arena {
  const { directions } = process;
  // An even number, so that each call's draws begin at a whole block of the stream.
  const steps = 2 * Math.ceil(DRAWS_AT_ONCE / (2 * directions));
  const drawBytes = 8 * steps * directions;
  const layout = layoutFrom(kernels.heapBase);
  const key = layout.take(KEY_BYTES);
  const exits = layout.take(64);
  const at = layout.take(8 * PLACES * directions);
  const draws = layout.take(PLACES * drawBytes);
  provide(kernels, layout);
  const { memory } = kernels;
  const drawn = new Float64Array(memory.buffer, draws, PLACES * steps * directions);
  drawn.fill(0);
  const kicked = typeof process.start === "object" && "kick" in process.start;
  return {
    key,
    exits: new Int32Array(memory.buffer, exits, PLACES),
    at,
    draws,
    drawBytes,
    steps,
    noise: kicked ? 0 : process.noise,
    positions: new Float64Array(memory.buffer, at, PLACES * directions),
    drawn,
    rows: new Array<number>(PLACES).fill(-1),
    taken: new Array<number>(PLACES).fill(0),
  };
}

/** Puts a replicate at its start; whether that lies outside. */
function start(
  { functions }: Kernels,
  { key, draws, drawn, positions }: Arena,
  process: DiffusionProcess,
  place: number,
  replicate: number,
): boolean {
  const { directions, radius } = process;
  const set = (axis: number, value: number) => {
    positions[PLACES * axis + place] = value;
  };
  for (let axis = 0; axis < directions; axis++) set(axis, 0);
  if (process.start !== "origin" && "at" in process.start) set(0, process.start.at);
  else if (process.start !== "origin") {
    functions.fillGaussian(0, replicate, LANES.noise, key, draws, directions);
    for (let axis = 0; axis < directions; axis++) set(axis, process.start.kick * drawn[axis]!);
    drawn.fill(0, 0, directions);
  }
  let squared = 0;
  for (let at = place; at < positions.length; at += PLACES) squared += positions[at]! * positions[at]!;
  return squared >= radius * radius;
}

function advance({ functions }: Kernels, arena: Arena, process: DiffusionProcess, first: number): void {
  const { key, at, draws, drawBytes, steps, noise, exits, rows, taken } = arena;
  const { directions, rate, curvature, radius } = process;
  for (let place = 0; place < PLACES && noise > 0; place++) {
    const row = rows[place]!;
    if (row === -1) continue;
    const block = (taken[place]! * directions) / 2;
    const out = draws + place * drawBytes;
    functions.fillGaussian(block, first + row, LANES.noise, key, out, steps * directions);
  }
  exits.fill(0);
  functions.diffuse(at, directions, draws, drawBytes, exits.byteOffset, steps, rate, curvature, noise, radius * radius);
  for (let place = 0; place < PLACES; place++) taken[place]! += steps;
}

/** When the replicate of a place left, Infinity when its steps are spent, undefined when it goes on. */
function exitOf({ exits, taken, steps }: Arena, place: number, maxSteps: number): number | undefined {
  const exit = exits[place]!;
  const time = taken[place]! - steps + exit;
  if (exit > 0 && time <= maxSteps) return time;
  return taken[place]! >= maxSteps ? Number.POSITIVE_INFINITY : undefined;
}
