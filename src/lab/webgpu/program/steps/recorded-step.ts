import type { Pass } from "../../job.ts";
import type { Place } from "../../place.ts";

/** What flows between two steps: batch x size numbers. */
export interface Signal {
  readonly place: Place;
  readonly size: number;
  /** Whether it depends on a parameter. */
  readonly isDependent: boolean;
}

/** Passes in the making, each of `count` rows z of places: replicates at the point, pairs (replicate, vector) along vectors. */
export interface Recorder {
  readonly passes: Pass[];
  readonly count: number;
  readonly batch: number;
  readonly parameters: Place;
  /** A one. */
  readonly one: Place;
  /** A number that is read back and is not finite where float32 lost what a step needs. */
  readonly alarm: Place;
  /** A new place for so many numbers a row. */
  readonly take: (length: number) => Place;
}

export interface BackwardRecorder extends Recorder {
  /** Where the parameters' gradients are wanted. */
  readonly gradients: Place | undefined;
  /** Whether products with the Hessian follow. */
  readonly isCurved: boolean;
  /** Whether the derivative with respect to a signal that depends on no parameter is wanted too. */
  readonly isToInput: boolean;
}

export interface TangentRecorder extends Recorder {
  readonly vectors: Place;
  readonly products: Place;
  /** What belongs to a replicate, as rows see it. */
  readonly seen: (place: Place) => Place;
}

/**
 * A step whose passes at the point are recorded. Its other functions record what they say, in this order, each once; the derivatives
 * that they are handed and give are those of its output and its input.
 */
export interface RecordedStep {
  readonly output: Signal;
  /** Backward: gets the loss's derivative with respect to the output, gives that of the input where anybody wants it. */
  readonly backward: (recorder: BackwardRecorder, cotangent: Place) => Place | undefined;
  /** Along the vectors: derivative of the input to that of the output; undefined for a signal that depends on no parameter. */
  readonly tangent: (recorder: TangentRecorder, tangent: Place | undefined) => Place | undefined;
  /** Along the vectors, backward: derivative of the output's cotangent to that of the input's. */
  readonly tangentBackward: (recorder: TangentRecorder, moving: Place) => Place | undefined;
}

/** Whether the derivative with respect to a step's input is wanted. */
export function isWanted({ isToInput }: BackwardRecorder, entering: Signal): boolean {
  return isToInput || entering.isDependent;
}
