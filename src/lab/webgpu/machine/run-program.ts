import type { StreamKey } from "../../../numerics/stream.ts";
import type { Device } from "../device/device.ts";
import { numbersInAJob } from "../program/model-job.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";
import type { Program } from "./assembler.ts";
import { machineShader } from "./machine-shader.ts";

export interface MachineRun {
  readonly program: Program;
  /** Threads; thread i draws from the stream (key, first + i) of the lane. */
  readonly count: number;
  readonly stream: { readonly key: StreamKey; readonly first: number; readonly lane: number };
  /** For each register from 0 on what all threads begin with, a row of `count` numbers a register; the rest are 0. */
  readonly start: Float64Array;
  /** Steps after which the instruction `last` ends a thread, and how many of them the program does; absent where it has jumps. */
  readonly last: number;
  readonly stepsARound?: number;
  /** Records: one where `every` divides the steps done, into the registers from `records` on. */
  readonly every: number;
  readonly records: number;
  /** Registers that are read back, from 0 on. */
  readonly reads: number;
}

export interface MachineResults {
  /** A row of `count` numbers a register. */
  readonly registers: Float64Array;
  /** Steps done, and whether the thread was ended by `exit` or `escape`. */
  readonly steps: (thread: number) => number;
  readonly isOut: (thread: number) => boolean;
}

/** Runs a program on all threads until each is ended. */
export function runProgram(device: Device, run: MachineRun): MachineResults {
  const { program, count, start, last, stepsARound, reads } = run;
  const length = program.instructions.length / 4;
  const sharedAt = program.registers * count;
  let state: MachineState = { numbers: new Float64Array(sharedAt), progress: new Uint32Array(PROGRESS * count) };
  state.numbers.set(start);
  if (stepsARound !== undefined) {
    const instructions = (Math.floor(last / stepsARound) + 1) * length;
    state = runPasses(device, run, state, Math.ceil(instructions / INSTRUCTIONS_A_PASS), reads * count);
  } else {
    // how long jumps take is known when all threads are ended
    let passes = FIRST_PASSES;
    do {
      if (passes > MOST_PASSES)
        throw new Error(`engine webgpu: a program does not end on ${device.adapter.description}`);
      state = runPasses(device, run, state, passes, sharedAt);
      passes *= 2;
    } while (!hasEnded(state.progress));
  }
  const { numbers, progress } = state;
  return {
    registers: numbers.subarray(0, reads * count),
    steps: (thread) => progress[PROGRESS * thread]!,
    isOut: (thread) => progress[PROGRESS * thread + STATUS] === 1,
  };
}

interface MachineState {
  /** Registers, a row of `count` numbers each. */
  readonly numbers: Float64Array;
  readonly progress: Uint32Array<ArrayBuffer>;
}

/** Words of a thread's progress: steps, status, next instruction. */
const PROGRESS = 3;
const STATUS = 1;

function hasEnded(progress: Uint32Array): boolean {
  for (let at = STATUS; at < progress.length; at += PROGRESS) if (progress[at] === 0) return false;
  return true;
}

/** The state after some passes, of the registers the first `reads` numbers. */
function runPasses(
  device: Device,
  { program, count, stream, last, every, records }: MachineRun,
  state: MachineState,
  passes: number,
  reads: number,
): MachineState {
  const { instructions, registers, shared } = program;
  const sharedAt = registers * count;
  const numbers = new Float64Array(sharedAt + shared.length);
  numbers.set(state.numbers);
  numbers.set(shared, sharedAt);
  const length = instructions.length / 4;
  const words = [stream.first, stream.lane, count, length, INSTRUCTIONS_A_PASS, last, every, records, sharedAt];
  const pass = {
    shader: machineShader,
    bindings: [0, 1, 2],
    groups: [Math.ceil(count / THREADS), 1, 1] as const,
    parameters: Uint32Array.of(...stream.key, ...words, 0, 0, 0),
  };
  const [read, progress] = device.run({
    buffers: [
      { bytes: numbers.byteLength, data: new Uint32Array(numbers.buffer) },
      { bytes: instructions.byteLength, data: instructions },
      { bytes: state.progress.byteLength, data: state.progress },
    ],
    passes: [{ times: passes, passes: [pass] }],
    reads: [
      { buffer: 0, bytes: Math.max(8, 8 * reads) },
      { buffer: 2, bytes: state.progress.byteLength },
    ],
  });
  return { numbers: new Float64Array(read!), progress: new Uint32Array(progress!) };
}

/** Threads that fit into a job. */
export function threadsInAJob(device: Device, { registers, shared }: Program): number {
  const most = Math.floor((numbersInAJob(device) / 2 - shared.length) / registers);
  return Math.max(1, Math.min(most, 65_535 * THREADS));
}

/** Some two million integer operations a thread: milliseconds. */
const INSTRUCTIONS_A_PASS = 8192;

/** Passes before the host first asks whether all threads are ended. */
const FIRST_PASSES = 64;

/** In one go, and twice that in all: gradient flow of 4,096 weights takes 1,000 panels of 15 points, 8 instructions a weight. */
const MOST_PASSES = 2 ** 17;
