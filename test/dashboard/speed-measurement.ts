import type { KernelsFile, PeersFile } from "../../dashboard/site/sources/speed-files.ts";
import { HOSTILE } from "./hostile.ts";

/** Numbers made up for the tests of the page: measured nowhere, and about no library. */
const machine = { node: "v20.0.0", platform: "linux x64 0.0", processor: "No processor", cores: 1 };
const flags = { OMP_NUM_THREADS: "1" };

/** One target met, one missed, one row without a target, and one that tries what a file may try. */
export const PEERS: PeersFile = {
  machine,
  core: "1",
  node: "v20.0.0",
  peers: [
    { versions: { torch: "0.0.1" }, flags },
    { versions: { numpy: "0.0.2", [HOSTILE.arm]: HOSTILE.title }, flags },
  ],
  rows: [
    row("signal d=1 L=1 float64", "wasm", [3, 3.5, 4], 2.5),
    row("eigenvalues n=1", "openblas", [0.7, 0.8, 0.9], 0.95),
    row("hessian-vector float64", "wasm", [0.4, 0.5, 0.6]),
    { ...row(HOSTILE.words, "wasm-fast", [90, 100, 110], 100), unit: HOSTILE.title, best: HOSTILE.arm },
  ],
};

/** Of another machine, where the one that missed its target meets it. */
export const OTHER_PEERS: PeersFile = {
  ...PEERS,
  machine: { ...machine, processor: "Another processor" },
  core: null,
  rows: [row("eigenvalues n=1", "openblas", [1.1, 1.2, 1.3], 0.95)],
};

/** One workload on two engines, one of them beyond the limit, and a benchmark without a known one. */
export const KERNELS: KernelsFile = {
  machine,
  limits: { double: 2e10, doubleFused: 4e10, single: 4e10, singleFused: 8e10, words: 5e10, bytes: 2e10 },
  benchmarks: [
    kernel("product n=1 float64, wasm", 0.5),
    kernel("product n=1 float64, openblas", 1.6),
    { file: "numerics", name: "normals", unit: "normals", milliseconds: 1e-5 },
    { file: HOSTILE.arm, name: `${HOSTILE.words}, wasm`, unit: "x", milliseconds: 1, shareOfLimit: 0.25 },
  ],
};

function row(workload: string, engine: string, ratios: readonly number[], target?: number): PeersFile["rows"][number] {
  const aim = target === undefined ? {} : { target };
  return {
    workload,
    engine,
    unit: "units",
    ours: 1000 * ratios[1]!,
    peer: 1000,
    best: "torch: compiled",
    ratios: [...ratios],
    ...aim,
  };
}

function kernel(name: string, shareOfLimit: number): KernelsFile["benchmarks"][number] {
  const needs = { double: 2e6, fused: true };
  return { file: "matrix-products", name, unit: "products", needs, milliseconds: 0.1, shareOfLimit };
}
