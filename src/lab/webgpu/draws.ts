import type { StreamKey } from "../../numerics/stream.ts";
import type { Device } from "./device/device.ts";
import type { Pass } from "./job.ts";
import { type DrawnLaw, drawShader } from "./shaders/draw-shader.ts";
import { threefryShader } from "./shaders/threefry-shader.ts";
import { THREADS } from "./shaders/unit-norm-shader.ts";

/** The beginnings of the streams (key, first), (key, first + 1), ... of one lane. */
export interface DrawRequest {
  readonly key: StreamKey;
  readonly first: number;
  readonly lane: number;
  /** Streams. */
  readonly rows: number;
  /** Blocks of each, from block `from` on. */
  readonly blocks: number;
  readonly from: number;
  /** From one block to the next; 1 where it is absent. */
  readonly stride?: number;
}

/** The four words of each block: those of the CPU. */
export function drawWords(device: Device, request: DrawRequest): Uint32Array {
  return new Uint32Array(run(device, request, { shader: WORDS, bytes: 16 }));
}

/** Standard draws of a law, two for each pair of draws (`blocks` counts pairs; for signs too). */
export function drawStandard(device: Device, law: DrawnLaw, request: DrawRequest): Float32Array {
  return new Float32Array(run(device, request, { shader: standardShader(law), bytes: 8 }));
}

function run(
  device: Device,
  request: DrawRequest,
  kind: { readonly shader: string; readonly bytes: number },
): ArrayBuffer {
  const { key, first, lane, rows, blocks, from, stride = 1 } = request;
  const pass: Pass = {
    shader: kind.shader,
    parameters: Uint32Array.of(...key, first, lane, rows * blocks, blocks, from, stride, 0, 0),
    bindings: [0],
    groups: [Math.ceil((rows * blocks) / THREADS), 1, 1],
  };
  const bytes = kind.bytes * rows * blocks;
  return device.run({ buffers: [{ bytes }], passes: [pass], reads: [{ buffer: 0, bytes }] })[0]!;
}

function standardShader(law: DrawnLaw): string {
  return drawShader(law) + mainShader("vec2<f32>", "drawPair");
}

function mainShader(type: string, draw: string): string {
  return `
struct Parameters { key: vec4<u32>, replicate: u32, lane: u32, count: u32, blocks: u32, begin: u32, stride: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> draws: array<${type}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= parameters.count) { return; }
  streamKey = parameters.key;
  streamReplicate = parameters.replicate + id.x / parameters.blocks;
  streamLane = parameters.lane;
  draws[id.x] = ${draw}(parameters.begin + parameters.stride * (id.x % parameters.blocks));
}
`;
}

const WORDS = threefryShader + mainShader("vec4<u32>", "streamBlock");
