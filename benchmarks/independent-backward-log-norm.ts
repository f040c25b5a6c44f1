import type { Measure } from "../src/claim/experiment.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import { fillDirection } from "../src/lab/draws/input.ts";
import { weightScale } from "../src/lab/draws/weights.ts";
import { depthOf, slopeOf } from "../src/lab/networks/architecture.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { normalise } from "../src/numerics/log-domain.ts";
import { fillGaussian, openStream, type Stream } from "../src/numerics/random.ts";
import { LANES } from "../src/numerics/stream.ts";
import { type GradientMeasure, gradientMeasures, gradientObservations } from "./gradient-log-norm.ts";
import { propagationCost } from "./propagation-cost.ts";

const exact = (measure: Measure): Measure => ({ ...measure, rounding: "exact" });

const measures: Experiment<GradientMeasure>["measures"] = {
  logGradientFirst: exact(gradientMeasures.logGradientFirst),
  logGradientLast: exact(gradientMeasures.logGradientLast),
  firstLessLast: exact(gradientMeasures.firstLessLast),
  alive: exact(gradientMeasures.alive),
};

/**
 * A sampler that is wrong on purpose, for controls: gradients as if the backward pass met fresh weights, the forward pass's
 * activity pattern kept. It forgets that W^T delta has the component (z . delta) h, which the forward pass has fixed: each W is
 * used twice. Gradients alone hardly show it; how they vary together with the signal does. Not an engine's, so that no engine
 * can be asked for it by mistake. Cost: as law-exact sampling.
 */
export function independentBackwardLogNorm(network: Mlp): Experiment<GradientMeasure> {
  const { draws, multiplyAdds } = propagationCost(network, "law-exact");
  return {
    name: "independent-backward-log-norm",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: { draws: 2 * draws, multiplyAdds: 2 * multiplyAdds, transcendentals: 2 * network.widths.length },
    observe: (context) => observe(network, context),
  };
}

function observe(network: Mlp, { streams }: Context) {
  const depth = depthOf(network);
  const logGradients = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    const { hidden, active } = forward(network, streams.key, streams.first + row);
    const { widths, init } = network;
    const stream = openStream(streams.key, streams.first + row, LANES.backward);
    let delta = new Float64Array(widths[depth]!);
    fillDirection(openStream(streams.key, streams.first + row, LANES.cotangent), delta, 0, delta.length);
    let logDelta = 0;
    for (let layer = depth; layer >= 1; layer--) {
      for (let unit = 0; unit < delta.length; unit++) delta[unit] = delta[unit]! * active[layer - 1]![unit]!;
      logDelta += normalise(delta, 0, delta.length);
      logGradients[row * depth + layer - 1] = logDelta + hidden[layer - 1]!;
      delta = image(stream, widths[layer - 1]!, weightScale(init, widths[layer - 1]!, widths[layer]!));
    }
  }
  return gradientObservations(logGradients, depth);
}

/** By layer: ln of the squared norm before it, and the activation's derivative after it. */
function forward({ widths, init, activation }: Mlp, key: Context["streams"]["key"], replicate: number) {
  const stream = openStream(key, replicate, LANES.weights);
  const hidden: number[] = [];
  const active: Float64Array[] = [];
  let logHidden = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    hidden.push(logHidden);
    const z = image(stream, widths[layer]!, weightScale(init, widths[layer - 1]!, widths[layer]!));
    const derivative = z.map((value) => (value > 0 ? 1 : slopeOf(activation)));
    const h = z.map((value, unit) => value * derivative[unit]!);
    logHidden += normalise(h, 0, h.length);
    active.push(derivative);
  }
  return { hidden, active };
}

/** A fresh W times any unit vector. What comes after a dead layer does not matter: its logarithm stays -Infinity. */
function image(stream: Stream, size: number, scale: number): Float64Array<ArrayBuffer> {
  const drawn = new Float64Array(size);
  fillGaussian(stream, drawn, 0, size);
  return drawn.map((value) => value * scale);
}
