import { log } from "../../numerics/elementary.ts";
import { UnsupportedError } from "../contract/engine.ts";
import type { Sampling } from "../contract/propagation.ts";
import { offsetsOf, slopeOf } from "../networks/architecture.ts";
import type { Activation, Initialisation, Mlp } from "../networks/network.ts";
import type { AdapterDescription } from "./job.ts";
import type { DrawnLaw, WeightSource } from "./shaders/draw-shader.ts";
import type { Image } from "./shaders/image-shader.ts";
import { THREADS } from "./shaders/unit-norm-shader.ts";

/** A network as the shaders see it. Scales of weights stay out: they are known logarithms, added in float64. */
export interface EnsemblePlan {
  readonly source: WeightSource;
  /** Where each layer's image of one vector is drawn in place of its weights. */
  readonly image: Image | undefined;
  readonly depth: number;
  readonly slope: number;
  /** Entries a vector takes: the widest layer. */
  readonly width: number;
  /** fan-in, fan-out, first draw and first word of what is kept for the backward pass, for each layer. */
  readonly layers: Uint32Array<ArrayBuffer>;
  /** Words kept a network: a bit a unit, or with images a number a unit. */
  readonly maskWords: number;
  /** Draws uploaded a network. */
  readonly uploaded: number;
  /** ln of the squared factor from a standard draw to a weight, for each layer. */
  readonly logScales: readonly number[];
  /** Draws a layer at most. */
  readonly largestLayer: number;
}

/**
 * @throws RangeError for a network that no engine could run
 * @throws UnsupportedError for a law of weights that the shaders do not draw, and for networks too large for the device
 */
export function planEnsemble(
  network: Mlp,
  adapter: AdapterDescription,
  { sampling, needsMatrices }: { readonly sampling: Sampling; readonly needsMatrices: boolean },
): EnsemblePlan {
  const source = drawnLaw(network.init) ?? "uploaded";
  const image = imageOf(network.init, sampling, needsMatrices);
  const slope = drawnSlope(network.activation);
  const fans = network.widths.slice(1).map((fanOut, layer) => ({ fanIn: network.widths[layer]!, fanOut }));
  const sizes = fans.map(({ fanIn, fanOut }) => fanIn * fanOut);
  const bases = offsetsOf(sizes.map((size) => Math.ceil(size / FILLS[source]) * FILLS[source]));
  if (bases[fans.length]! >= 2 ** 32) {
    throw new UnsupportedError(
      `engine webgpu requires fewer than 2^32 draws a network, its counters are 32-bit, got ${bases[fans.length]}`,
    );
  }
  const masksAt = offsetsOf(fans.map(({ fanOut }) => (image === undefined ? Math.ceil(fanOut / 32) : fanOut)));
  const width = widestOf(network, adapter);
  return {
    source,
    image,
    uploaded: source === "uploaded" && image === undefined ? bases[fans.length]! : 0,
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

/** Draws at whose multiples a fill begins: a uniform, a pair of Gaussians, a block of signs; uploaded ones are read in pairs. */
const FILLS: Readonly<Record<WeightSource, number>> = { uniform: 1, gaussian: 2, rademacher: 128, uploaded: 2 };

/**
 * Undefined for a law that the shaders do not draw: how many numbers Student's rejections take is known only when they are drawn, and
 * an orthogonal matrix is a product of reflections, one after another.
 */
export function drawnLaw({ law }: Initialisation): DrawnLaw | undefined {
  return law === "gaussian" || law === "uniform" || law === "rademacher" ? law : undefined;
}

/** As the reference has it: orthogonal layers that meet one vector going forward are not drawn as matrices. */
function imageOf({ law }: Initialisation, sampling: Sampling, needsMatrices: boolean): Image | undefined {
  if (sampling === "law-exact") return "law-exact";
  return law === "orthogonal" && !needsMatrices ? "orthogonal" : undefined;
}

/** What is uploaded has all of its scale but the gain already, and so has a direction. */
function logSquaredScale(init: Initialisation, fanIn: number, fanOut: number): number {
  if (drawnLaw(init) === undefined) return log(init.gain);
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
