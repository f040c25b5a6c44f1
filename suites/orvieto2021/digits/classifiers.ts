import { lossGradient } from "../../../benchmarks/loss-gradient.ts";
import { representationCollapse } from "../../../benchmarks/representation-collapse.ts";
import { type Activation, heNormal, type Mlp } from "../../../src/lab/networks/network.ts";
import { mnistDigits } from "./mnist-digits.ts";

/** 28 by 28 pixels, ten classes. */
const PIXELS = 784;
const CLASSES = 10;
/** As many different digits at once as a small training batch has. */
export const BATCH = 32;

/** `depth` layers of one width on top of the pixels. */
export const onPixels = (width: number, depth: number, activation: Activation = "relu"): Mlp => ({
  kind: "mlp",
  widths: [PIXELS, ...new Array<number>(depth).fill(width)],
  activation,
  init: heNormal,
});

/** Angles between the representations of digits. */
export const collapse = (width: number, depth: number, activation: Activation = "relu") =>
  representationCollapse(onPixels(width, depth, activation), BATCH, mnistDigits);

/** First-layer gradient of the cross-entropy of a classifier with `depth` layers, the last of them linear into ten classes. */
export const gradient = (width: number, depth: number) =>
  lossGradient(
    { ...onPixels(width, depth - 1), widths: [...onPixels(width, depth - 1).widths, CLASSES] },
    BATCH,
    mnistDigits,
  );
