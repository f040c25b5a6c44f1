import { fillGaussian, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import type { DiffusionProcess, ExitTimes } from "../../contract/diffusion.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { assembler, type Program } from "../machine/assembler.ts";
import { runProgram, threadsInAJob } from "../machine/run-program.ts";
import { gaussianPair } from "./gaussian-program.ts";

/** As the contract's, a thread a path: steps and noise in the float64 of the machine, the reference's bytes; kicks by the CPU. */
export function diffusionExits(
  device: Device,
  { process, streams }: { readonly process: DiffusionProcess; readonly streams: StreamRange },
): ExitTimes {
  const { directions, maxSteps } = process;
  const program = exitProgram(process);
  const times = new Float64Array(streams.count);
  inBatches(device, { count: streams.count, largest: threadsInAJob(device, program) }, (from, count) => {
    const start = new Float64Array(directions * count);
    const position = new Float64Array(directions);
    const first = streams.first + from;
    for (let row = 0; row < count; row++) {
      putStart(process, streams, first + row, position);
      for (let axis = 0; axis < directions; axis++) start[axis * count + row] = position[axis]!;
    }
    const { steps, isOut } = runProgram(device, {
      ...{ program, count, start, last: maxSteps, stepsARound: 2, every: 1, records: 0, reads: 0 },
      stream: { key: streams.key, first, lane: LANES.noise },
    });
    for (let row = 0; row < count; row++) times[from + row] = isOut(row) ? steps(row) : Number.POSITIVE_INFINITY;
  });
  return { times, logHessian: new Float64Array(0) };
}

function putStart({ start }: DiffusionProcess, { key }: StreamRange, replicate: number, position: Float64Array): void {
  position.fill(0);
  if (start === "origin") return;
  if ("at" in start) {
    position[0] = start.at;
    return;
  }
  fillGaussian(openStream(key, replicate, LANES.noise), position, 0, position.length);
  for (let axis = 0; axis < position.length; axis++) position[axis] = start.kick * position[axis]!;
}

/** Two steps, so that the draws of an odd number of directions come in whole pairs. */
function exitProgram({ directions, curvature, noise, rate, radius, start }: DiffusionProcess): Program {
  const code = assembler();
  const position = code.registers(directions);
  const [squared, change, push] = [code.registers(), code.registers(), code.registers()];
  const amplitude = typeof start === "object" && "kick" in start ? 0 : noise;
  const pairOf = gaussianPair(code);
  let pair = 0;
  for (let draw = 0; draw < 2 * directions; draw++) {
    const axis = draw % directions;
    if (axis === 0) {
      code.put("copy", squared, code.constant(0));
      for (let each = 0; each < directions; each++) {
        code.put("multiply", change, position + each, position + each);
        code.put("add", squared, squared, change);
      }
      code.put("exit", squared, squared, code.constant(radius * radius));
      code.put("last", squared);
    }
    code.put("multiply", change, code.constant(curvature), position + axis);
    if (amplitude > 0) {
      if (draw % 2 === 0) pair = pairOf(directions, draw / 2);
      code.put("multiply", push, code.constant(amplitude), pair + (draw % 2));
      code.put("add", change, change, push);
    }
    code.put("multiply", change, code.constant(rate), change);
    code.put("add", position + axis, position + axis, change);
    if (axis === directions - 1) code.put("tick", squared);
  }
  return code.finish();
}
