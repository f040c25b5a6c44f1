import type { ParameterArray } from "../../../networks/layered-network.ts";
import { further, type Place } from "../../place.ts";
import { matrix, type Operand, productPass, transposed } from "../product-pass.ts";
import { isWanted, type RecordedStep, type Recorder, type Signal } from "./recorded-step.ts";

/** z = x W^T + b. */
export function recordDense(recorder: Recorder, arrays: readonly ParameterArray[], entering: Signal): RecordedStep {
  const layer = layerOf(arrays);
  const { rows, columns } = layer;
  const out = recorder.take(recorder.batch * rows);
  apply(recorder, layer, { x: entering.place, parameters: recorder.parameters, out });
  let cotangent = out;
  let along: Place | undefined;
  return {
    output: { place: out, size: rows, isDependent: true },
    backward(back, dz) {
      cotangent = dz;
      if (back.gradients !== undefined)
        gradient(back, layer, { cotangent: dz, x: entering.place, out: back.gradients });
      if (!isWanted(back, entering)) return undefined;
      const dx = back.take(back.batch * columns);
      pullback(back, layer, { cotangent: dz, parameters: back.parameters, out: dx });
      return dx;
    },
    tangent(rows_, rx) {
      along = rx;
      const rz = rows_.take(rows_.batch * rows);
      apply(rows_, layer, { x: rows_.seen(entering.place), parameters: rows_.vectors, out: rz });
      const unbiased = { ...layer, bias: undefined };
      if (rx !== undefined) apply(rows_, unbiased, { x: rx, parameters: rows_.parameters, out: rz, accumulate: true });
      return rz;
    },
    tangentBackward(rows_, moving) {
      const dz = rows_.seen(cotangent);
      const { products, vectors, parameters } = rows_;
      gradient(rows_, layer, { cotangent: moving, x: rows_.seen(entering.place), out: products });
      if (along !== undefined) weights(rows_, layer, { cotangent: dz, x: along, out: products, accumulate: true });
      if (!entering.isDependent) return undefined;
      const rdx = rows_.take(rows_.batch * columns);
      pullback(rows_, layer, { cotangent: moving, parameters, out: rdx });
      pullback(rows_, layer, { cotangent: dz, parameters: vectors, out: rdx, accumulate: true });
      return rdx;
    },
  };
}

interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: number;
  readonly bias: number | undefined;
}

function layerOf([matrix, bias]: readonly ParameterArray[]): Layer {
  const { rows, columns, offset } = matrix!;
  return { rows, columns, weights: offset, bias: bias?.offset };
}

interface Forward {
  readonly x: Place;
  readonly parameters: Place;
  readonly out: Place;
  readonly accumulate?: boolean;
}

/** out = x W^T + b. */
function apply(
  { passes, batch, count }: Recorder,
  { rows, columns, weights, bias }: Layer,
  { x, parameters, out, accumulate = false }: Forward,
): void {
  const right = transposed(further(parameters, weights), columns);
  const shift = bias === undefined ? undefined : further(parameters, bias);
  const left = matrix(x, columns);
  const product = { rows: batch, columns: rows, terms: columns, left, right, out, accumulate, bias: shift };
  passes.push(productPass(product, count));
}

/** out = cotangent W. */
function pullback(
  { passes, batch, count }: Recorder,
  { rows, columns, weights }: Layer,
  { cotangent, parameters, out, accumulate = false }: Omit<Forward, "x"> & { readonly cotangent: Place },
): void {
  const right = matrix(further(parameters, weights), columns);
  const left = matrix(cotangent, rows);
  passes.push(productPass({ rows: batch, columns, terms: rows, left, right, out, accumulate }, count));
}

interface Outer {
  readonly cotangent: Place;
  readonly x: Place;
  readonly out: Place;
  readonly accumulate?: boolean;
}

/** Weights' part of `out` = cotangent^T x. */
function weights(
  { passes, batch, count }: Recorder,
  { rows, columns, weights }: Layer,
  { cotangent, x, out, accumulate = false }: Outer,
): void {
  const left = transposed(cotangent, rows);
  const place = further(out, weights);
  const product = { rows, columns, terms: batch, left, right: matrix(x, columns), out: place, accumulate };
  passes.push(productPass(product, count));
}

/** Both parts of a dense layer's gradient; the bias's is a product with a row of ones. */
function gradient(recorder: Recorder, layer: Layer, { cotangent, x, out }: Outer): void {
  weights(recorder, layer, { cotangent, x, out });
  if (layer.bias === undefined) return;
  const { passes, batch, count, one } = recorder;
  const left: Operand = { place: one, row: 0, column: 0 };
  const right = matrix(cotangent, layer.rows);
  const place = further(out, layer.bias);
  passes.push(productPass({ rows: 1, columns: layer.rows, terms: batch, left, right, out: place }, count));
}
