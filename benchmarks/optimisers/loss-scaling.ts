import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { differingBytes } from "./differing-bytes.ts";

export type ScalingMeasure = "differingBytes" | "differs";

const measures: Experiment<ScalingMeasure>["measures"] = {
  differingBytes: {
    kind: "raw",
    rounding: "underived",
    description: "bytes of the outputs along the way and of the last weights that differ from those without the factor",
  },
  differs: { kind: "bounded", rounding: "underived", range: [0, 1], description: "1 when some byte differs" },
};

/** Every output is recorded: a difference that later steps undo is still seen. */
const RECORD_EVERY = 1;

/** A chain's trajectory with the loss times `factor`, beside that of the same chain with the plain loss. */
export function lossScaling(
  network: Chain,
  optimiser: Optimiser,
  options: { readonly factor: number; readonly steps: number },
): Experiment<ScalingMeasure> {
  const { depth } = network;
  return {
    name: "loss-scaling",
    module: import.meta.url,
    setup: { network: { ...network } as never, optimiser: { ...optimiser }, ...options },
    measures,
    cost: { draws: 2 * depth, multiplyAdds: 30 * depth * options.steps },
    observe: (context) => observe(network, optimiser, options, context),
  };
}

function observe(
  network: Chain,
  optimiser: Optimiser,
  { factor, steps }: { readonly factor: number; readonly steps: number },
  { engine, streams }: Context,
) {
  const request = { network, optimiser, target: 1, steps, recordEvery: RECORD_EVERY, streams };
  const plain = engine.chainTrajectories(request);
  const scaled = engine.chainTrajectories({ ...request, lossScale: factor });
  const bytes = new Float64Array(streams.count);
  const records = 1 + steps / RECORD_EVERY;
  const rows = (values: Float64Array, row: number, width: number) => values.subarray(row * width, (row + 1) * width);
  for (let row = 0; row < streams.count; row++) {
    bytes[row] =
      differingBytes(rows(plain.outputs, row, records), rows(scaled.outputs, row, records)) +
      differingBytes(rows(plain.weights, row, network.depth), rows(scaled.weights, row, network.depth));
  }
  return { differingBytes: bytes, differs: bytes.map((count) => (count > 0 ? 1 : 0)) };
}
