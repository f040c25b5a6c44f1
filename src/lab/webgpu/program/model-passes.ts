import type { Pass } from "../job.ts";
import type { Place } from "../place.ts";
import { elementwisePass } from "./elementwise-pass.ts";
import type { ModelPlan } from "./model-plan.ts";
import { softmaxPass, softmaxTangentPass } from "./softmax-pass.ts";
import { recordLayer, throughAll } from "./steps/record-layers.ts";
import type { RecordedStep, Recorder, Signal } from "./steps/recorded-step.ts";

/** Where a job keeps things; `take` gives a new place for so many numbers a replicate or a row. */
export interface Workspace {
  readonly parameters: Place;
  readonly inputs: Place;
  readonly targets: Place;
  /** A one. */
  readonly one: Place;
  /** A number that is read back, and refused where it is not finite. */
  readonly alarm: Place;
  /** What leaves the last layer. */
  readonly outputs: Place;
  /** The loss's derivative there: the residual, of the outputs or of their probabilities, over the batch's size. */
  readonly residual: Place;
  /** Softmax of the outputs, for the cross-entropy. */
  readonly probabilities: Place;
  readonly takePoint: (length: number) => Place;
  readonly takeRow: (length: number) => Place;
  /** What belongs to a replicate, for passes whose z are rows. */
  readonly seenFromRow: (place: Place) => Place;
}

/** A layer of the network at the point itself. */
export interface PointLayer {
  readonly entering: Signal;
  readonly step: RecordedStep;
  /** Derivative of the loss with respect to what leaves it, once `backwardPasses` came to it. */
  cotangent: Place | undefined;
}

/** Forward passes and the loss's derivative, for `count` replicates. */
export function forwardPasses(
  { layers, batch, inputSize, outputSize, loss }: ModelPlan,
  work: Workspace,
  count: number,
): { readonly passes: readonly Pass[]; readonly points: readonly PointLayer[] } {
  const recorder = atPoint(batch, work, count);
  const points: PointLayer[] = [];
  let entering: Signal = { place: work.inputs, size: inputSize, isDependent: false };
  for (const layer of layers) {
    const step = recordLayer(recorder, layer, entering);
    points.push({ entering, step, cotangent: undefined });
    entering = step.output;
  }
  const { passes } = recorder;
  const { outputs, targets, residual: out } = work;
  const length = batch * outputSize;
  passes.push(elementwisePass({ kind: "multiple", x: entering.place, out: outputs, factor: 1 }, length, count));
  if (loss === "squared") {
    const difference = { kind: "difference", x: outputs, y: targets, out, factor: 1 / batch } as const;
    passes.push(elementwisePass(difference, length, count));
  } else passes.push(softmaxPass({ ...work, classes: targets }, batch, outputSize, count));
  return { passes, points };
}

/**
 * Backward passes; with `gradients` the parameters' gradients too, with `curved` what products with the Hessian need. `input` is the
 * loss's derivative with respect to the input where `toInput` asks for it.
 */
export function backwardPasses(
  { batch }: ModelPlan,
  work: Workspace,
  points: readonly PointLayer[],
  wanted: { readonly gradients?: Place; readonly curved?: boolean; readonly toInput?: boolean },
  count: number,
): { readonly passes: readonly Pass[]; readonly input: Place | undefined } {
  const { gradients, curved: isCurved = false, toInput: isToInput = false } = wanted;
  const recorder = { ...atPoint(batch, work, count), gradients, isCurved, isToInput };
  const input = throughAll(points, work.residual, (point, cotangent) => {
    point.cotangent = cotangent;
    return point.step.backward(recorder, cotangent);
  });
  return { passes: recorder.passes, input };
}

/** Derivatives of all that along `vectors` (R-operator): the Hessian's products, in `products`, for `count` rows. */
export function tangentPasses(
  { batch, outputSize, loss }: ModelPlan,
  work: Workspace,
  points: readonly PointLayer[],
  { vectors, products }: { readonly vectors: Place; readonly products: Place },
  count: number,
): readonly Pass[] {
  const { takeRow: take, seenFromRow: seen } = work;
  const parameters = seen(work.parameters);
  const recorder = { ...atPoint(batch, work, count), parameters, take, seen, vectors, products };
  const { passes } = recorder;
  let tangent: Place | undefined;
  for (const { step } of points) tangent = step.tangent(recorder, tangent);
  const moving = take(batch * outputSize);
  if (loss === "squared") {
    const multiple = { kind: "multiple", x: tangent!, out: moving, factor: 1 / batch } as const;
    passes.push(elementwisePass(multiple, batch * outputSize, count));
  } else {
    const probabilities = seen(work.probabilities);
    passes.push(softmaxTangentPass({ probabilities, tangent: tangent!, out: moving }, batch, outputSize, count));
  }
  throughAll(points, moving, ({ step }, place) => step.tangentBackward(recorder, place));
  return passes;
}

function atPoint(batch: number, { parameters, one, alarm, takePoint: take }: Workspace, count: number): Recorder {
  return { passes: [], count, batch, parameters, one, alarm, take };
}
