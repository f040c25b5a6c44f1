import { log } from "../../numerics/elementary.ts";
import type { ModelOperations } from "../contract/model-operations.ts";
import type { LayerNorms, ModelGradients, ModelRequest } from "../contract/model-request.ts";
import { extremeEigenvalues } from "./lanczos.ts";
import { logSquaredNorm } from "./log-squared-norm.ts";
import type { Primitives } from "./primitives.ts";
import { compileProgram, type Program } from "./program.ts";
import { trajectories } from "./trajectories.ts";

/** All that is done with layered networks, on top of an engine's primitives; each call reserves their memory afresh. */
export function modelOperations(primitives: Primitives): ModelOperations {
  return {
    layerNorms: (request) => layerNorms(primitives, request),
    outputs: (request) => outputs(primitives, request),
    gradients: (request) => gradients(primitives, request),
    hessianVectorProducts: (request) => hessianVectorProducts(primitives, request),
    hessians: (request) => hessians(primitives, request),
    hessianEigenvalues: (request) => hessianEigenvalues(primitives, request),
    extremeEigenvalues: (request) => extremeEigenvalues(primitives, request),
    trajectories: (request) => trajectories(primitives, request),
  };
}

function layerNorms(primitives: Primitives, request: ModelRequest): LayerNorms {
  const program = compileProgram(primitives, request, { order: 1, inputGradient: true });
  const { streams, batch } = request;
  const { points } = program;
  const values = program.open();
  const loss = new Float64Array(streams.count);
  const logForward = new Float64Array(streams.count * points.length);
  const logBackward = new Float64Array(streams.count * points.length);
  const measure = (at: number, point: number) => {
    return logSquaredNorm(values, at, at + batch.size * points[point]!.size);
  };
  for (let row = 0; row < streams.count; row++) {
    const start = row * points.length;
    const last = points.length - 1;
    program.load(streams.first + row);
    for (let point = 0; point <= last; point++) {
      if (point > 0) program.forward[point - 1]!();
      logForward[start + point] = measure(points[point]!.value, point) - log(batch.size);
    }
    loss[row] = program.lose();
    for (const [index, { run, output }] of program.backward.entries()) {
      logBackward[start + last - index] = measure(output.value, last - index);
      run();
    }
    logBackward[start] = measure(program.inputCotangent!.value, 0);
  }
  return { loss, logForward, logBackward };
}

function outputs(primitives: Primitives, request: ModelRequest): Float64Array {
  const program = compileProgram(primitives, request, { order: 1 });
  const { streams, batch } = request;
  const values = program.open();
  const { value, size } = program.points[program.points.length - 1]!;
  const length = batch.size * size;
  const rows = new Float64Array(streams.count * length);
  for (let row = 0; row < streams.count; row++) {
    program.load(streams.first + row);
    for (const run of program.forward) run();
    rows.set(values.subarray(value, value + length), row * length);
  }
  return rows;
}

function gradients(primitives: Primitives, request: ModelRequest): ModelGradients {
  const program = compileProgram(primitives, request, { order: 1 });
  const { streams } = request;
  const { arrays, count } = program;
  const values = program.open();
  const loss = new Float64Array(streams.count);
  const rows = new Float64Array(streams.count * count);
  const logNorms = new Float64Array(streams.count * arrays.length);
  for (let row = 0; row < streams.count; row++) {
    program.load(streams.first + row);
    loss[row] = program.evaluate();
    rows.set(values.subarray(program.gradients, program.gradients + count), row * count);
    for (const [index, { offset, length }] of arrays.entries()) {
      const from = program.gradients + offset;
      logNorms[row * arrays.length + index] = logSquaredNorm(values, from, from + length);
    }
  }
  return { loss, gradients: rows, logNorms };
}

function hessianVectorProducts(
  primitives: Primitives,
  request: ModelRequest & { readonly vectors: Float64Array },
): Float64Array {
  const program = compileProgram(primitives, request, { order: 2 });
  const { streams, vectors } = request;
  const { count, vector, product } = program;
  const values = program.open();
  const products = new Float64Array(streams.count * vectors.length);
  for (let row = 0; row < streams.count; row++) {
    program.load(streams.first + row);
    program.evaluate();
    for (let from = 0; from < vectors.length; from += count) {
      values.set(vectors.subarray(from, from + count), vector);
      program.differentiate();
      products.set(values.subarray(product, product + count), row * vectors.length + from);
    }
  }
  return products;
}

function hessians(primitives: Primitives, request: ModelRequest): Float64Array {
  const program = compileProgram(primitives, request, { order: 2 });
  const { streams } = request;
  const size = program.count ** 2;
  const matrix = program.take(size);
  const values = program.open();
  const rows = new Float64Array(streams.count * size);
  for (let row = 0; row < streams.count; row++) {
    fillHessian(program, values, streams.first + row, matrix);
    rows.set(values.subarray(matrix, matrix + size), row * size);
  }
  return rows;
}

/** A Hessian with an entry that is not finite has eigenvalues NaN. */
function hessianEigenvalues(primitives: Primitives, request: ModelRequest): Float64Array {
  const program = compileProgram(primitives, request, { order: 2 });
  const { streams } = request;
  const { count } = program;
  const matrix = program.take(count ** 2);
  const out = program.take(count);
  const values = program.open();
  const rows = new Float64Array(streams.count * count);
  for (let row = 0; row < streams.count; row++) {
    fillHessian(program, values, streams.first + row, matrix);
    if (values.subarray(matrix, matrix + count ** 2).every(Number.isFinite)) {
      primitives.eigenvalues(count, matrix, out);
      rows.set(values.subarray(out, out + count), row * count);
    } else {
      rows.fill(Number.NaN, row * count, (row + 1) * count);
    }
  }
  return rows;
}

/** One Hessian-vector product a unit vector, then the mean with the transpose. */
function fillHessian(program: Program, values: Float64Array, replicate: number, matrix: number): void {
  const { count, vector, product } = program;
  program.load(replicate);
  program.evaluate();
  values.fill(0, vector, vector + count);
  for (let column = 0; column < count; column++) {
    values[vector + column] = 1;
    program.differentiate();
    values[vector + column] = 0;
    values.copyWithin(matrix + column * count, product, product + count);
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (values[matrix + i * count + j]! + values[matrix + j * count + i]!) / 2;
      values[matrix + i * count + j] = mean;
      values[matrix + j * count + i] = mean;
    }
  }
}
