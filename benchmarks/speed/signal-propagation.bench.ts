import { type EngineName, openEngine } from "../../src/lab/engines.ts";
import { heNormal, mlp } from "../../src/lab/networks/network.ts";
import type { Needs, SpeedCase } from "../../src/speed/speed-case.ts";

/**
 * W1: ReLU networks with fresh He-normal weights, one input each, forward and backward in the log domain, and the norm of every
 * layer's gradient. The work is counted in full, although an engine may leave out weights that meet a zero.
 */

const SIZES = [
  { width: 32, depth: 128, replicates: 16 },
  { width: 128, depth: 64, replicates: 2 },
  { width: 512, depth: 64, replicates: 1 },
] as const;
/** The size of the script that most people would write. */
const SCRIPT = { width: 16, depth: 64, replicates: 64 };

export const cases: readonly SpeedCase[] = [
  ...SIZES.flatMap((size) => [
    ...(["native", "wasm"] as const).flatMap((engine) => [
      signal(`signal d=${size.width} L=${size.depth} float64`, engine, size, doubles(size)),
      signal(`signal d=${size.width} L=${size.depth} float32`, `${engine}-fast`, size, singles(size)),
      lawExact(`law-exact d=${size.width} L=${size.depth} float64`, engine, size),
      lawExact(`law-exact d=${size.width} L=${size.depth} float32`, `${engine}-fast`, size),
    ]),
  ]),
  signal("plain script d=16 L=64 float64", "native", SCRIPT, doubles(SCRIPT)),
  signal("plain script d=16 L=64 float64", "wasm", SCRIPT, doubles(SCRIPT)),
  signal("plain script d=16 L=64 float64", "reference", SCRIPT),
];

/** Networks go side by side here, so a call has enough of them to fill the lanes. */
function lawExact(name: string, engine: EngineName, size: Size): SpeedCase {
  return signal(name, engine, { ...size, replicates: 64 }, undefined, "law-exact");
}

type Size = { readonly width: number; readonly depth: number; readonly replicates: number };

/** A normal as in random-draws.bench.ts, and two multiply-adds a weight. */
function doubles({ width, depth }: Size): Needs {
  const weights = width * width * depth;
  return { words: 112.5 * weights, double: (37.5 + 4) * weights };
}

/** A float32 normal takes one word and half the lanes' time. */
function singles({ width, depth }: Size): Needs {
  const weights = width * width * depth;
  return { words: 56.25 * weights, single: (25 + 4) * weights, fused: true };
}

function signal(
  name: string,
  engine: EngineName,
  { width, depth, replicates }: Size,
  needs?: Needs,
  sampling?: "law-exact",
): SpeedCase {
  const network = mlp({ width, depth, activation: "relu", init: heNormal });
  return {
    name: `${name}, ${engine}`,
    unit: "networks",
    ...(needs ? { needs: { ...needs, native: engine.startsWith("native") } } : {}),
    open: async () => {
      const { backpropagate } = await openEngine(engine);
      return (call) => {
        const streams = { key: [1, 2, 3, 4], first: (call % 4096) * replicates, count: replicates } as const;
        backpropagate({ network, input: { law: "basis" }, streams, ...(sampling ? { sampling } : {}) });
        return replicates;
      };
    },
  };
}
