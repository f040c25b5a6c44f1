import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import {
  constant,
  exponential,
  type HyperDual,
  logarithm,
  minus,
  plus,
  scaled,
  sum,
  times,
  ZERO,
} from "./hyper-dual.ts";
import { type AtPoint, forwardNaively, range } from "./layered-forward.ts";
import type { ModelInstance } from "./model-instance.ts";

/**
 * Losses, gradients and Hessian-vector products of a layered network from the definition of the loss alone, by hyper-dual numbers:
 * no backward pass, no R-operator, no buffers; exact to rounding, at one forward pass a parameter. For networks of at most a few
 * hundred parameters. Use: `const instance = drawInstance(request, replicate)`, then `oracleGradient(request, instance)`, ...
 */
export function oracleLoss(request: ModelRequest, instance: ModelInstance): number {
  return lossOf(request, instance, instance.parameters.map(constant)).v;
}

/** What leaves the last layer, an example after the other. */
export function oracleOutputs({ network }: ModelRequest, instance: ModelInstance): readonly number[] {
  return forwardNaively(network, instance.parameters.map(constant), inputsOf(instance)).flatMap((row) =>
    row.map(({ v }) => v),
  );
}

/** One number a parameter. Cost: a forward pass each. */
export function oracleGradient(request: ModelRequest, instance: ModelInstance): readonly number[] {
  return instance.parameters.map((_, index) => {
    const seeded = instance.parameters.map((v, i) => ({ v, a: i === index ? 1 : 0, b: 0, ab: 0 }));
    return lossOf(request, instance, seeded).a;
  });
}

/** The Hessian times `vector`: derivative of each entry of the gradient along it. Cost: a forward pass a parameter. */
export function oracleHessianVectorProduct(
  request: ModelRequest,
  instance: ModelInstance,
  vector: ArrayLike<number>,
): readonly number[] {
  return instance.parameters.map((_, index) => {
    const seeded = instance.parameters.map((v, i) => ({ v, a: i === index ? 1 : 0, b: vector[i]!, ab: 0 }));
    return lossOf(request, instance, seeded).ab;
  });
}

/** Rows of the Hessian. */
export function oracleHessian(request: ModelRequest, instance: ModelInstance): readonly (readonly number[])[] {
  return instance.parameters.map((_, row) =>
    oracleHessianVectorProduct(
      request,
      instance,
      instance.parameters.map((__, i) => (i === row ? 1 : 0)),
    ),
  );
}

export interface OracleNorms {
  /** Mean over the batch of the squared norm at the input and after each layer. */
  readonly forward: readonly number[];
  /** Sum over the batch of the squared norm of dLoss/dh there. Cost: a forward pass a number of each point. */
  readonly backward: readonly number[];
}

export function oracleLayerNorms(request: ModelRequest, instance: ModelInstance): OracleNorms {
  const parameters = instance.parameters.map(constant);
  const points: (readonly (readonly HyperDual[])[])[] = [];
  forwardNaively(request.network, parameters, inputsOf(instance), (point, signal) => {
    points[point] = signal;
    return signal;
  });
  const derivative = (point: number, example: number, unit: number) =>
    lossOf(request, instance, parameters, (at, signal) =>
      at !== point ? signal : signal.map((row, i) => row.map((x, k) => (i === example && k === unit ? seed(x) : x))),
    ).a;
  return {
    forward: points.map((signal) => squares(signal.flat().map(({ v }) => v)) / signal.length),
    backward: points.map((signal, point) =>
      squares(signal.flatMap((row, example) => row.map((_, unit) => derivative(point, example, unit)))),
    ),
  };
}

function seed(x: HyperDual): HyperDual {
  return { ...x, a: 1 };
}

function squares(values: readonly number[]): number {
  return values.reduce((total, value) => total + value * value, 0);
}

function inputsOf({ inputs }: ModelInstance): readonly (readonly HyperDual[])[] {
  return inputs.map((row) => row.map(constant));
}

function lossOf(
  { network, loss }: ModelRequest,
  instance: ModelInstance,
  parameters: readonly HyperDual[],
  atPoint?: AtPoint,
): HyperDual {
  const output = forwardNaively(network, parameters, inputsOf(instance), atPoint);
  const losses = output.map((row, example) =>
    loss === "squared"
      ? squaredLoss(row, instance.targets[example]!)
      : crossEntropy(row, instance.targets[example]![0]!),
  );
  return scaled(1 / losses.length, sum(losses));
}

function squaredLoss(row: readonly HyperDual[], target: readonly number[]): HyperDual {
  return row.reduce((total, y, k) => {
    const difference = minus(y, constant(target[k]!));
    return plus(total, scaled(0.5, times(difference, difference)));
  }, ZERO);
}

function crossEntropy(row: readonly HyperDual[], target: number): HyperDual {
  const shift = constant(Math.max(...range(row.length).map((k) => row[k]!.v)));
  const total = sum(row.map((y) => exponential(minus(y, shift))));
  return minus(logarithm(total), minus(row[target]!, shift));
}
