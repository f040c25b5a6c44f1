import type { PlacedLayer } from "../../networks/layered-network.ts";
import { sizeOf } from "../../networks/layered-network.ts";
import type { Groups } from "../primitives.ts";

/** `layer-normalisation`: a group an example. `batch-normalisation`: a group a unit, or a channel of an image. */
export function groupsOf({ description, input }: PlacedLayer, batch: number): Groups {
  const size = sizeOf(input);
  if (description.kind === "layer-normalisation") {
    return { count: batch, stride: size, outer: 1, outerStride: 0, inner: size };
  }
  const inner = typeof input === "number" ? 1 : input.height * input.width;
  return { count: size / inner, stride: inner, outer: batch, outerStride: size, inner };
}
