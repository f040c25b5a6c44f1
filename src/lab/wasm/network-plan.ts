import type { StreamKey } from "../../numerics/stream.ts";
import { UnsupportedError } from "../contract/engine.ts";
import { weightScale } from "../draws/weights.ts";
import { depthOf, slopeOf } from "../networks/architecture.ts";
import type { Initialisation, Mlp } from "../networks/network.ts";
import { KEY_BYTES, placeKey } from "./draw-kernels.ts";
import { KERNEL_CONSTANTS } from "./kernel-functions.ts";
import { ensureMemory, type Kernels } from "./module.ts";

/** What the kernels need to know of a network, laid out in their memory: addresses in bytes. */
export interface NetworkPlan {
  readonly law: number;
  readonly slope: number;
  readonly depth: number;
  readonly key: number;
  /** depth + 1 integers. */
  readonly widths: number;
  /** depth numbers: what takes standard draws to weights. */
  readonly factors: number;
}

/** Hands out memory from one address on, each piece at a multiple of 64 bytes. */
export interface Layout {
  take(bytes: number): number;
  readonly end: number;
}

export function layoutFrom(start: number): Layout {
  let end = start;
  return {
    take(bytes) {
      const at = end;
      end += Math.ceil(bytes / 64) * 64;
      return at;
    },
    get end() {
      return end;
    },
  };
}

/** The largest memory that a 32-bit address reaches, in bytes. */
const MOST = 2 ** 32;

/**
 * Makes the memory as large as the layout.
 * @throws UnsupportedError where that is more than 32-bit addresses reach
 */
export function provide(kernels: Kernels, layout: Layout): void {
  if (layout.end > MOST) {
    throw new UnsupportedError(
      `the kernels require at most ${MOST} bytes of memory, got ${layout.end} for this network`,
    );
  }
  ensureMemory(kernels.memory, layout.end);
}

/** Reserves what `placeNetwork` fills. */
export function planNetwork(network: Mlp, layout: Layout): NetworkPlan {
  const depth = depthOf(network);
  return {
    law: lawNumber(network.init),
    slope: slopeOf(network.activation),
    depth,
    key: layout.take(KEY_BYTES),
    widths: layout.take(4 * (depth + 1)),
    factors: layout.take(8 * depth),
  };
}

export function placeNetwork(kernels: Kernels, plan: NetworkPlan, network: Mlp, key: StreamKey): void {
  const { functions, memory } = kernels;
  placeKey(functions, plan.key, key);
  const { widths, init } = network;
  new Int32Array(memory.buffer, plan.widths, widths.length).set(widths);
  const factors = new Float64Array(memory.buffer, plan.factors, plan.depth);
  for (let layer = 0; layer < plan.depth; layer++)
    factors[layer] = weightScale(init, widths[layer]!, widths[layer + 1]!);
}

/** The numbers of kernels/draws/weights.ts. */
function lawNumber(init: Initialisation): number {
  const { LAW_GAUSSIAN, LAW_UNIFORM, LAW_RADEMACHER, LAW_ORTHOGONAL, LAW_CAUCHY, LAW_STUDENT_2 } = KERNEL_CONSTANTS;
  if (init.law === "student-t") return init.degreesOfFreedom === 1 ? LAW_CAUCHY : LAW_STUDENT_2;
  const numbers = {
    gaussian: LAW_GAUSSIAN,
    uniform: LAW_UNIFORM,
    rademacher: LAW_RADEMACHER,
    orthogonal: LAW_ORTHOGONAL,
  };
  return numbers[init.law];
}
