import { type Direction, layerFactor } from "../../../benchmarks/initialisation/layer-factor.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { INITIALISATIONS, type InitialisationName } from "../initialisations.ts";
import { compromise, ratioFamily, ratioSpread } from "./variance.theory.ts";

const FROM = 64;
const factorOf = (to: number, direction: Direction, initialisation: InitialisationName) =>
  layerFactor({ from: FROM, to, direction, init: INITIALISATIONS[initialisation] });
/** How many squares a layer's squared norm averages: one a unit on the other side. */
const terms = (to: number, direction: Direction) => (direction === "forward" ? to : FROM);

export default defineClaim({
  id: "glorot2010/signals/unequal-widths-are-a-compromise",
  title: "Between unequal widths normalised weights give forward what they take backward",
  statement: String.raw`From $n$ units to $m$, $\operatorname{Var}(W) = 2/(n + m)$ multiplies the variance of a unit forward by $2n/(n + m)$ and backward by $2m/(n + m)$: neither is kept, and the two add to 2.`,
  source: { paper: "glorot2010@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { averageFan: "the variance of weights is inverse to the average of both widths" },
  grid: { direction: ["forward", "backward"], to: [32, 128] },
  experiment: ({ direction, to }) => factorOf(to, direction, "normalised"),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "factor",
    value: ({ direction, to }) => compromise(FROM, to)[direction],
    within: 0.1,
    because: "less than a third of the distance to 1, a layer that keeps all",
    expected: {
      spread: ({ direction, to }) => compromise(FROM, to)[direction] * ratioSpread(terms(to, direction), 1),
      family: ({ direction, to }) => ratioFamily(terms(to, direction), 1),
    },
  },
  rivals: [{ value: 1, because: "each direction kept, which no variance does for both" }],
  controls: [
    {
      breaks: "averageFan",
      because: "standard weights know the fan-in alone: forward they keep a third, from any width to any",
      experiment: ({ direction, to }) => factorOf(to, direction, "standard"),
      grid: { direction: ["forward"], to: [32] },
      expected: { value: 1 / 3, spread: ratioSpread(32, 1) / 3, family: ratioFamily(32, 1) },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 512 },
    full: { replicates: 2048 },
    deep: { replicates: 8192, within: 0.05, because: "less than a sixth of the distance to 1" },
  },
});
