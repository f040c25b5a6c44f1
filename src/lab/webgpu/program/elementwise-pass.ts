import { slopeOf } from "../../networks/architecture.ts";
import type { Activation, SmoothActivation } from "../../networks/network.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { sigmoidShader, tanhShader } from "../shaders/tanh-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/** Entry by entry over `length` numbers; a `scalar` is one number of each row. */
export type Elementwise =
  /** out = factor (x - y) */
  | { readonly kind: "difference"; readonly x: Place; readonly y: Place; readonly out: Place; readonly factor: number }
  /** out = x + factor y */
  | { readonly kind: "sum"; readonly x: Place; readonly y: Place; readonly out: Place; readonly factor: number }
  /** out = factor x */
  | { readonly kind: "multiple"; readonly x: Place; readonly out: Place; readonly factor: number }
  /** out = scalar x */
  | { readonly kind: "scaled"; readonly x: Place; readonly scalar: Place; readonly out: Place }
  /** out = scalar x + other y */
  | {
      readonly kind: "both-scaled";
      readonly x: Place;
      readonly scalar: Place;
      readonly y: Place;
      readonly other: Place;
      readonly out: Place;
    }
  /** out = x y */
  | { readonly kind: "product"; readonly x: Place; readonly y: Place; readonly out: Place }
  /** out = x y + u v */
  | {
      readonly kind: "products";
      readonly x: Place;
      readonly y: Place;
      readonly u: Place;
      readonly v: Place;
      readonly out: Place;
    };

/** The same for `count` rows z of places. */
export function elementwisePass(operation: Elementwise, length: number, count: number): Pass {
  const { kind, x, out } = operation;
  const y = "y" in operation ? operation.y : x;
  const [u, v] =
    kind === "products"
      ? [operation.u, operation.v]
      : ["scalar" in operation ? operation.scalar : x, "other" in operation ? operation.other : x];
  return {
    shader: elementwiseShader(EXPRESSIONS[kind]),
    ...sizes(length, count),
    parameters: parametersOf([x, y, u, v, out], length, "factor" in operation ? operation.factor : 1),
  };
}

/** Activations that the shaders have. */
export type ActivationName = Activation | CurvedActivation;
type CurvedActivation = Extract<SmoothActivation, "tanh" | "sigmoid">;

export function isCurved(activation: Activation | SmoothActivation): activation is CurvedActivation {
  return activation === "tanh" || activation === "sigmoid";
}

/** h = f(z) and f'(z), and f''(z) for curved activations. */
export function activationPass(
  activation: ActivationName,
  places: { readonly z: Place; readonly h: Place; readonly first: Place; readonly second: Place },
  length: number,
  count: number,
): Pass {
  const { z, h, first, second } = places;
  const slope = isCurved(activation) ? 0 : slopeOf(activation);
  return {
    shader: isCurved(activation) ? CURVED[activation] : PIECEWISE,
    ...sizes(length, count),
    parameters: parametersOf([z, h, first, second, second], length, slope),
  };
}

function sizes(length: number, count: number): Pick<Pass, "bindings" | "groups"> {
  return { bindings: [0], groups: [Math.ceil(length / THREADS), 1, count] };
}

function parametersOf(places: readonly Place[], length: number, factor: number): Uint32Array<ArrayBuffer> {
  const words = Uint32Array.of(...places.flatMap(placeWords), length, 0);
  new Float32Array(words.buffer)[words.length - 1] = factor;
  return words;
}

const EXPRESSIONS: Readonly<Record<Elementwise["kind"], string>> = {
  difference: "p.factor * (numbers[x] - numbers[y])",
  sum: "numbers[x] + p.factor * numbers[y]",
  multiple: "p.factor * numbers[x]",
  scaled: "numbers[locate(p.u, group.z)] * numbers[x]",
  "both-scaled": "numbers[locate(p.u, group.z)] * numbers[x] + numbers[locate(p.v, group.z)] * numbers[y]",
  product: "numbers[x] * numbers[y]",
  products: "numbers[x] * numbers[y] + numbers[u] * numbers[v]",
};

const HEAD = `${PLACE_SHADER}
struct Parameters { x: Place, y: Place, u: Place, v: Place, out: Place, length: u32, factor: f32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
`;

const ENTRY = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let index = group.x * ${THREADS}u + thread;
  if (index >= p.length) { return; }
`;

function elementwiseShader(expression: string): string {
  return `${HEAD}${ENTRY}
  let x = locate(p.x, group.z) + index;
  let y = locate(p.y, group.z) + index;
  let u = locate(p.u, group.z) + index;
  let v = locate(p.v, group.z) + index;
  numbers[locate(p.out, group.z) + index] = ${expression};
}
`;
}

/** Places are z, h, f', f''. */
const PIECEWISE = `${HEAD}${ENTRY}
  let z = numbers[locate(p.x, group.z) + index];
  let slope = select(p.factor, 1.0, z > 0.0);
  numbers[locate(p.y, group.z) + index] = slope * z;
  numbers[locate(p.u, group.z) + index] = slope;
}
`;

const CURVED: Readonly<Record<CurvedActivation, string>> = {
  tanh: curvedShader(tanhShader, "tanhAndDerivatives"),
  sigmoid: curvedShader(sigmoidShader, "sigmoidAndDerivatives"),
};

function curvedShader(functions: string, name: string): string {
  return `${functions}${HEAD}${ENTRY}
  let values = ${name}(numbers[locate(p.x, group.z) + index]);
  numbers[locate(p.y, group.z) + index] = values.x;
  numbers[locate(p.u, group.z) + index] = values.y;
  numbers[locate(p.v, group.z) + index] = values.z;
}
`;
}
