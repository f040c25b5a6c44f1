import type { ExtremeEigenvalues } from "../../../../src/lab/contract/model-request.ts";
import { arraysDiffer, type Check, type Contractor, differs } from "../check.ts";
import { streamsOf } from "../fixtures.ts";
import { dot, FEW, largest, modelError, vectorsOf } from "../model-error.ts";
import { models, requestOf } from "../models.ts";
import { jacobiEigenvalues } from "../naive/chains.ts";
import { drawInstance } from "../oracle/model-instance.ts";

const FIRST = 2;
const COUNT = 2;
const rows = Array.from({ length: COUNT }, (_, row) => row);

export const modelStructure: readonly Check[] = models.flatMap((example) => {
  const request = requestOf(example, streamsOf(COUNT, FIRST));
  const parameters = drawInstance(request, FIRST).parameters.length;
  const productsOf = (engine: Contractor, vectors: Float64Array) =>
    engine.hessianVectorProducts({ ...request, vectors });
  return [
    {
      name: `${example.name}: products are linear in the vector, and symmetric`,
      operations: ["hessianVectorProducts"],
      violations: (engine, arithmetic) => {
        const vectors = vectorsOf(parameters, 2);
        const v = vectors.subarray(0, parameters);
        const w = vectors.subarray(parameters);
        const found = productsOf(engine, vectors);
        const combined = productsOf(
          engine,
          v.map((x, at) => 3 * x - 0.5 * w[at]!),
        );
        const none = productsOf(engine, new Float64Array(parameters));
        const error = 8 * modelError(request, arithmetic) * (1 + largest(found));
        return rows.flatMap((row) => {
          const start = 2 * row * parameters;
          const hv = found.subarray(start, start + parameters);
          const hw = found.subarray(start + parameters, start + 2 * parameters);
          const own = (all: Float64Array) => all.subarray(row * parameters, (row + 1) * parameters);
          return [
            ...arraysDiffer(
              "H (3v - w/2)",
              own(combined),
              hv.map((x, at) => 3 * x - 0.5 * hw[at]!),
              error,
            ),
            ...differs("<w, Hv>", dot(w, hv), dot(v, hw), error * Math.sqrt(parameters) * 3),
            ...arraysDiffer("H 0", own(none), new Float64Array(parameters), 0),
          ];
        });
      },
    },
    {
      name: `${example.name}: a Hessian's columns are its products, and it is exactly symmetric`,
      operations: ["hessians", "hessianVectorProducts"],
      violations: (engine, arithmetic) => {
        const hessian = engine.hessians(request);
        const vector = vectorsOf(parameters, 1);
        const products = productsOf(engine, vector);
        const error = 8 * modelError(request, arithmetic) * (1 + largest(hessian)) * Math.sqrt(parameters);
        return rows.flatMap((row) => {
          const at = (i: number, j: number) => hessian[(row * parameters + i) * parameters + j]!;
          const all = Array.from({ length: parameters }, (_, i) => i);
          return [
            ...all.flatMap((i) => all.slice(0, i).flatMap((j) => differs(`H[${i}][${j}]`, at(i, j), at(j, i), 0))),
            ...all.flatMap((i) =>
              differs(
                `(H v)[${i}]`,
                products[row * parameters + i]!,
                all.reduce((sum, j) => sum + at(i, j) * vector[j]!, 0),
                error,
              ),
            ),
          ];
        });
      },
    },
    {
      name: `${example.name}: all eigenvalues ascend, and are those of the Hessian`,
      operations: ["hessianEigenvalues", "hessians"],
      violations: (engine, arithmetic) => {
        const found = engine.hessianEigenvalues(request);
        const hessian = engine.hessians(request);
        return rows.flatMap((row) => {
          const matrix = Array.from({ length: parameters }, (_, i) =>
            Array.from(hessian.subarray((row * parameters + i) * parameters, (row * parameters + i + 1) * parameters)),
          );
          const own = found.subarray(row * parameters, (row + 1) * parameters);
          const norm = Math.sqrt(dot(matrix.flat(), matrix.flat()));
          const trace = matrix.reduce((sum, entries, at) => sum + entries[at]!, 0);
          // Backward stable solvers: a small multiple of the order in units of the norm.
          const error = 32 * parameters * arithmetic.unit * norm;
          return [
            ...(own.every((value, at) => at === 0 || own[at - 1]! <= value) ? [] : ["eigenvalues do not ascend"]),
            ...differs(
              "sum of eigenvalues",
              own.reduce((sum, value) => sum + value, 0),
              trace,
              parameters * error,
            ),
            ...differs("root of their squares' sum", Math.sqrt(dot(own, own)), norm, 2 * error),
            ...(parameters > FEW ? [] : arraysDiffer("eigenvalues", own, jacobiEigenvalues(matrix), error)),
          ];
        });
      },
    },
    {
      name: `${example.name}: Lanczos over the whole space finds both ends, and over part of it what its residual says`,
      operations: ["extremeEigenvalues", "hessianEigenvalues"],
      violations: (engine, arithmetic) => {
        const all = engine.hessianEigenvalues(request);
        // A space of more dimensions than a few is the same work over and over: its end is asked for in the small examples.
        const whole = parameters > FEW ? undefined : engine.extremeEigenvalues({ ...request, iterations: parameters });
        const part = engine.extremeEigenvalues({ ...request, iterations: 4 });
        return rows.flatMap((row) => {
          const own = all.subarray(row * parameters, (row + 1) * parameters);
          const error = 8 * modelError(request, arithmetic) * (1 + largest(own)) * Math.sqrt(parameters);
          const nearest = (value: number) =>
            own.reduce((best, x) => (Math.abs(x - value) < Math.abs(best - value) ? x : best));
          const ends = (found: ExtremeEigenvalues) => [
            ...differs(`largest[${row}]`, found.largest[row]!, own[parameters - 1]!, error + found.residual[row]!),
            ...differs(`smallest[${row}]`, found.smallest[row]!, own[0]!, error + found.residual[row]!),
            ...(found.residual[row]! <= error ? [] : [`residual[${row}]: ${found.residual[row]} over the whole space`]),
          ];
          return [
            ...(whole === undefined ? [] : ends(whole)),
            ...differs(
              `largest of 4 [${row}]`,
              part.largest[row]!,
              nearest(part.largest[row]!),
              error + part.residual[row]!,
            ),
            ...differs(
              `smallest of 4 [${row}]`,
              part.smallest[row]!,
              nearest(part.smallest[row]!),
              error + part.residual[row]!,
            ),
            ...(part.largest[row]! <= own[parameters - 1]! + error ? [] : [`largest[${row}] above all eigenvalues`]),
          ];
        });
      },
    },
  ] satisfies readonly Check[];
});
