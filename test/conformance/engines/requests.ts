import { heNormal, mlp, xavierUniform } from "../../../src/lab/networks/network.ts";
import type { StreamRange } from "../../../src/numerics/stream.ts";
import type { Contractor, Operation } from "./check.ts";
import { cauchy, diffusion, layers, orthogonalNetworks, picturesOf } from "./fixtures.ts";
import { vectorsOf } from "./model-error.ts";
import { models, requestOf } from "./models.ts";

/** One call of one operation as a function of the engine and the streams alone. */
export interface Call {
  readonly name: string;
  readonly operation: Operation;
  readonly result: (engine: Contractor, streams: StreamRange) => object;
}

const network = mlp({ width: 6, depth: 5, activation: "relu", init: heNormal });
const odd = mlp({ width: 7, depth: 4, activation: { leakySlope: 0.1 }, init: xavierUniform });
const chain = { kind: "chain", depth: 6, activation: "linear", init: xavierUniform } as const;
const classifier = { ...layers([6, 4, 4, 3]), activation: "relu", init: heNormal } as const;
const data = picturesOf(6);

/** Every ensemble operation at least once. */
export const ensembleCalls: readonly Call[] = [
  {
    name: "propagate",
    operation: "propagate",
    result: (engine, streams) => engine.propagate({ network, input: { law: "sphere" }, streams, revive: true }),
  },
  {
    name: "propagate of raw images",
    operation: "propagate",
    result: (engine, streams) =>
      engine.propagate({ network, input: { law: "raw-image", data: "dots" }, streams, data }),
  },
  {
    name: "propagate through orthogonal layers",
    operation: "propagate",
    result: (engine, streams) =>
      engine.propagate({ network: orthogonalNetworks[1]![1], input: { law: "basis" }, streams }),
  },
  {
    name: "propagate of Cauchy weights",
    operation: "propagate",
    result: (engine, streams) =>
      engine.propagate({ network: { ...odd, init: cauchy }, input: { law: "sphere" }, streams }),
  },
  {
    name: "backpropagate",
    operation: "backpropagate",
    result: (engine, streams) => engine.backpropagate({ network: odd, input: { law: "sphere" }, streams }),
  },
  {
    name: "propagate, law-exact",
    operation: "propagate",
    result: (engine, streams) =>
      engine.propagate({ network, input: { law: "sphere" }, streams, sampling: "law-exact", revive: true }),
  },
  {
    name: "backpropagate, law-exact",
    operation: "backpropagate",
    result: (engine, streams) =>
      engine.backpropagate({ network, input: { law: "sphere" }, streams, sampling: "law-exact" }),
  },
  {
    name: "propagateBatch",
    operation: "propagateBatch",
    result: (engine, streams) => engine.propagateBatch({ network, batch: 4, streams, data }),
  },
  {
    name: "lossGradients",
    operation: "lossGradients",
    result: (engine, streams) => engine.lossGradients({ network: classifier, batch: 4, streams, data }),
  },
  {
    name: "chainWeights",
    operation: "chainWeights",
    result: (engine, streams) => engine.chainWeights({ network: chain, streams }),
  },
  {
    name: "chainHessians",
    operation: "chainHessians",
    result: (engine, streams) => engine.chainHessians({ network: chain, target: 1, streams }),
  },
  {
    name: "diffusionExits",
    operation: "diffusionExits",
    result: (engine, streams) => engine.diffusionExits({ process: diffusion, streams }),
  },
  {
    name: "chainEscapes by gradient flow",
    operation: "chainEscapes",
    result: (engine, streams) => engine.chainEscapes({ network: chain, method: { name: "gradient-flow" }, streams }),
  },
  {
    name: "chainEscapes by sign descent",
    operation: "chainEscapes",
    result: (engine, streams) =>
      engine.chainEscapes({ network: chain, method: { name: "sign-descent", rate: 0.02, maxSteps: 200 }, streams }),
  },
  {
    name: "chainTrajectories by Adam",
    operation: "chainTrajectories",
    result: (engine, streams) =>
      engine.chainTrajectories({
        network: chain,
        target: 1,
        optimiser: { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0 },
        steps: 20,
        recordEvery: 5,
        streams,
      }),
  },
];

const [tanhModel, , leakyModel, linearModel, , batchModel] = models;

/** Every operation on layered networks at least once. */
export const modelCalls: readonly Call[] = [
  {
    name: "layerNorms",
    operation: "layerNorms",
    result: (engine, streams) => engine.layerNorms(requestOf(tanhModel!, streams)),
  },
  {
    name: "layerNorms behind batch normalisation",
    operation: "layerNorms",
    result: (engine, streams) => engine.layerNorms(requestOf(batchModel!, streams)),
  },
  {
    name: "outputs",
    operation: "outputs",
    result: (engine, streams) => engine.outputs(requestOf(tanhModel!, streams)),
  },
  {
    name: "outputs behind batch normalisation",
    operation: "outputs",
    result: (engine, streams) => engine.outputs(requestOf(batchModel!, streams)),
  },
  {
    name: "gradients",
    operation: "gradients",
    result: (engine, streams) => engine.gradients(requestOf(tanhModel!, streams)),
  },
  {
    name: "hessianVectorProducts",
    operation: "hessianVectorProducts",
    result: (engine, streams) =>
      engine.hessianVectorProducts({ ...requestOf(tanhModel!, streams), vectors: vectorsOf(54, 2) }),
  },
  {
    name: "hessians",
    operation: "hessians",
    result: (engine, streams) => engine.hessians(requestOf(linearModel!, streams)),
  },
  {
    name: "hessianEigenvalues",
    operation: "hessianEigenvalues",
    result: (engine, streams) => engine.hessianEigenvalues(requestOf(linearModel!, streams)),
  },
  {
    name: "extremeEigenvalues",
    operation: "extremeEigenvalues",
    result: (engine, streams) => engine.extremeEigenvalues({ ...requestOf(linearModel!, streams), iterations: 4 }),
  },
  {
    name: "trajectories by Adam with noise",
    operation: "trajectories",
    result: (engine, streams) =>
      engine.trajectories({
        ...requestOf(leakyModel!, streams),
        optimiser: { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 0 },
        noise: 0.1,
        steps: 6,
        recordEvery: 3,
      }),
  },
  {
    name: "trajectories by momentum on mini-batches",
    operation: "trajectories",
    result: (engine, streams) =>
      engine.trajectories({
        ...requestOf(tanhModel!, streams),
        batch: { size: 6, inputs: "gaussian", targets: "gaussian" },
        miniBatch: 2,
        optimiser: { name: "momentum", rate: 0.01, momentum: 0.9 },
        steps: 8,
        recordEvery: 4,
      }),
  },
];
