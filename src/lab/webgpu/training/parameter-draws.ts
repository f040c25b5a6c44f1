import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import { weightScale } from "../../draws/weights.ts";
import { type PlacedLayer, placeLayers } from "../../networks/layered-network.ts";
import type { Initialisation, LayeredNetwork } from "../../networks/network.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { type DrawnLaw, drawShader } from "../shaders/draw-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/** Parameters `offset` to `offset + length` of a network, draws `start`, `start + 1`, ... of a law, times `scale`. */
export interface ArrayDraws {
  readonly law: DrawnLaw;
  readonly offset: number;
  readonly length: number;
  readonly start: number;
  readonly scale: number;
}

/** Which draws of lane `weights` make a network's parameters, and the numbers (0 but for multipliers) that they are added to. */
export interface ParameterDraws {
  readonly drawn: readonly ArrayDraws[];
  readonly constants: Float64Array;
}

/** Those of `drawParameters`; undefined where a law is none that the shaders draw. */
export function parameterDraws(network: LayeredNetwork, count: number): ParameterDraws | undefined {
  const { init } = network;
  const law = drawnLawOf(init);
  if (law === undefined) return undefined;
  const drawn: ArrayDraws[] = [];
  const constants = new Float64Array(count);
  let position = 0;
  const take = (
    of: DrawnLaw,
    { offset, length }: { readonly offset: number; readonly length: number },
    scale: number,
  ) => {
    const { start, end } = FILLS[of](position, length);
    drawn.push({ law: of, offset, length, start, scale });
    position = end;
  };
  const visit = ({ description, arrays: [weights, bias], branch }: PlacedLayer) => {
    if (description.kind === "dense" || description.kind === "convolution") {
      const { rows, columns } = weights!;
      const places = description.kind === "convolution" ? description.size ** 2 : 1;
      const gain = (init.gain * columns) / ((columns + places * rows) / 2);
      const own: Initialisation = init.fan === "in" || places === 1 ? init : { ...init, fan: "in", gain };
      if (description.initial !== "zero") take(law, weights!, weightScale(own, columns, rows));
      const deviation = description.bias === "none" ? 0 : description.bias.standardDeviation;
      if (bias !== undefined && deviation !== 0) take("gaussian", bias, deviation);
    } else if (description.kind === "multiplier") {
      constants.fill(description.initial, weights!.offset, weights!.offset + weights!.length);
    }
    branch.forEach(visit);
  };
  placeLayers(network).forEach(visit);
  return { drawn, constants };
}

function drawnLawOf({ law }: Initialisation): DrawnLaw | undefined {
  return law === "gaussian" || law === "uniform" || law === "rademacher" ? law : undefined;
}

/** First draw of a fill and the stream's position behind it, counted in uniforms, as `numerics/random.ts` says. */
const FILLS: {
  readonly [law in DrawnLaw]: (position: number, length: number) => { readonly start: number; readonly end: number };
} = {
  uniform: (position, length) => ({ start: position, end: position + length }),
  gaussian: (position, length) => {
    const block = Math.ceil(position / 2);
    return { start: 2 * block, end: 2 * (block + Math.ceil(length / 2)) };
  },
  rademacher: (position, length) => {
    const block = Math.ceil(position / 2);
    return { start: 128 * block, end: 2 * (block + Math.ceil(length / 128)) };
  },
};

/** out = base + scale * draws, for `count` rows z, which are the replicates from `first` on. A draw is off by 14 units of 2^-23. */
export function drawPass(
  { law, offset, length, start, scale }: ArrayDraws,
  {
    out,
    base,
    key,
    first,
  }: { readonly out: Place; readonly base: Place; readonly key: StreamKey; readonly first: number },
  count: number,
): Pass {
  const head = [...key, ...placeWords(out), ...placeWords(base), first, LANES.weights, start, offset, length];
  const parameters = Uint32Array.of(...head, 0, 0, 0);
  new Float32Array(parameters.buffer)[head.length] = scale;
  return { shader: drawShader(law) + MAIN, bindings: [0], groups: [Math.ceil(length / THREADS), 1, count], parameters };
}

const MAIN = `${PLACE_SHADER}
struct Parameters {
  key: vec4<u32>, out: Place, base: Place, replicate: u32, lane: u32, start: u32, offset: u32, length: u32, scale: f32,
}
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let index = group.x * ${THREADS}u + thread;
  if (index >= p.length) { return; }
  streamKey = p.key;
  streamReplicate = p.replicate + group.z;
  streamLane = p.lane;
  let draw = drawsAt(p.start + index).x;
  let at = p.offset + index;
  numbers[locate(p.out, group.z) + at] = numbers[locate(p.base, group.z) + at] + p.scale * draw;
}
`;

/** x += factor * (Gaussian draw of lane `noise`), entry by entry; step s takes the s-th fill of `length`. */
export function noisePass(
  { x, step, key, first }: { readonly x: Place; readonly step: Place; readonly key: StreamKey; readonly first: number },
  { length, factor }: { readonly length: number; readonly factor: number },
  count: number,
): Pass {
  const head = [...key, ...placeWords(x), first, LANES.noise, step.begin, length];
  const parameters = Uint32Array.of(...head, 0, 0, 0, 0);
  new Float32Array(parameters.buffer)[head.length] = factor;
  return {
    shader: drawShader("gaussian") + NOISE,
    bindings: [0],
    groups: [Math.ceil(length / 2 / THREADS), 1, count],
    parameters,
  };
}

const NOISE = `${PLACE_SHADER}
struct Parameters { key: vec4<u32>, x: Place, replicate: u32, lane: u32, step: u32, length: u32, factor: f32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let pair = group.x * ${THREADS}u + thread;
  let pairs = (p.length + 1u) / 2u;
  if (pair >= pairs) { return; }
  streamKey = p.key;
  streamReplicate = p.replicate + group.z;
  streamLane = p.lane;
  let draws = drawPair(u32(numbers[p.step]) * pairs + pair);
  let at = locate(p.x, group.z) + 2u * pair;
  numbers[at] += p.factor * draws.x;
  if (2u * pair + 1u < p.length) { numbers[at + 1u] += p.factor * draws.y; }
}
`;
