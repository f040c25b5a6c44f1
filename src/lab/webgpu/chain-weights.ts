import { LANES, type StreamRange } from "../../numerics/stream.ts";
import { chainWeights as drawOnHost } from "../draws/chain-weights.ts";
import type { Chain } from "../networks/network.ts";
import { inBatches } from "./batches.ts";
import type { Device } from "./device/device.ts";
import { drawStandard } from "./draws.ts";
import { drawnLaw } from "./ensemble-plan.ts";
import type { DrawnLaw } from "./shaders/draw-shader.ts";

/** As `draws/chain-weights.ts`: float32 draws, times the scale in float64; laws that no shader draws are drawn on the host. */
export function chainWeights(
  device: Device,
  { network, streams }: { readonly network: Chain; readonly streams: StreamRange },
): Float64Array {
  const { depth, init } = network;
  const { key, first, count } = streams;
  const law = drawnLaw(init);
  if (law === undefined) return drawOnHost({ network, streams });
  const scale = (law === "uniform" ? Math.sqrt(3) : 1) * Math.sqrt(init.gain);
  const { stride, step } = FILLS[law];
  // numbers that the device gives for each chain, of which every `step`-th is a weight
  const blocks = Math.ceil((depth * step) / 2);
  const weights = new Float64Array(count * depth);
  inBatches(device, { count, largest: Math.floor(PAIRS_A_JOB / blocks) }, (from, rows) => {
    const request = { key, first: first + from, lane: LANES.weights, rows, blocks, from: 0, stride };
    const draws = drawStandard(device, law, request);
    for (let row = 0; row < rows; row++) {
      for (let layer = 0; layer < depth; layer++) {
        weights[(from + row) * depth + layer] = scale * draws[2 * blocks * row + step * layer]!;
      }
    }
  });
  return weights;
}

/** A layer is a fill of one draw: it takes a uniform, or begins a block of Gaussians (a pair) or signs (64 pairs). */
const FILLS: { readonly [law in DrawnLaw]: { readonly stride: number; readonly step: 1 | 2 } } = {
  uniform: { stride: 1, step: 1 },
  gaussian: { stride: 1, step: 2 },
  rademacher: { stride: 64, step: 2 },
};

/** 32 MiB, and fewer groups of threads than every device allows. */
const PAIRS_A_JOB = 2 ** 22 - 64;
