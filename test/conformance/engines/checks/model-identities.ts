import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import { parameterArrays } from "../../../../src/lab/networks/layered-network.ts";
import type { Chain } from "../../../../src/lab/networks/network.ts";
import { heNormal, xavierNormal } from "../../../../src/lab/networks/network.ts";
import { type Arithmetic, arraysDiffer, type Check, type Contractor, differs } from "../check.ts";
import { signs, streamsOf } from "../fixtures.ts";
import { dot, largest, modelError } from "../model-error.ts";
import { activation, dense, layered, type ModelExample, requestOf } from "../models.ts";
import { chainHessian } from "../naive/chains.ts";
import { drawInstance } from "../oracle/model-instance.ts";

const FIRST = 6;
const COUNT = 3;
const rows = Array.from({ length: COUNT }, (_, row) => row);
const relu = activation("relu");
const toZero = { size: 3, inputs: "gaussian", targets: { constant: 0 } } as const;

/** Homogeneous networks without biases, and the loss that is half their squared output: a form of degree 2 in each layer. */
const homogeneous: readonly ModelExample[] = [
  { name: "linear", network: layered(3, [dense(4), dense(3), dense(2)], xavierNormal), loss: "squared", batch: toZero },
  {
    name: "ReLU",
    network: layered(5, [dense(6), relu, dense(5), relu, dense(4), relu, dense(2)]),
    loss: "squared",
    batch: toZero,
  },
  {
    name: "leaky convolution",
    network: layered({ channels: 1, height: 3, width: 3 }, [
      { kind: "convolution", channels: 2, size: 3, padding: "zero", bias: "none" },
      activation({ leakySlope: 0.3 }),
      { kind: "convolution", channels: 1, size: 3, padding: "circular", bias: "none" },
      dense(1),
    ]),
    loss: "squared",
    batch: toZero,
  },
];

/** Each parameter array's own weights, zeros elsewhere: one row an array. */
function partsOf(request: ModelRequest, replicate: number): readonly Float64Array[] {
  const parameters = Float64Array.from(drawInstance(request, replicate).parameters);
  return parameterArrays(request.network).map(({ offset, length }) =>
    parameters.map((value, at) => (at >= offset && at < offset + length ? value : 0)),
  );
}

const errorOf = (request: ModelRequest, arithmetic: Arithmetic, loss: number, ...sizes: readonly number[]) =>
  8 * modelError(request, arithmetic) * (1 + loss) * sizes.reduce((product, size) => product * (1 + size), 1);

/** With L = |f|^2 / 2 of degree 2 in each W_l: <W_l, grad_l L> = 2 L. */
function eulerGradient(
  engine: Contractor,
  example: Omit<ModelExample, "name">,
  arithmetic: Arithmetic,
): readonly string[] {
  const request = requestOf(example, streamsOf(COUNT, FIRST));
  const { loss, gradients } = engine.gradients(request);
  const count = gradients.length / COUNT;
  return rows.flatMap((row) => {
    const gradient = gradients.subarray(row * count, (row + 1) * count);
    return partsOf(request, FIRST + row).flatMap((part, layer) => {
      const size = Math.sqrt(dot(part, part)) * Math.sqrt(count) * largest(gradient);
      return differs(
        `<W, g> of array ${layer}`,
        dot(part, gradient),
        2 * loss[row]!,
        errorOf(request, arithmetic, loss[row]!, size),
      );
    });
  });
}

/** The same for the second derivative: <W_i, H_ij W_j> = 4 L for i != j and 2 L for i = j. */
function eulerHessian(
  engine: Contractor,
  example: Omit<ModelExample, "name">,
  arithmetic: Arithmetic,
): readonly string[] {
  return rows.flatMap((row) => {
    const request = requestOf(example, streamsOf(1, FIRST + row));
    const parts = partsOf(request, FIRST + row);
    const vectors = Float64Array.from(parts.flatMap((part) => [...part]));
    const products = engine.hessianVectorProducts({ ...request, vectors });
    const loss = engine.gradients(request).loss[0]!;
    return parts.flatMap((part, i) =>
      parts.flatMap((other, j) => {
        const product = products.subarray(j * other.length, (j + 1) * other.length);
        const size = Math.sqrt(dot(part, part) * part.length) * largest(product);
        return differs(
          `<W_${i}, H W_${j}>`,
          dot(part, product),
          i === j ? 2 * loss : 4 * loss,
          errorOf(request, arithmetic, loss, size),
        );
      }),
    );
  });
}

const euler: readonly Check[] = homogeneous.flatMap(
  (example) =>
    [
      {
        name: `D1, ${example.name}: Euler's identity of the gradient in every layer`,
        operations: ["gradients"],
        violations: (engine, arithmetic) => eulerGradient(engine, example, arithmetic),
      },
      {
        name: `D1, ${example.name}: Euler's identity of the Hessian in every pair of layers`,
        operations: ["hessianVectorProducts", "gradients"],
        violations: (engine, arithmetic) => eulerHessian(engine, example, arithmetic),
      },
    ] satisfies readonly Check[],
);

