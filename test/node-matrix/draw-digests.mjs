/**
 * Prints, as JSON, the SHA-256 of the bytes of a million draws of each law by the built files: what this Node computes.
 * Plain JavaScript, so that every version of Node can run it: `node draw-digests.mjs [folder of the build]`.
 */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";

const build = process.argv[2] ? pathToFileURL(`${process.argv[2]}/`) : new URL("../../dist/", import.meta.url);
const { fillGaussian, fillRademacher, fillUniform, openStream } = await import(
  new URL("src/numerics/random.js", build)
);
const { applyHaar, fillHaar } = await import(new URL("src/numerics/haar.js", build));
const { exp, log } = await import(new URL("src/numerics/elementary.js", build));

const DRAWS = 1_000_000;
/** 100 matrices of 100 x 100, and 10,000 vectors of 100: a million numbers each. */
const DIMENSION = 100;
/** The digits of pi, as in Random123's own vectors: an address that nobody chose for its outcome. */
const KEY = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

console.log(
  JSON.stringify({
    node: process.versions.node,
    digests: {
      uniform: digestOf((stream, out) => fillUniform(stream, out, 0, DRAWS)),
      gaussian: digestOf((stream, out) => fillGaussian(stream, out, 0, DRAWS)),
      rademacher: digestOf((stream, out) => fillRademacher(stream, out, 0, DRAWS)),
      haar: digestOf(drawMatrices),
      sphere: digestOf(drawSphere),
      logarithm: digestOf((stream, out) => mapUniform(stream, out, (u) => log(u / (1 - u)))),
      exponential: digestOf((stream, out) => mapUniform(stream, out, (u) => exp(1400 * u - 700))),
    },
  }),
);

function digestOf(draw) {
  const out = new Float64Array(DRAWS);
  draw(openStream(KEY, 0, 0), out);
  return createHash("sha256").update(new Uint8Array(out.buffer)).digest("hex");
}

function drawMatrices(stream, out) {
  const size = DIMENSION * DIMENSION;
  for (let at = 0; at < DRAWS; at += size) fillHaar(stream, out.subarray(at, at + size), DIMENSION);
}

function drawSphere(stream, out) {
  for (let at = 0; at < DRAWS; at += DIMENSION) {
    out[at] = 1;
    applyHaar(stream, out, at, at + DIMENSION);
  }
}

function mapUniform(stream, out, transform) {
  fillUniform(stream, out, 0, DRAWS);
  for (let i = 0; i < DRAWS; i++) out[i] = transform(out[i]);
}
