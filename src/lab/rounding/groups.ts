import { type PlacedLayer, sizeOf } from "../networks/layered-network.ts";
import type { Places } from "./places.ts";

/** Which numbers are normalised together: the group of each, and how many numbers a group has. */
export interface Groups {
  readonly places: Places;
  readonly count: number;
  readonly size: number;
}

/** An example is a group of `layer-normalisation`, a unit or a channel one of `batch-normalisation`. */
export function groupsOf({ description, input }: PlacedLayer, batch: number): Groups {
  const numbers = sizeOf(input);
  const length = batch * numbers;
  const inner = typeof input === "number" ? 1 : input.height * input.width;
  const isByExample = description.kind === "layer-normalisation";
  const count = isByExample ? batch : numbers / inner;
  const places = Int32Array.from({ length }, (_, at) =>
    Math.floor(isByExample ? at / numbers : (at % numbers) / inner),
  );
  return { places, count, size: length / count };
}
