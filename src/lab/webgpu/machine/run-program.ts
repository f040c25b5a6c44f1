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
  /** Steps after which the instruction `last` ends a thread, and how many of them a round does. */
  readonly last: number;
  readonly stepsARound: number;
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
  const { program, count, stream, start, last, stepsARound, every, records, reads } = run;
  const { instructions, registers, shared } = program;
  const length = instructions.length / 4;
  const rounds = Math.max(1, Math.floor(INSTRUCTIONS_A_PASS / length));
  const sharedAt = registers * count;
  const numbers = new Float64Array(sharedAt + shared.length);
  numbers.set(start);
  numbers.set(shared, sharedAt);
  const words = [stream.first, stream.lane, count, length, rounds, last, every, records, sharedAt];
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
      { bytes: 8 * count },
    ],
    passes: [{ times: Math.ceil((Math.floor(last / stepsARound) + 1) / rounds), passes: [pass] }],
    reads: [
      { buffer: 0, bytes: Math.max(8, 8 * reads * count) },
      { buffer: 2, bytes: 8 * count },
    ],
  });
  const done = new Uint32Array(progress!);
  return {
    registers: new Float64Array(read!),
    steps: (thread) => done[2 * thread]!,
    isOut: (thread) => done[2 * thread + 1] === 1,
  };
}

/** Threads that fit into a job. */
export function threadsInAJob(device: Device, { registers, shared }: Program): number {
  const most = Math.floor((numbersInAJob(device) / 2 - shared.length) / registers);
  return Math.max(1, Math.min(most, 65_535 * THREADS));
}

/** Some two million integer operations a thread: milliseconds. */
const INSTRUCTIONS_A_PASS = 8192;
