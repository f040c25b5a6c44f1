import type { Dataset } from "../../numerics/dataset.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { fillGaussian, nextUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { InputLaw } from "../contract/propagation.ts";
import { refuseUnknown } from "../networks/kinds.ts";

/**
 * Fills the first `width` entries of `out` with replicate `replicate`'s input, scaled to norm 1, and gives the logarithm
 * of its squared norm: 0 for every law but `raw-image`. A direction on the sphere comes from lane `input`, the choice of
 * a picture from lane `choice`.
 */
export function fillInput(
  source: {
    readonly input: InputLaw;
    readonly width: number;
    readonly key: StreamKey;
    readonly data?: Dataset | undefined;
  },
  replicate: number,
  out: Float64Array,
): number {
  const { input, width, key, data } = source;
  switch (input.law) {
    case "basis":
      fillBasis(out, width);
      return 0;
    case "sphere":
      fillDirection(openStream(key, replicate, LANES.input), out, 0, width);
      return 0;
    case "image":
    case "raw-image": {
      const pictures = data!.labels.length;
      const picture = Math.floor(nextUniform(openStream(key, replicate, LANES.choice)) * pictures);
      const logSquare = fillPicture(data!, picture, out, 0);
      return input.law === "raw-image" ? logSquare : 0;
    }
    default:
      return refuseUnknown("an input", input);
  }
}

/** The first basis vector. */
export function fillBasis(out: Float64Array, width: number): void {
  out.fill(0, 0, width);
  out[0] = 1;
}

/** A uniformly random unit vector in entries `from` to `to - 1`: a Gaussian vector over its norm. */
export function fillDirection(stream: Stream, out: Float64Array, from: number, to: number): void {
  fillGaussian(stream, out, from, to);
  normalise(out, from, to);
}

/**
 * Picture `picture` over its norm, from `at` on; gives the logarithm of its squared norm.
 * @throws RangeError for an all-black picture, which has no direction
 */
export function fillPicture(data: Dataset, picture: number, out: Float64Array, at: number): number {
  const start = picture * data.width;
  for (let pixel = 0; pixel < data.width; pixel++) out[at + pixel] = data.images[start + pixel]!;
  const logSquare = normalise(out, at, at + data.width);
  if (logSquare === -Infinity) {
    throw new RangeError(`a picture requires a positive norm, got all zeros in picture ${picture} of ${data.name}`);
  }
  return logSquare;
}
