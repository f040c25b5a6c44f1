import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { TrajectoryRequest } from "../../src/lab/contract/model-request.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { differingBytes } from "./differing-bytes.ts";
import type { ScalingMeasure } from "./loss-scaling.ts";

const measures: Experiment<ScalingMeasure>["measures"] = {
  differingBytes: {
    kind: "raw",
    rounding: "underived",
    description: "bytes of the parameters after the last step that differ from those without the factor",
  },
  differs: { kind: "bounded", rounding: "underived", range: [0, 1], description: "1 when some byte differs" },
};

/**
 * So far a target that f - target is -target to the last bit: the loss is linear in f, and a target times 2^k is a gradient
 * times 2^k, exactly. With a factor of 2^-20 this holds for outputs below 2^216; fifty steps of Adagrad bring those of one in twenty networks
 * of depth 40 above 2^127. Squares of gradients stay finite as long as those of the output are below 2^221.
 */
const FAR = 2 ** 290;

/** What is done twice, once with all gradients times `factor`. */
export interface GradientScaling {
  readonly optimiser: Optimiser;
  readonly steps: number;
  /** A power of two that multiplies the gradient. */
  readonly factor: number;
  /** Standard deviation of the noise in each entry of the plain gradient, over the target. */
  readonly noise: number;
  /** Whether the noise is multiplied by the factor too, as that of a stochastic gradient is. */
  readonly noiseScales: boolean;
}

/** Noisy training of a network beside that of the same network with all gradients times a factor. */
export function gradientScaling(network: LayeredNetwork, scaling: GradientScaling): Experiment<ScalingMeasure> {
  const count = parameterCount(network);
  return {
    name: "gradient-scaling",
    module: import.meta.url,
    setup: { network: { ...network } as never, ...scaling } as never,
    measures,
    cost: { draws: 2 * count * (1 + scaling.steps), multiplyAdds: 12 * count * scaling.steps },
    observe: (context) => observe(network, scaling, context),
  };
}

function observe(
  network: LayeredNetwork,
  { optimiser, steps, factor, noise, noiseScales }: GradientScaling,
  { engine, streams }: Context,
) {
  const train = (target: number, deviation: number) => {
    const request: TrajectoryRequest = {
      network,
      loss: "squared",
      batch: { size: 1, inputs: "sphere", targets: { constant: target } },
      optimiser,
      steps,
      recordEvery: steps,
      noise: deviation,
      streams,
    };
    return engine.trajectories(request).parameters;
  };
  const plain = train(FAR, FAR * noise);
  const scaled = train(FAR * factor, FAR * noise * (noiseScales ? factor : 1));
  const count = plain.length / streams.count;
  const bytes = Float64Array.from({ length: streams.count }, (_, row) =>
    differingBytes(plain.slice(row * count, (row + 1) * count), scaled.slice(row * count, (row + 1) * count)),
  );
  return { differingBytes: bytes, differs: bytes.map((differing) => (differing > 0 ? 1 : 0)) };
}
