import type { LayeredNetwork } from "../networks/network.ts";
import type { BatchLaw } from "./model-request.ts";

/**
 * What an experiment's measures are made of, where their roundings are followed network by network: passes with a squared loss
 * through a network. An experiment has it as its `passes`.
 */
export interface Passes {
  readonly network: LayeredNetwork;
  readonly batch: BatchLaw;
  /** Points between which sizes are compared: 0 is the input, l what leaves layer l. Absent: the input and the output. */
  readonly from?: number;
  readonly to?: number;
  /** Layers between them, in the sense of a measure that is one layer's part. Absent: 1. */
  readonly layers?: number;
}
