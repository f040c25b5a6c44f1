import { log } from "../../numerics/elementary.ts";
import { UnsupportedError } from "../contract/engine.ts";
import { offsetsOf, slopeOf } from "../networks/architecture.ts";
import type { Activation, Initialisation, Mlp } from "../networks/network.ts";
import type { AdapterDescription } from "./job.ts";
import type { DrawnLaw } from "./shaders/draw-shader.ts";
import { THREADS } from "./shaders/unit-norm-shader.ts";

/** A network as the shaders see it. Scales of weights stay out: they are known logarithms, added in float64. */
export interface EnsemblePlan {
  readonly law: DrawnLaw;
  readonly depth: number;
  readonly slope: number;
  /** Entries a vector takes: the widest layer. */
  readonly width: number;
  /** fan-in, fan-out, first draw and first word of the masks, for each layer. */
  readonly layers: Uint32Array<ArrayBuffer>;
  readonly maskWords: number;
  /** ln of the squared factor from a standard draw to a weight, for each layer. */
  readonly logScales: readonly number[];
  /** Draws a layer at most. */
  readonly largestLayer: number;
}

/**
 * @throws RangeError for a network that no engine could run
 * @throws UnsupportedError for a law of weights that the shaders do not draw, and for networks too large for the device
 */
export function planEnsemble(network: Mlp, adapter: AdapterDescription): EnsemblePlan {
  const law = drawnLaw(network.init);
  const slope = drawnSlope(network.activation);
  const fans = network.widths.slice(1).map((fanOut, layer) => ({ fanIn: network.widths[layer]!, fanOut }));
  const sizes = fans.map(({ fanIn, fanOut }) => fanIn * fanOut);
  const bases = offsetsOf(sizes.map((size) => Math.ceil(size / FILLS[law]) * FILLS[law]));
  if (bases[fans.length]! >= 2 ** 32) {
    throw new UnsupportedError(
      `engine webgpu requires fewer than 2^32 draws a network, its counters are 32-bit, got ${bases[fans.length]}`,
    );
  }
  const masksAt = offsetsOf(fans.map(({ fanOut }) => Math.ceil(fanOut / 32)));
  const width = widestOf(network, adapter);
  return {
    law,
    depth: fans.length,
    slope,
    width,
    layers: Uint32Array.from(
      fans.flatMap(({ fanIn, fanOut }, layer) => [fanIn, fanOut, bases[layer]!, masksAt[layer]!]),
    ),
    maskWords: masksAt[fans.length]!,
    logScales: fans.map(({ fanIn, fanOut }) => logSquaredScale(network.init, fanIn, fanOut)),
    largestLayer: Math.max(...sizes),
  };
}

/** Draws at whose multiples a fill begins: a uniform, a pair of Gaussians, a block of signs. */
const FILLS: Readonly<Record<DrawnLaw, number>> = { uniform: 1, gaussian: 2, rademacher: 128 };

/** @throws UnsupportedError for a law that the shaders do not draw */
export function drawnLaw({ law }: Initialisation): DrawnLaw {
  if (law === "gaussian" || law === "uniform" || law === "rademacher") return law;
  throw new UnsupportedError(`engine webgpu draws gaussian, uniform and rademacher weights, got ${law}`);
}

export function logSquaredScale(init: Initialisation, fanIn: number, fanOut: number): number {
  const fan = init.fan === "in" ? fanIn : (fanIn + fanOut) / 2;
  return log(init.gain) - log(fan) + (init.law === "uniform" ? log(3) : 0);
}

/** Where all units are negative and the slope is tiny, float32 would take a living layer for dead. */
function drawnSlope(activation: Activation): number {
  const slope = slopeOf(activation);
  if (slope === 0 || slope >= 2 ** -40) return slope;
  throw new UnsupportedError(`engine webgpu requires a leaky slope of 0 or at least 2^-40 in float32, got ${slope}`);
}

function widestOf(network: Mlp, adapter: AdapterDescription): number {
  const width = Math.max(...network.widths);
  // two vectors, two sums a thread and a number, of 4 bytes each
  const largest = Math.floor((adapter.workgroupBytes / 4 - 2 * THREADS - 4) / 2);
  if (width > largest) {
    throw new UnsupportedError(
      `engine webgpu requires layers of at most ${largest} units, which the adapter's workgroup memory holds, got ${width}`,
    );
  }
  return width;
}
