import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { fillInput } from "../../src/lab/draws/input.ts";
import { fillWeights } from "../../src/lab/draws/weights.ts";
import type { Initialisation } from "../../src/lab/networks/network.ts";
import { plainPrimitives } from "../../src/lab/reference/plain-primitives.ts";
import { tanh } from "../../src/numerics/elementary.ts";
import { type Layer, multiply } from "../../src/numerics/matrix.ts";
import { openStream } from "../../src/numerics/random.ts";
import { LANES, type StreamKey } from "../../src/numerics/stream.ts";

/** Layers of one width, each W h through the activation; `layer` counts from 1. */
export interface LayerInNetwork {
  readonly width: number;
  readonly layer: number;
  readonly activation: "tanh" | "linear";
  readonly init: Initialisation;
}

const measures: Experiment<"meanSingularValue">["measures"] = {
  meanSingularValue: {
    kind: "increment",
    rounding: "exact",
    description: "mean of the singular values of the layer's Jacobian",
  },
};

/**
 * Mean singular value of what one layer of a fresh network does to a small change of the layer below, at one input of norm 1:
 * J = diag(activation'(W h)) W. No engine has the singular values of a layer: they are roots of the eigenvalues of J^T J, which
 * takes half the digits of those near 0. Cost: the passes below, and of order 3 width^3.
 */
export function jacobianSingularValues(place: LayerInNetwork): Experiment<"meanSingularValue"> {
  const { width, layer } = place;
  return {
    name: "jacobian-singular-values",
    module: import.meta.url,
    setup: { ...place, init: { ...place.init } as never },
    measures,
    cost: {
      draws: layer * width * width + width,
      multiplyAdds: layer * width * width + 3 * width ** 3,
      transcendentals: layer * width + 3 * width * width,
    },
    observe: (context) => observe(place, context),
  };
}

function observe(place: LayerInNetwork, { streams }: Context) {
  const meanSingularValue = Float64Array.from({ length: streams.count }, (_, row) =>
    meanOfSingularValues(jacobianAt(place, streams.key, streams.first + row), place.width),
  );
  return { meanSingularValue };
}

/** Row-major, one row an output. */
function jacobianAt(place: LayerInNetwork, key: StreamKey, replicate: number): Float64Array {
  const { width, activation, init } = place;
  const weights = new Float64Array(width * width);
  const layer: Layer = { weights, at: 0, fanIn: width, fanOut: width };
  const stream = openStream(key, replicate, LANES.weights);
  let signal = new Float64Array(width);
  fillInput({ input: { law: "sphere" }, width, key }, replicate, signal);
  for (let at = 1; at <= place.layer; at++) {
    const before = new Float64Array(width);
    fillWeights(init, layer, stream);
    multiply(layer, signal, 0, before, 0);
    signal = activation === "tanh" ? before.map(tanh) : before;
  }
  if (activation === "linear") return weights;
  return weights.map((weight, index) => weight * (1 - signal[Math.floor(index / width)]! ** 2));
}

function meanOfSingularValues(jacobian: Float64Array, width: number): number {
  const plain = plainPrimitives();
  const found = width * width;
  const memory = plain.reserve(found + width);
  fillGram(jacobian, width, memory);
  plain.eigenvalues(width, 0, found);
  let sum = 0;
  // a rounding may take a smallest eigenvalue below the zero that it cannot pass
  for (let at = found; at < found + width; at++) sum += Math.sqrt(Math.max(memory[at]!, 0));
  return sum / width;
}

/** The lower triangle of J^T J. */
function fillGram(jacobian: Float64Array, width: number, gram: Float64Array): void {
  gram.fill(0, 0, width * width);
  for (let row = 0; row < jacobian.length; row += width) {
    for (let i = 0; i < width; i++) {
      const left = jacobian[row + i]!;
      for (let j = 0; j <= i; j++) gram[i * width + j]! += left * jacobian[row + j]!;
    }
  }
}
