import { type EngineName, openEngine } from "../../src/lab/engines.ts";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import type { StreamRange } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";

/** Steps of an optimiser on 4096 neural chains at once. A trajectory step is one step of one chain. */

const TRAJECTORIES = 4096;
/** Enough that drawing and placing the chains is little beside them. */
const STEPS = 500;

const OPTIMISERS: readonly { readonly label: string; readonly optimiser: Optimiser; readonly operations: number }[] = [
  // Prefix, suffix, their product and the step.
  { label: "SGD", optimiser: { name: "gradient-descent", rate: 1e-3 }, operations: 5 },
  {
    label: "Adam",
    optimiser: { name: "adam", rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    operations: 16,
  },
];

export const cases: readonly SpeedCase[] = [
  ...(["reference", "native", "wasm", "wasm-fast"] as const).flatMap((engine) =>
    [16, 64].flatMap((depth) =>
      OPTIMISERS.map(({ label, optimiser, operations }) =>
        chains(label, optimiser, operations * depth, { engine, depth }),
      ),
    ),
  ),
  ...(["native", "wasm"] as const).map(escapes),
];

function chains(
  label: string,
  optimiser: Optimiser,
  double: number,
  { engine, depth }: { readonly engine: EngineName; readonly depth: number },
): SpeedCase {
  const network: Chain = { kind: "chain", depth, activation: "linear", init: xavierUniform };
  return {
    name: `chains ${label} L=${depth} float64, ${engine}`,
    unit: "trajectory steps",
    needs: { double, fused: engine === "wasm-fast", native: engine === "native" },
    open: async () => {
      const { chainTrajectories } = await openEngine(engine);
      return () => {
        chainTrajectories({
          ...{ network, target: 1, optimiser, steps: STEPS, recordEvery: STEPS },
          streams: { key: [1, 2, 3, 4], first: 0, count: TRAJECTORIES },
        });
        return STEPS * TRAJECTORIES;
      };
    },
  };
}

/** A tenth of these chains are followed to the end, when the others have long escaped. */
function escapes(engine: EngineName): SpeedCase {
  const network: Chain = { kind: "chain", depth: 20, activation: "linear", init: xavierUniform };
  const method = { name: "momentum", rate: 0.005, momentum: 0.9, maxSteps: 100_000 } as const;
  const streams: StreamRange = { key: [1, 2, 3, 4], first: 0, count: 256 };
  return {
    name: `escapes by momentum L=20 float64, ${engine}`,
    unit: "chains",
    open: async () => {
      const { chainEscapes } = await openEngine(engine);
      return () => chainEscapes({ network, method, streams }).times.length;
    },
  };
}
