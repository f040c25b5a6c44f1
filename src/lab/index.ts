/**
 * The laboratory of random networks, for authors: `import { mlp } from "plateau/lab"`. Networks are data; an experiment is
 * handed an engine that computes them.
 *
 * @module plateau/lab
 */
export type { ChainHessians, ChainTrajectories, DescentMethod, EscapeMethod } from "./contract/chains.ts";
export type { DiffusionProcess, ExitTimes } from "./contract/diffusion.ts";
export type { Engine } from "./contract/engine.ts";
export { UnsupportedError } from "./contract/engine.ts";
export type { Context, Experiment } from "./contract/experiment.ts";
export { defineExperiment } from "./contract/experiment.ts";
export type { ModelOperations } from "./contract/model-operations.ts";
export type {
  BatchLaw,
  ExtremeEigenvalues,
  LayerNorms,
  Loss,
  ModelGradients,
  ModelRequest,
  Trajectories,
  TrajectoryRequest,
} from "./contract/model-request.ts";
export type { Passes } from "./contract/passes.ts";
export type { BatchRepresentations, BatchRequest, LossGradients } from "./contract/picture-batch.ts";
export type { Backpropagation, InputLaw, Propagation, Sampling } from "./contract/propagation.ts";
export type { EngineName } from "./engines.ts";
export { defaultEngine, ENGINE_NAMES, openEngine } from "./engines.ts";
export { convolutionalNetwork } from "./networks/convolutional-network.ts";
export { multilayerPerceptron } from "./networks/multilayer-perceptron.ts";
export type {
  Activation,
  Bias,
  Chain,
  Initialisation,
  LayerDescription,
  LayeredNetwork,
  Mlp,
  SmoothActivation,
} from "./networks/network.ts";
export {
  heNormal,
  heUniform,
  mlp,
  orthogonal,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "./networks/network.ts";
export type { Optimiser } from "./networks/optimiser.ts";
export { residualNetwork } from "./networks/residual-network.ts";