/** With biases the output is no form in the weights: where the identity still holds, it tests nothing. */
const control: Check = {
  name: "D1, its control: biases break Euler's identity",
  operations: ["gradients"],
  violations: (engine, arithmetic) => {
    const bias = { standardDeviation: 1 };
    const network = layered(3, [dense(4, bias), relu, dense(2, bias)]);
    const broken = eulerGradient(engine, { network, loss: "squared", batch: toZero }, arithmetic);
    return broken.length > 0 ? [] : ["the identity holds in spite of biases"];
  },
};

/** For one output and one example H = f Hf + J J^T with tr Hf = 0, g = f J and L = f^2 / 2: tr H = |g|^2 / (2 L). */
const trace: Check = {
  name: "D1, ReLU: the trace of the Hessian is that of its Gauss-Newton part",
  operations: ["hessians", "gradients"],
  violations: (engine, arithmetic) => {
    const network = layered(4, [dense(6), relu, dense(5), relu, dense(1)]);
    const batch = { size: 1, inputs: "sphere", targets: { constant: 0 } } as const;
    const request = requestOf({ network, loss: "squared", batch }, streamsOf(COUNT, FIRST));
    const { loss, gradients } = engine.gradients(request);
    const count = gradients.length / COUNT;
    const hessians = engine.hessians(request);
    return rows.flatMap((row) => {
      const gradient = gradients.subarray(row * count, (row + 1) * count);
      const diagonal = Array.from({ length: count }, (_, i) => hessians[(row * count + i) * count + i]!);
      const expected = loss[row] === 0 ? 0 : dot(gradient, gradient) / (2 * loss[row]!);
      const found = diagonal.reduce((sum, value) => sum + value, 0);
      return differs(`tr H of replicate ${row}`, found, expected, count * errorOf(request, arithmetic, expected));
    });
  },
};

/** A layered chain of width 1 has D1's Hessian: with x = 1 or -1 it is that of weights alone, for the target x y. */
const chain: Check = {
  name: "D1, chains: the Hessian in closed form",
  operations: ["hessians"],
  violations: (engine, arithmetic) =>
    [1, 2, 6].flatMap((depth) => {
      const network = layered(
        1,
        Array.from({ length: depth }, () => dense(1)),
        { law: "uniform", gain: 2, fan: "in" } satisfies Chain["init"],
      );
      const batch = { size: 1, inputs: "sphere", targets: "gaussian" } as const;
      const request = requestOf({ network, loss: "squared", batch }, streamsOf(COUNT, FIRST));
      const found = engine.hessians(request);
      return rows.flatMap((row) => {
        const { parameters, inputs, targets } = drawInstance(request, FIRST + row);
        const expected = chainHessian(parameters, inputs[0]![0]! * targets[0]![0]!).flat();
        const own = found.subarray(row * depth ** 2, (row + 1) * depth ** 2);
        return arraysDiffer(
          `Hessian of depth ${depth}`,
          own,
          expected,
          modelError(request, arithmetic) * (1 + largest(expected)),
        );
      });
    }),
};

/** What a normalisation follows has a gradient at a right angle to its weights: scaling them changes nothing. */
const scaleFree: readonly Check[] = (["batch-normalisation", "layer-normalisation"] as const).map((kind) => ({
  name: `weights before ${kind} have gradients at a right angle to them`,
  operations: ["gradients"],
  violations: (engine, arithmetic) => {
    const network = layered(4, [dense(5), { kind, epsilon: 0 }, activation("tanh"), dense(2)], heNormal);
    const request = requestOf(
      { network, loss: "squared", batch: { ...toZero, size: 5, targets: "gaussian" } },
      streamsOf(COUNT, FIRST),
    );
    const { gradients } = engine.gradients(request);
    const count = gradients.length / COUNT;
    return rows.flatMap((row) => {
      const gradient = gradients.subarray(row * count, (row + 1) * count);
      const [first] = partsOf(request, FIRST + row);
      const size = Math.sqrt(dot(first!, first!) * count) * largest(gradient);
      return differs(`<W, g> of replicate ${row}`, dot(first!, gradient), 0, errorOf(request, arithmetic, 0, size));
    });
  },
}));

/** 4096 signs, one after another: all numbers are 1 or -1 and exact in any arithmetic. */
const deep: Check = {
  name: "4096 layers of signs: every signal, cotangent and derivative exactly as it must be",
  operations: ["layerNorms", "gradients"],
  violations: (engine) => {
    const depth = 4096;
    const network = layered(
      1,
      Array.from({ length: depth }, () => dense(1)),
      { ...signs, gain: 1 },
    );
    const batch = { size: 1, inputs: "sphere", targets: { constant: 0 } } as const;
    const request = requestOf({ network, loss: "squared", batch }, streamsOf(1, FIRST));
    const norms = engine.layerNorms(request);
    const { loss, gradients, logNorms } = engine.gradients(request);
    const { parameters } = drawInstance(request, FIRST);
    return [
      ...differs("loss", loss[0]!, 0.5, 0),
      ...arraysDiffer("logForward", norms.logForward, new Float64Array(depth + 1), 0),
      ...arraysDiffer("logBackward", norms.logBackward, new Float64Array(depth + 1), 0),
      ...arraysDiffer("logNorms", logNorms, new Float64Array(depth), 0),
      // dL/dw = f^2 / w
      ...arraysDiffer("gradients", gradients, parameters, 0),
    ];
  },
};

export const modelIdentities: readonly Check[] = [...euler, control, trace, chain, ...scaleFree, deep];
