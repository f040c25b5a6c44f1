import { afterWeights, type Normalisation } from "./multilayer-perceptron.ts";
import type {
  Activation,
  Bias,
  Initialisation,
  LayerDescription,
  LayeredNetwork,
  SmoothActivation,
} from "./network.ts";

/** What a branch is multiplied by before it is added, L being the depth. */
export type BranchScale = "1" | "1/sqrt(L)" | "1/L";

/**
 * How branches begin. `random`: all by the law. `zero-last`: the last matrix of each branch at zero, as in Fixup (Zhang, Dauphin,
 * Ma 2019, arXiv 1901.09321; its smaller other weights are a gain, left to `init`). `zero-multiplier`: a learned factor of 0
 * after each branch (SkipInit, De and Smith 2020, arXiv 2002.10444).
 */
export type BranchStart = "random" | "zero-last" | "zero-multiplier";

/**
 * `depth` residual blocks of one width, h + scale * branch(h). A branch is, with 1 matrix, W f(n(h)), with 2 matrices,
 * V f(W n(h)), where n is the normalisation (absent: none) and f the activation. `outputs` adds a linear layer at the end.
 */
export function residualNetwork(options: {
  readonly width: number;
  readonly depth: number;
  readonly activation: Activation | SmoothActivation;
  readonly init: Initialisation;
  readonly scale: BranchScale;
  readonly matrices: 1 | 2;
  readonly start?: BranchStart;
  readonly normalisation?: Normalisation;
  readonly bias?: Bias;
  readonly outputs?: number;
}): LayeredNetwork {
  const { width, depth, activation, init, matrices, start = "random", normalisation, bias = "none", outputs } = options;
  if (!Number.isInteger(depth) || depth < 1) {
    throw new RangeError(`a residual network requires a positive integer depth, got ${depth}`);
  }
  const dense: LayerDescription = { kind: "dense", width, bias };
  const last: LayerDescription = start === "zero-last" ? { ...dense, initial: "zero" } : dense;
  const before =
    matrices === 1
      ? afterWeights(activation, normalisation)
      : [...(normalisation === undefined ? [] : [normalisation]), dense, ...afterWeights(activation, undefined)];
  const multiplier: readonly LayerDescription[] =
    start === "zero-multiplier" ? [{ kind: "multiplier", initial: 0 }] : [];
  const block: LayerDescription = {
    kind: "residual",
    scale: branchScale(options.scale, depth),
    branch: [...before, last, ...multiplier],
  };
  const head: readonly LayerDescription[] = outputs === undefined ? [] : [{ kind: "dense", width: outputs, bias }];
  return { kind: "layered", input: width, layers: [...new Array<LayerDescription>(depth).fill(block), ...head], init };
}

function branchScale(scale: BranchScale, depth: number): number {
  if (scale === "1") return 1;
  return scale === "1/L" ? 1 / depth : 1 / Math.sqrt(depth);
}
