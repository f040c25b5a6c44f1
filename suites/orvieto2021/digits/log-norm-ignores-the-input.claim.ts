import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { onPixels } from "./classifiers.ts";
import { mnistDigits } from "./mnist-digits.ts";

const WIDTH = 16;

/** Digits, divided by their norm or not. */
const digits = (depth: number, law: "image" | "raw-image") =>
  forwardLogNorm(onPixels(WIDTH, depth), { law, data: mnistDigits.name }, "direct", mnistDigits);

export default defineClaim({
  id: "orvieto2021/digits/log-norm-ignores-the-input",
  title: "The law of the log norm is the same for real digits and for random inputs",
  statement: String.raw`For inputs of norm 1 the law of $\ln\|h_L\|^2$ over networks does not depend on the input: real digits and uniform directions give one law.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { normalised: "inputs are divided by their norm" },
  grid: { depth: [16] },
  experiment: ({ depth }) => digits(depth, "image"),
  against: ({ depth }) => forwardLogNorm(onPixels(WIDTH, depth), { law: "sphere" }),
  prediction: {
    says: "has-same-law",
    of: "logNormSquared",
    within: 0.075,
    because: "in sup-distance: a shift by a fifth of the spread; the two laws are exactly equal",
  },
  controls: [
    {
      breaks: "normalised",
      because: "raw pixels have squared norms of about 100, each digit its own",
      experiment: ({ depth }) => digits(depth, "raw-image"),
      expected: { value: 0.6 },
      replicates: { smoke: 256, full: 512 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: 13312 },
    deep: {
      replicates: 30720,
      within: 0.05,
      because: "a shift by an eighth of the spread; the two laws are exactly equal",
    },
  },
});
