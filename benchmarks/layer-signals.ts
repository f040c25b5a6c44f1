import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { BatchLaw } from "../src/lab/contract/model-request.ts";
import type { Passes } from "../src/lab/contract/passes.ts";
import { layerSizes, parameterCount } from "../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../src/lab/networks/network.ts";
import { exp } from "../src/numerics/elementary.ts";

export type SignalMeasure = "forwardChange" | "backwardChange" | "isometryOff" | "normAUnit" | "changedBytes" | "alive";

const measures: Experiment<SignalMeasure>["measures"] = {
  forwardChange: {
    kind: "log",
    rounding: "forward",
    description: "ln of the factor of the mean squared norm from the first point to the last",
  },
  backwardChange: {
    kind: "log",
    rounding: "backward",
    description: "ln of the factor of the gradient's squared norm from the last point to the first",
  },
  isometryOff: {
    kind: "raw",
    rounding: "isometry",
    description: "the larger size of the two changes, a layer: how far from an isometry",
  },
  normAUnit: {
    kind: "raw",
    rounding: "growth",
    description: "growth of the mean squared norm a layer and unit from the first point to the last",
  },
  changedBytes: {
    kind: "raw",
    rounding: "underived",
    description: "bytes of the logarithms of both norms that differ from the first point's",
  },
  alive: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when neither signal is exactly zero at either point",
  },
};

/**
 * A target so far off that the gradient at the output, the output less the target, is the same for all weights to a millionth:
 * what comes back then does not depend on the output.
 */
const FAR = { constant: 1e6 } as const;

/**
 * Sizes of the signals on the way through a fresh network and back, between two points: the input is point 0, and what leaves
 * layer l of `network.layers` point l. `layers` lie between them, in the paper's sense of one. Cost: three passes.
 */
export function layerSignals(
  network: LayeredNetwork,
  options: { readonly from: number; readonly to: number; readonly layers: number; readonly batch?: number },
): Experiment<SignalMeasure> {
  const { from, to, layers, batch = 1 } = options;
  const parameters = parameterCount(network);
  return {
    name: "layer-signals",
    module: import.meta.url,
    setup: { network: { ...network } as never, from, to, layers, batch },
    measures,
    passes: { network, batch: batchOf(batch), from, to, layers } satisfies Passes as never,
    cost: { draws: parameters, multiplyAdds: 3 * batch * parameters, transcendentals: 2 * network.layers.length },
    observe: (context) => observe(network, { from, to, layers, batch }, context),
  };
}

function observe(
  network: LayeredNetwork,
  {
    from,
    to,
    layers,
    batch,
  }: { readonly from: number; readonly to: number; readonly layers: number; readonly batch: number },
  { engine, streams }: Context,
) {
  const { logForward, logBackward } = engine.layerNorms({ network, loss: "squared", batch: batchOf(batch), streams });
  const sizes = layerSizes(network);
  const points = sizes.length;
  const column = () => new Float64Array(streams.count);
  const seen = {
    forwardChange: column(),
    backwardChange: column(),
    isometryOff: column(),
    normAUnit: column(),
    changedBytes: column(),
    alive: column(),
  };
  for (let row = 0; row < streams.count; row++) {
    const [first, last] = [row * points + from, row * points + to];
    const ends = [logForward[first]!, logForward[last]!, logBackward[first]!, logBackward[last]!];
    seen.alive[row] = ends.includes(Number.NEGATIVE_INFINITY) ? 0 : 1;
    seen.forwardChange[row] = change(logForward[first]!, logForward[last]!);
    seen.backwardChange[row] = change(logBackward[last]!, logBackward[first]!);
    seen.isometryOff[row] = Math.max(Math.abs(seen.forwardChange[row]!), Math.abs(seen.backwardChange[row]!)) / layers;
    seen.normAUnit[row] = (exp(logForward[last]!) - exp(logForward[first]!)) / (layers * sizes[to]!);
    seen.changedBytes[row] = differingBytes(logForward, first, last) + differingBytes(logBackward, first, last);
  }
  return seen;
}

function batchOf(size: number): BatchLaw {
  return { size, inputs: "sphere", targets: FAR };
}

/** A signal that was zero before has lost nothing: -Infinity is for one that died on the way. */
function change(before: number, after: number): number {
  return before === Number.NEGATIVE_INFINITY ? 0 : after - before;
}

/** Over all entries from `first` to `last`, how many of their 8 bytes differ from those of `first`. */
function differingBytes(values: Float64Array, first: number, last: number): number {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let differing = 0;
  for (let entry = first; entry <= last; entry++) {
    for (let byte = 0; byte < 8; byte++) if (bytes[8 * entry + byte] !== bytes[8 * first + byte]) differing++;
  }
  return differing;
}
