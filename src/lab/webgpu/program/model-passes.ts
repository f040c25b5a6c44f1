import type { Pass } from "../job.ts";
import { further, type Place } from "../place.ts";
import { activationPass, elementwisePass } from "./elementwise-pass.ts";
import type { ModelPlan, Step } from "./model-plan.ts";
import { matrix, type Operand, productPass, transposed } from "./product-pass.ts";
import { softmaxPass, softmaxTangentPass } from "./softmax-pass.ts";

/** Where a job keeps things; `take` gives a new place for so many numbers a replicate or a row. */
export interface Workspace {
  readonly parameters: Place;
  readonly inputs: Place;
  readonly targets: Place;
  /** A one. */
  readonly one: Place;
  /** What leaves the last step. */
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

/** What a step leaves behind at the point itself. */
export interface PointStep {
  readonly step: Step;
  /** What enters it. */
  readonly entering: Place;
  /** Whether that depends on a parameter. */
  readonly isDependent: boolean;
  /** An activation's f'(z), and for tanh f''(z) dLoss/dh once `backwardPasses` ran. */
  readonly first: Place;
  readonly second: Place | undefined;
  /** Derivative of the loss with respect to what leaves it. */
  cotangent: Place | undefined;
}

/** Forward passes and the loss's derivative, for `count` replicates. */
export function forwardPasses(
  { steps, batch, outputSize, loss }: ModelPlan,
  work: Workspace,
  count: number,
): { readonly passes: readonly Pass[]; readonly points: readonly PointStep[] } {
  const passes: Pass[] = [];
  const points: PointStep[] = [];
  let entering = work.inputs;
  let isDependent = false;
  for (const step of steps) {
    const out = step === steps.at(-1) ? work.outputs : work.takePoint(batch * widthOf(step));
    const point = { step, entering, isDependent, first: out, second: undefined, cotangent: undefined };
    if (step.kind === "dense") {
      passes.push(densePass(step, batch, { x: entering, parameters: work.parameters, out, accumulate: false }, count));
      points.push(point);
      isDependent = true;
    } else {
      const length = batch * step.size;
      const first = work.takePoint(length);
      const second = step.activation === "tanh" ? work.takePoint(length) : undefined;
      passes.push(
        activationPass(step.activation, { z: entering, h: out, first, second: second ?? first }, length, count),
      );
      points.push({ ...point, first, second });
    }
    entering = out;
  }
  const { outputs, targets, residual: out } = work;
  if (loss === "squared") {
    const difference = { kind: "difference", x: outputs, y: targets, out, factor: 1 / batch } as const;
    passes.push(elementwisePass(difference, batch * outputSize, count));
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
  points: readonly PointStep[],
  wanted: { readonly gradients?: Place; readonly curved?: boolean; readonly toInput?: boolean },
  count: number,
): { readonly passes: readonly Pass[]; readonly input: Place | undefined } {
  const passes: Pass[] = [];
  let cotangent = work.residual;
  for (const point of [...points].reverse()) {
    const { step, entering, isDependent, first, second } = point;
    point.cotangent = cotangent;
    if (step.kind === "dense" && wanted.gradients !== undefined) {
      passes.push(...gradientPasses(step, batch, work, { cotangent, x: entering, out: wanted.gradients }, count));
    }
    if (!isDependent && wanted.toInput !== true) return { passes, input: undefined };
    const length = batch * (step.kind === "dense" ? step.columns : step.size);
    const out = work.takePoint(length);
    if (step.kind === "dense") {
      passes.push(pullbackPass(step, batch, { cotangent, parameters: work.parameters, out, accumulate: false }, count));
    } else {
      passes.push(elementwisePass({ kind: "product", x: cotangent, y: first, out }, length, count));
      if (wanted.curved === true && second !== undefined) {
        passes.push(elementwisePass({ kind: "product", x: cotangent, y: second, out: second }, length, count));
      }
    }
    cotangent = out;
  }
  return { passes, input: cotangent };
}

/** Derivatives of all that along `vectors` (R-operator): the Hessian's products, in `products`, for `count` rows. */
export function tangentPasses(
  { batch, outputSize, loss }: ModelPlan,
  work: Workspace,
  atReplicates: readonly PointStep[],
  { vectors, products }: { readonly vectors: Place; readonly products: Place },
  count: number,
): readonly Pass[] {
  const passes: Pass[] = [];
  const points = atReplicates.map((point) => pointSeenFromRow(point, work.seenFromRow));
  const parameters = work.seenFromRow(work.parameters);
  const tangents: (Place | undefined)[] = [];
  let tangent: Place | undefined;
  for (const { step, entering, first } of points) {
    tangents.push(tangent);
    if (step.kind === "activation" && tangent === undefined) continue;
    const out = work.takeRow(batch * widthOf(step));
    if (step.kind === "dense") {
      passes.push(densePass(step, batch, { x: entering, parameters: vectors, out, accumulate: false }, count));
      if (tangent !== undefined) {
        const moved = { ...step, bias: undefined };
        passes.push(densePass(moved, batch, { x: tangent, parameters, out, accumulate: true }, count));
      }
    } else {
      passes.push(elementwisePass({ kind: "product", x: tangent!, y: first, out }, batch * step.size, count));
    }
    tangent = out;
  }
  let moving = work.takeRow(batch * outputSize);
  if (loss === "squared") {
    const multiple = { kind: "multiple", x: tangent!, out: moving, factor: 1 / batch } as const;
    passes.push(elementwisePass(multiple, batch * outputSize, count));
  } else {
    const probabilities = work.seenFromRow(work.probabilities);
    passes.push(softmaxTangentPass({ probabilities, tangent: tangent!, out: moving }, batch, outputSize, count));
  }
  for (const [index, { step, entering, isDependent, first, second, cotangent }] of [...points.entries()].reverse()) {
    const rx = tangents[index];
    if (step.kind === "dense") {
      passes.push(...gradientPasses(step, batch, work, { cotangent: moving, x: entering, out: products }, count));
      if (rx !== undefined)
        passes.push(weightPass(step, batch, { cotangent: cotangent!, x: rx, out: products, accumulate: true }, count));
    }
    if (!isDependent) break;
    const length = batch * (step.kind === "dense" ? step.columns : step.size);
    const out = work.takeRow(length);
    if (step.kind === "dense") {
      const pulled = { cotangent: moving, parameters, out, accumulate: false };
      passes.push(pullbackPass(step, batch, pulled, count));
      passes.push(
        pullbackPass(step, batch, { cotangent: cotangent!, parameters: vectors, out, accumulate: true }, count),
      );
    } else if (second === undefined) {
      passes.push(elementwisePass({ kind: "product", x: moving, y: first, out }, length, count));
    } else {
      const both = { kind: "products", x: moving, y: first, u: second, v: rx!, out } as const;
      passes.push(elementwisePass(both, length, count));
    }
    moving = out;
  }
  return passes;
}

function pointSeenFromRow(point: PointStep, seen: Workspace["seenFromRow"]): PointStep {
  const { entering, first, second, cotangent } = point;
  const optional = (place: Place | undefined) => (place === undefined ? undefined : seen(place));
  return {
    ...point,
    entering: seen(entering),
    first: seen(first),
    second: optional(second),
    cotangent: optional(cotangent),
  };
}

type Dense = Extract<Step, { kind: "dense" }>;

/** Numbers an example that leave a step. */
export function widthOf(step: Step): number {
  return step.kind === "dense" ? step.rows : step.size;
}

/** out = x W^T + b. */
function densePass(
  { rows, columns, weights, bias }: Dense,
  batch: number,
  { x, parameters, out, accumulate }: { x: Place; parameters: Place; out: Place; accumulate: boolean },
  count: number,
): Pass {
  const right = transposed(further(parameters, weights), columns);
  const shift = bias === undefined ? undefined : further(parameters, bias);
  const left = matrix(x, columns);
  return productPass({ rows: batch, columns: rows, terms: columns, left, right, out, accumulate, bias: shift }, count);
}

/** out = cotangent W. */
function pullbackPass(
  { rows, columns, weights }: Dense,
  batch: number,
  { cotangent, parameters, out, accumulate }: { cotangent: Place; parameters: Place; out: Place; accumulate: boolean },
  count: number,
): Pass {
  const right = matrix(further(parameters, weights), columns);
  return productPass(
    { rows: batch, columns, terms: rows, left: matrix(cotangent, rows), right, out, accumulate },
    count,
  );
}

/** Weights' part of `out` = cotangent^T x. */
function weightPass(
  { rows, columns, weights }: Dense,
  batch: number,
  { cotangent, x, out, accumulate }: { cotangent: Place; x: Place; out: Place; accumulate: boolean },
  count: number,
): Pass {
  const left = transposed(cotangent, rows);
  const place = further(out, weights);
  return productPass({ rows, columns, terms: batch, left, right: matrix(x, columns), out: place, accumulate }, count);
}

/** Both parts of a dense layer's gradient; the bias's is a product with a row of ones. */
function gradientPasses(
  step: Dense,
  batch: number,
  work: Workspace,
  { cotangent, x, out }: { cotangent: Place; x: Place; out: Place },
  count: number,
): readonly Pass[] {
  const weights = weightPass(step, batch, { cotangent, x, out, accumulate: false }, count);
  if (step.bias === undefined) return [weights];
  const ones: Operand = { place: work.one, row: 0, column: 0 };
  const right = matrix(cotangent, step.rows);
  const place = further(out, step.bias);
  const sum = productPass({ rows: 1, columns: step.rows, terms: batch, left: ones, right, out: place }, count);
  return [weights, sum];
}
