import type { CasePlace } from "../../../src/speed/find-cases.ts";

/** A workload that peers have too: `name` as in the Python scripts, and our benchmarks of the same work, one an engine. */
export interface Workload {
  readonly name: string;
  readonly unit: string;
  readonly ours: readonly Ours[];
}

export interface Ours {
  readonly engine: string;
  readonly place: CasePlace;
  /** What our rate over the best peer's is to be, set from an earlier measurement of the same peers; absent: shown only. */
  readonly target?: number;
}

const SIGNAL = [
  { width: 32, depth: 128 },
  { width: 128, depth: 64 },
  { width: 512, depth: 64 },
] as const;

/** What native's rate over the best peer's is to be, by width. */
const SIGNAL_TARGETS = { 32: 10, 128: 10, 512: 9 } as const;

export const workloads: readonly Workload[] = [
  ...SIGNAL.flatMap(({ width, depth }) => [
    workload("signal-propagation", `signal d=${width} L=${depth} float64`, "networks", {
      native: SIGNAL_TARGETS[width],
      wasm: 2.7,
    }),
    workload("signal-propagation", `signal d=${width} L=${depth} float32`, "networks", {
      "native-fast": undefined,
      "wasm-fast": 1.3,
    }),
  ]),
  workload("signal-propagation", "plain script d=16 L=64 float64", "networks", { native: 250, wasm: 100 }),
  workload("random-draws", "normals float64", "normals", { native: 3, wasm: 1.3 }),
  workload("random-draws", "normals float32", "normals", { "wasm-fast": 1.3 }),
  workload("curvature", "gradient float64", "gradients", {
    native: 1.3,
    "native-fast": undefined,
    openblas: 1,
    wasm: 0.7,
  }),
  workload("curvature", "hessian-vector float64", "products", {
    native: 1.6,
    "native-fast": undefined,
    openblas: 1.2,
    "wasm-fast": 0.9,
    wasm: undefined,
  }),
  ...["SGD", "Adam"].map((method) =>
    workload("training", `training ${method} float64`, "steps", {
      native: 1.3,
      "native-fast": undefined,
      openblas: 1.1,
      "wasm-fast": 0.8,
      wasm: undefined,
    }),
  ),
  ...[
    ["digits SGD", "steps"],
    ["digits Adam", "steps"],
    ["extreme eigenvalues", "spectra"],
    ["convolution gradient", "gradients"],
    ["residual gradient", "gradients"],
  ].map(([name, unit]) =>
    workload("layered-networks", `${name!} float64`, unit!, {
      native: undefined,
      "native-fast": undefined,
      openblas: undefined,
      wasm: undefined,
    }),
  ),
  ...[16, 64].flatMap((depth) => [
    workload("chain-trajectories", `chains SGD L=${depth} float64`, "trajectory steps", { native: 4, wasm: 2.5 }),
    workload("chain-trajectories", `chains Adam L=${depth} float64`, "trajectory steps", { native: 2, wasm: 1 }),
  ]),
  ...[256, 512].map((n) =>
    workload("eigenvalues", `eigenvalues n=${n}`, "spectra", { native: 1, openblas: 0.95, wasm: 0.4 }),
  ),
  ...[32, 128, 512].map((n) =>
    workload("matrix-products", `product n=${n} float64`, "products", {
      native: undefined,
      wasm: undefined,
      openblas: undefined,
    }),
  ),
];

function workload(
  file: string,
  name: string,
  unit: string,
  targets: { readonly [engine: string]: number | undefined },
): Workload {
  const ours = Object.entries(targets).map(([engine, target]) => ({
    engine,
    place: { file, name: `${name}, ${engine}`, unit },
    ...(target === undefined ? {} : { target }),
  }));
  return { name, unit, ours };
}
