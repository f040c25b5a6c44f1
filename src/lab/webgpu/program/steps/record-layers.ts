import { refuseUnknown } from "../../../networks/kinds.ts";
import type { PlacedLayer } from "../../../networks/layered-network.ts";
import type { Place } from "../../place.ts";
import type { ActivationName } from "../elementwise-pass.ts";
import { recordActivation } from "./activation-step.ts";
import { recordConvolution } from "./convolution-step.ts";
import { recordDense } from "./dense-step.ts";
import { recordMultiplier } from "./multiplier-step.ts";
import { recordNormalisation } from "./normalisation-step.ts";
import type { RecordedStep, Recorder, Signal } from "./recorded-step.ts";
import { recordResidual } from "./residual-step.ts";

/** Records one layer's forward passes, whatever its kind. */
export function recordLayer(recorder: Recorder, layer: PlacedLayer, entering: Signal): RecordedStep {
  const { description, arrays } = layer;
  switch (description.kind) {
    case "dense":
      return recordDense(recorder, arrays, entering);
    case "convolution":
      return recordConvolution(recorder, layer, entering);
    case "activation":
      return recordActivation(recorder, description.activation as ActivationName, entering);
    case "batch-normalisation":
    case "layer-normalisation":
      return recordNormalisation(recorder, layer, description.epsilon, entering);
    case "multiplier":
      return recordMultiplier(recorder, arrays, entering);
    case "residual":
      return recordResidual(recorder, description.scale, (x) => recordStack(recorder, layer.branch, x), entering);
    default:
      return refuseUnknown("a layer", description);
  }
}

/** Several layers as if they were one. */
function recordStack(recorder: Recorder, layers: readonly PlacedLayer[], entering: Signal): RecordedStep {
  const steps: RecordedStep[] = [];
  for (const layer of layers) steps.push(recordLayer(recorder, layer, steps.at(-1)?.output ?? entering));
  return {
    output: steps.at(-1)!.output,
    backward: (back, cotangent) => throughAll(steps, cotangent, (step, place) => step.backward(back, place)),
    tangent(rows, tangent) {
      let along = tangent;
      for (const step of steps) along = step.tangent(rows, along);
      return along;
    },
    tangentBackward: (rows, moving) => throughAll(steps, moving, (step, place) => step.tangentBackward(rows, place)),
  };
}

/** From the last step to the first whose gradients or input anybody wants. */
export function throughAll<Step>(
  steps: readonly Step[],
  cotangent: Place,
  back: (step: Step, cotangent: Place) => Place | undefined,
): Place | undefined {
  let place: Place | undefined = cotangent;
  for (let index = steps.length - 1; index >= 0 && place !== undefined; index--) place = back(steps[index]!, place);
  return place;
}
