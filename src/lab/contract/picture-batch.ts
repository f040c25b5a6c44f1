import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamRange } from "../../numerics/stream.ts";
import { requireMlp } from "../networks/architecture.ts";
import type { Mlp } from "../networks/network.ts";
import { requireWidth } from "./propagation.ts";

/** One network a replicate, `batch` different pictures of `data` through it. */
export interface BatchRequest {
  readonly network: Mlp;
  readonly batch: number;
  readonly streams: StreamRange;
  readonly data: Dataset;
}

export interface BatchRepresentations {
  /** Median over pairs of ln(1 - cos) of the last layer's representations, 1 - cos as |u - v|^2 / 2; -Infinity for an exactly collapsed median. */
  readonly logOneMinusCosine: Float64Array;
  /** Fraction of pairs whose 1 - cos is exactly 0. */
  readonly collapsed: Float64Array;
  /** Median over the same pairs of 1 - cos of the inputs. */
  readonly inputOneMinusCosine: Float64Array;
  /** 1 when every image of the batch has a non-zero representation. */
  readonly alive: Float64Array;
}

export interface LossGradients {
  /** ln ||dLoss/dW_l||_F, `count` rows of `depth`; -Infinity where exactly zero. */
  readonly logGradients: Float64Array;
}

/**
 * Refuses a network that does not fit the data, or a batch that the data cannot fill.
 * @throws RangeError naming what was found and what was needed
 */
export function requireBatch(request: BatchRequest, smallest: number): void {
  const { network, batch, data } = request;
  requireMlp(network);
  requireWidth(data, network.widths[0]!);
  const pictures = data.labels.length;
  if (!Number.isInteger(batch) || batch < smallest || batch > pictures) {
    throw new RangeError(`a batch of ${data.name} requires ${smallest} to ${pictures} pictures, got ${batch}`);
  }
}

/** @throws RangeError, too, where the network's outputs are not the labels' classes */
export function requireLabelledBatch(request: BatchRequest): void {
  requireBatch(request, 1);
  const { network, data } = request;
  requireHead(network.widths[network.widths.length - 1]!, data.classes, data.name);
}

function requireHead(outputs: number, classes: number, name: string): void {
  if (outputs !== classes) {
    throw new RangeError(`the labels of ${name} require a last layer of ${classes} outputs, got ${outputs}`);
  }
}
