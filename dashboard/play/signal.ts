import type { Engine } from "../../src/lab/contract/engine.ts";
import { multilayerPerceptron, type Normalisation } from "../../src/lab/networks/multilayer-perceptron.ts";
import {
  heNormal,
  type Initialisation,
  type LayeredNetwork,
  orthogonal,
  xavierNormal,
} from "../../src/lab/networks/network.ts";
import { residualNetwork } from "../../src/lab/networks/residual-network.ts";
import { keyOfDigest } from "../../src/run/plan/stream-text.ts";
import type { SignalAnswer, SignalRequest } from "../browser/play/messages.ts";
import type { Digest } from "./draw.ts";

/** Batch statistics need several examples; the others pass alone. */
const BATCH = 16;

/** A signal through random networks of one kind, block by block: what is left of its squared norm after each. */
export async function signals(engine: Engine, digest: Digest, request: SignalRequest): Promise<SignalAnswer> {
  const { depth, normalisation, seed, count } = request;
  const network = networkOf(request);
  const key = keyOfDigest(await digest(JSON.stringify({ seed, network })));
  const batch = {
    size: normalisation === "batch" ? BATCH : 1,
    inputs: "sphere",
    targets: { constant: 0 },
  } as const;
  const { logForward } = engine.layerNorms({ network, loss: "squared", batch, streams: { key, first: 0, count } });
  const points = logForward.length / count;
  // After the input, what leaves each block: the layers between them are the block's own.
  const each = (points - 1) / depth;
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from({ length: depth + 1 }, (_, block) => {
      const log = logForward[row * points + Math.round(block * each)]! - logForward[row * points]!;
      return Number.isFinite(log) ? log / Math.LN10 : null;
    }),
  );
  return { kind: "signal", rows };
}

function networkOf({ width, depth, activation, init, residual, normalisation }: SignalRequest): LayeredNetwork {
  const own: { readonly normalisation?: Normalisation } =
    normalisation === "none" ? {} : { normalisation: { kind: `${normalisation}-normalisation`, epsilon: 0 } };
  const law = { activation, init: lawOf(init, activation), ...own };
  if (residual) return residualNetwork({ ...law, width, depth, scale: "1/sqrt(L)", matrices: 1 });
  // One more dense layer ends it; the signal is looked at before.
  const widths = new Array<number>(depth + 2).fill(width);
  const whole = multilayerPerceptron({ ...law, widths });
  return { ...whole, layers: whole.layers.slice(0, -1) };
}

/** He and the orthogonal law make up for what a rectifier takes away; Xavier does not. */
function lawOf(init: SignalRequest["init"], activation: SignalRequest["activation"]): Initialisation {
  if (init === "xavier") return xavierNormal;
  return init === "he" ? heNormal : orthogonal(activation === "relu" ? 2 : 1);
}
