import { type EscapingMethod, optimiserEscape } from "../../../benchmarks/optimisers/optimiser-escape.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { linearChain } from "../chains/initialisations.ts";
import { typicalLogHessian } from "./chain-escape.theory.ts";
import { ADAPTIVE, flow, HORIZON } from "./optimisers.ts";

const leave = (depth: number, method: EscapingMethod, side: "flatter" | "steeper") =>
  optimiserEscape(linearChain(depth, xavierUniform), method, method.name === "gradient-flow" ? 1e300 : HORIZON, {
    side,
    // Rounded, as it is part of what names the random streams.
    logHessian: Math.round(100 * typicalLogHessian(depth)) / 100,
  });

/** Standard deviations of the normal law that is as dense at its median as the escape times are (simulation). */
const SPREAD = { adam: 1.3, rmsprop: 1.3, sign: 0.4, normalised: 0.4 } as const;

/**
 * At depth 160 half of RMSProp's runs leave within twenty steps and the other half after ten to a hundred times as many, and the
 * median lies where few do: the density there is a quarter of that at depth 80 (20,000 chains).
 */
const STRADDLES = 4;

export default defineClaim({
  id: "orvieto2021/adaptive/adaptive-methods-ignore-curvature",
  title: "Adaptive methods leave flat chains as soon as steep ones",
  statement:
    "Of random chains of one depth the flatter half has $e^{7}$ (depth 40) to $e^{11}$ (depth 80) times less curvature than the steeper half. The median escape times of Adam, RMSProp, sign and normalised descent differ by less than a factor of $e$ between the halves.",
  source: { paper: "orvieto2021@v1", at: "abstract", grade: "stated" },
  assumptions: { adaptive: "steps are divided by the size of the gradients" },
  grid: { method: ["adam", "rmsprop", "sign", "normalised"], depth: [40, 80, 160] },
  experiment: ({ method, depth }) => leave(depth, ADAPTIVE[method], "flatter"),
  against: ({ method, depth }) => leave(depth, ADAPTIVE[method], "steeper"),
  prediction: {
    says: "differs-by",
    statistic: "median",
    of: "logTime",
    given: "counts",
    value: 0,
    within: 1,
    because:
      "flow's times differ by a factor of e^7 at depth 40; adaptive ones by 1.2 to 1.5 (simulation), since flatter chains have smaller weights, which have further to go",
    expected: {
      value: ({ depth }) => 2.2 / Math.sqrt(depth),
      spread: ({ method, depth }) => SPREAD[method] * (method === "rmsprop" && depth === 160 ? STRADDLES : 1),
      counts: 0.45,
    },
  },
  rivals: [{ value: 7, because: "inverse to curvature at depth 40, as for gradient flow" }],
  controls: [
    {
      breaks: "adaptive",
      because: "gradient flow is slowed by as much as the curvature differs",
      experiment: ({ depth }) => leave(depth, flow, "flatter"),
      grid: { method: ["adam"], depth: [80] },
      expected: { value: 20, spread: 5 },
      replicates: { smoke: 256, full: 256 },
    },
  ],
  tiers: {
    smoke: { replicates: 512, grid: { depth: [80] } },
    full: { replicates: 2560, grid: { depth: [40, 80] } },
    deep: {
      replicates: ({ method, depth }) => (method === "rmsprop" && depth === 160 ? 131_072 : 8192),
      within: 0.7,
      because: "a factor of two",
    },
  },
});
