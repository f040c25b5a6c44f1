/**
 * Eight chains side by side, four vectors of two: enough independent products to hide their latency. A frame holds what
 * belongs to the eight as a whole, 64 bytes an item, one float64 a chain; the layers follow it, each `stride` bytes: eight weights,
 * eight products of the weights before (or gradients), then the optimiser's eight m and v where it keeps them. The
 * offsets are those of src/lab/wasm/chains/chain-frame.ts.
 */

/** Product of all weights. */
// @ts-ignore: decorator
@inline
export const OUTPUT: usize = 0;
/** Derivative of the loss with respect to the output; for sign descent its sign. */
// @ts-ignore: decorator
@inline
export const SLOPE: usize = 64;
/** Smallest and largest size of a partial product on the way to the output. */
// @ts-ignore: decorator
@inline
export const LEAST: usize = 128;
// @ts-ignore: decorator
@inline
export const GREATEST: usize = 192;
/** All bits of a chain that is still followed; all bits of one that has reached half the target. */
// @ts-ignore: decorator
@inline
export const ACTIVE: usize = 256;
// @ts-ignore: decorator
@inline
export const ESCAPED: usize = 320;
/** Norm of the gradient, and what the optimiser makes of it. */
// @ts-ignore: decorator
@inline
export const NORM: usize = 384;
/** Adam's two scales of the step at hand. */
// @ts-ignore: decorator
@inline
export const ADAM_RATE: usize = 448;
// @ts-ignore: decorator
@inline
export const ADAM_SQUARE: usize = 512;
/** Steps already taken, eight 32-bit integers. */
// @ts-ignore: decorator
@inline
export const STEPS: usize = 576;
/** Numbers that the eight share, one float64 each. */
// @ts-ignore: decorator
@inline
export const TARGET: usize = 608;
// @ts-ignore: decorator
@inline
export const LOSS_SCALE: usize = 616;
// @ts-ignore: decorator
@inline
export const RATE: usize = 624;
/** Share of the past that m keeps, and of the new gradient. */
// @ts-ignore: decorator
@inline
export const KEEP_FIRST: usize = 632;
// @ts-ignore: decorator
@inline
export const NEW_FIRST: usize = 640;
/** The same of v. */
// @ts-ignore: decorator
@inline
export const KEEP_SECOND: usize = 648;
// @ts-ignore: decorator
@inline
export const NEW_SECOND: usize = 656;
// @ts-ignore: decorator
@inline
export const EPSILON: usize = 664;
// @ts-ignore: decorator
@inline
export const THRESHOLD: usize = 672;
/** First layer. */
// @ts-ignore: decorator
@inline
export const LAYERS: usize = 704;

/** Within a layer, after the weights. */
// @ts-ignore: decorator
@inline
export const PREFIX: usize = 64;
// @ts-ignore: decorator
@inline
export const FIRST: usize = 128;
/** v follows m where there is one. */
// @ts-ignore: decorator
@inline
export const SECOND_ALONE: usize = 128;
// @ts-ignore: decorator
@inline
export const SECOND: usize = 192;
