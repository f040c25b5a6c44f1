import { arraysDiffer, type Check, differs } from "../check.ts";
import { streamsOf } from "../fixtures.ts";
import { FEW, largest, modelError, vectorsOf } from "../model-error.ts";
import { models, requestOf } from "../models.ts";
import { jacobiEigenvalues } from "../naive/chains.ts";
import { drawInstance } from "../oracle/model-instance.ts";
import {
  oracleGradient,
  oracleHessian,
  oracleHessianVectorProduct,
  oracleLayerNorms,
  oracleLoss,
  oracleOutputs,
} from "../oracle/model-oracle.ts";

const FIRST = 2;
const COUNT = 2;
const rows = Array.from({ length: COUNT }, (_, row) => row);

export const modelOracle: readonly Check[] = models.flatMap((example) => {
  const request = requestOf(example, streamsOf(COUNT, FIRST));
  const instances = rows.map((row) => drawInstance(request, FIRST + row));
  const parameters = instances[0]!.parameters.length;
  // Asked once for all engines.
  const gradientOf = remembered((row) => oracleGradient(request, instances[row]!));
  const productOf = remembered((row) => oracleHessianVectorProduct(request, instances[row]!, vectorsOf(parameters, 1)));
  const hessianOf = remembered((row) => oracleHessian(request, instances[row]!));
  const spectrumOf = remembered((row) => jacobiEigenvalues(hessianOf(row)));
  const normsOf = remembered((row) => oracleLayerNorms(request, instances[row]!));
  const check = (name: string, operation: Check["operations"][number], violations: Check["violations"]): Check => ({
    name: `${example.name}: ${name}`,
    operations: [operation],
    violations,
  });
  const eigenvalues = check(
    "eigenvalues are those of the hyper-dual numbers' Hessian",
    "hessianEigenvalues",
    (engine, arithmetic) => {
      const found = engine.hessianEigenvalues(request);
      // An eigenvalue moves by no more than the norm of the error's matrix.
      const error = 2 * parameters * modelError(request, arithmetic);
      return rows.flatMap((row) => {
        const own = found.subarray(row * parameters, (row + 1) * parameters);
        const expected = spectrumOf(row);
        return arraysDiffer(`eigenvalues of replicate ${row}`, own, expected, error * (1 + largest(expected)));
      });
    },
  );
  const wholeHessian = check("Hessians are the hyper-dual numbers'", "hessians", (engine, arithmetic) => {
    const found = engine.hessians(request);
    const error = modelError(request, arithmetic);
    return rows.flatMap((row) => {
      const expected = hessianOf(row).flat();
      const own = found.subarray(row * parameters ** 2, (row + 1) * parameters ** 2);
      return arraysDiffer(`Hessian of replicate ${row}`, own, expected, 2 * error * (1 + largest(expected)));
    });
  });
  return [
    check("losses and gradients are the hyper-dual numbers'", "gradients", (engine, arithmetic) => {
      const found = engine.gradients(request);
      const error = modelError(request, arithmetic);
      return rows.flatMap((row) => {
        const loss = oracleLoss(request, instances[row]!);
        const gradient = gradientOf(row);
        const own = found.gradients.subarray(row * parameters, (row + 1) * parameters);
        return [
          ...differs(`loss[${row}]`, found.loss[row]!, loss, error * (1 + loss)),
          ...arraysDiffer(`gradients of replicate ${row}`, own, gradient, error * (1 + largest(gradient))),
        ];
      });
    }),
    check("outputs are the definition's", "outputs", (engine, arithmetic) => {
      const found = engine.outputs(request);
      const error = modelError(request, arithmetic);
      return rows.flatMap((row) => {
        const expected = oracleOutputs(request, instances[row]!);
        const own = found.subarray(row * expected.length, (row + 1) * expected.length);
        return arraysDiffer(`outputs of replicate ${row}`, own, expected, error * (1 + largest(expected)));
      });
    }),
    check("norms of a gradient's parts are those of its entries", "gradients", (engine, { unit }) => {
      const found = engine.gradients(request);
      const parts = found.logNorms.length / COUNT;
      return rows.flatMap((row) => {
        const squares = found.logNorms
          .subarray(row * parts, (row + 1) * parts)
          .reduce((sum, log) => sum + Math.exp(log), 0);
        const own = found.gradients.subarray(row * parameters, (row + 1) * parameters);
        const square = own.reduce((sum, value) => sum + value * value, 0);
        return differs(`sum of parts of replicate ${row}`, squares, square, 8 * (parameters + 8) * unit * square);
      });
    }),
    check("Hessian-vector products are the hyper-dual numbers'", "hessianVectorProducts", (engine, arithmetic) => {
      const found = engine.hessianVectorProducts({ ...request, vectors: vectorsOf(parameters, 1) });
      const error = modelError(request, arithmetic);
      return rows.flatMap((row) => {
        const own = found.subarray(row * parameters, (row + 1) * parameters);
        const bound = 2 * error * (1 + largest(productOf(row)));
        return arraysDiffer(`product of replicate ${row}`, own, productOf(row), bound);
      });
    }),
    // A pass a pair of parameters: the larger examples have their products and the columns of their own Hessian.
    ...(parameters > FEW ? [] : [wholeHessian, eigenvalues]),
    check("norms of signals and cotangents are the hyper-dual numbers'", "layerNorms", (engine, arithmetic) => {
      const found = engine.layerNorms(request);
      const error = 4 * modelError(request, arithmetic);
      return rows.flatMap((row) => {
        const { forward, backward } = normsOf(row);
        const part = (all: Float64Array) => all.subarray(row * forward.length, (row + 1) * forward.length);
        const largestBackward = largest(backward);
        // Relative errors of norms; those of cotangents that cancel, relative to the largest.
        const bounds = backward.map((square) => error * (1 + largestBackward / square));
        return [
          ...differs(
            `loss[${row}]`,
            found.loss[row]!,
            oracleLoss(request, instances[row]!),
            error * (1 + found.loss[row]!),
          ),
          ...arraysDiffer(`logForward of replicate ${row}`, part(found.logForward), forward.map(Math.log), error),
          ...arraysDiffer(`logBackward of replicate ${row}`, part(found.logBackward), backward.map(Math.log), bounds),
        ];
      });
    }),
  ];
});

function remembered<Result>(compute: (row: number) => Result): (row: number) => Result {
  const known = new Map<number, Result>();
  return (row) => {
    if (!known.has(row)) known.set(row, compute(row));
    return known.get(row)!;
  };
}
