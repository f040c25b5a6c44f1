import type {
  Activation,
  Bias,
  Initialisation,
  LayerDescription,
  LayeredNetwork,
  SmoothActivation,
} from "./network.ts";

export type Normalisation = Extract<LayerDescription, { kind: "batch-normalisation" | "layer-normalisation" }>;

interface Options {
  readonly activation: Activation | SmoothActivation;
  readonly init: Initialisation;
  /** Absent: none. */
  readonly bias?: Bias;
  /** Between each dense layer and its activation; absent: none. */
  readonly normalisation?: Normalisation;
  /** The last layer begins at zero. */
  readonly lastAtZero?: boolean;
}

/**
 * Dense layers, each but the last followed by normalisation and activation: the output is linear. `depth` dense layers of one
 * `width`, the input of that width too, or `widths` from the input's to the output's.
 */
export function multilayerPerceptron(
  options: Options & ({ readonly width: number; readonly depth: number } | { readonly widths: readonly number[] }),
): LayeredNetwork {
  const { activation, init, bias = "none", normalisation, lastAtZero = false } = options;
  const widths =
    "widths" in options ? options.widths : new Array<number>(Math.max(options.depth, 0) + 1).fill(options.width);
  if (widths.length < 2) throw new RangeError(`a perceptron requires at least 1 layer, got ${widths.length - 1}`);
  const hidden = widths
    .slice(1, -1)
    .flatMap((width) => [{ kind: "dense", width, bias } as const, ...afterWeights(activation, normalisation)]);
  const last = { kind: "dense", width: widths[widths.length - 1]!, bias } as const;
  return {
    kind: "layered",
    input: widths[0]!,
    layers: [...hidden, lastAtZero ? { ...last, initial: "zero" } : last],
    init,
  };
}

/** What follows weights: the normalisation, where there is one, then the activation, where it is not linear. */
export function afterWeights(
  activation: Activation | SmoothActivation,
  normalisation: Normalisation | undefined,
): readonly LayerDescription[] {
  return [
    ...(normalisation === undefined ? [] : [normalisation]),
    ...(activation === "linear" ? [] : [{ kind: "activation", activation } as const]),
  ];
}
