import { arraysDiffer, type Check, differs } from "../check.ts";
import { streamsOf } from "../fixtures.ts";
import { dot, largest, vectorsOf } from "../model-error.ts";
import { models, requestOf } from "../models.ts";
import { drawInstance } from "../oracle/model-instance.ts";

const FIRST = 2;
const DIRECTIONS = 3;

/** Central differences of the engine's own losses and gradients through `offset`: it must be consistent with itself, too. */
export const modelDifferences: readonly Check[] = models.flatMap((example) => {
  const at = (offset?: Float64Array) => requestOf(example, streamsOf(1, FIRST), offset);
  const parameters = drawInstance(at(), FIRST).parameters.length;
  return [
    {
      name: `${example.name}: gradients are central differences of the loss`,
      operations: ["gradients"],
      violations: (engine, { unit }) => {
        const step = stepFor(unit);
        const { gradients, loss } = engine.gradients(at());
        const vectors = vectorsOf(parameters, DIRECTIONS);
        return Array.from({ length: DIRECTIONS }, (_, index) => index).flatMap((index) => {
          const vector = vectors.subarray(index * parameters, (index + 1) * parameters);
          const slopeOver = (h: number) => {
            const [up, down] = [h, -h].map((size) => engine.gradients(at(vector.map((x) => size * x))).loss[0]!);
            return (up! - down!) / (2 * h);
          };
          const slope = slopeOver(step);
          // The truncation of a step is a third of what halving it changes; each loss has some 100 roundings.
          const bound = Math.abs(slopeOver(2 * step) - slope) + (400 * unit * (1 + loss[0]!)) / step;
          return differs(`<gradient, v> of direction ${index}`, dot(gradients, vector), slope, bound);
        });
      },
    },
    {
      name: `${example.name}: Hessian-vector products are central differences of the gradient`,
      operations: ["hessianVectorProducts", "gradients"],
      violations: (engine, { unit }) => {
        const step = stepFor(unit);
        const vector = vectorsOf(parameters, 1);
        const product = engine.hessianVectorProducts({ ...at(), vectors: vector });
        const differenceOver = (h: number) => {
          const [up, down] = [h, -h].map((size) => engine.gradients(at(vector.map((x) => size * x))).gradients);
          return up!.map((value, index) => (value - down![index]!) / (2 * h));
        };
        const once = differenceOver(step);
        const twice = differenceOver(2 * step);
        const rounding = (400 * unit * (1 + largest(engine.gradients(at()).gradients))) / step;
        return arraysDiffer(
          "product",
          product,
          once,
          once.map((value, index) => 4 * Math.abs(twice[index]! - value) + rounding),
        );
      },
    },
  ] satisfies readonly Check[];
});

/** Where truncation (h^2) and rounding (unit / h) are alike. */
const stepFor = (unit: number): number => 2 ** Math.round(Math.log2(unit) / 3);
