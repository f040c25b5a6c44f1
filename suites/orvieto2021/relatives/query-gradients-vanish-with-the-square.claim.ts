import { attentionGradients } from "../../../benchmarks/relatives/attention-gradients.ts";
import { defineClaim } from "../../../src/claim/claim.ts";

const attention = (spread: number) => attentionGradients({ tokens: 8, width: 16, spread });

export default defineClaim({
  id: "orvieto2021/relatives/query-gradients-vanish-with-the-square",
  title: "As tokens collapse the gradient of queries vanishes with the square of their distance",
  statement: String.raw`For tokens $x + \varepsilon\,\xi_i$ the median of $\ln\|\nabla_{W_Q}\|$ has slope 2 in $\ln \varepsilon$, while $\|\nabla_{W_V}\|$ keeps its size.`,
  source: { paper: "noci2022@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { collapsing: "tokens come together as the axis says" },
  grid: { spread: [0.001, 0.01, 0.1] },
  experiment: ({ spread }) => attention(spread),
  prediction: {
    says: "scales",
    through: "median",
    of: "logQuery",
    along: { axis: "spread", as: ({ spread }) => Math.log(spread), named: "ln ε" },
    slope: 2,
    within: 0.15,
    because:
      "a sixth of the distance to the rivals is enough: the next order is a power of the distance more, 0.1 at most",
    expected: { value: ({ spread }) => 2.6 + 2 * Math.log(spread), spread: 0.54 },
  },
  rivals: [
    { value: 1, because: "in proportion to the distance" },
    { value: 0, because: "a gradient that keeps its size, as that of the values does" },
  ],
  controls: [
    {
      breaks: "collapsing",
      because: "tokens of a fixed distance have gradients of a fixed size",
      experiment: () => attention(0.05),
      expected: { value: -3.4, spread: 0.54 },
      replicates: { smoke: 24, full: 48 },
    },
  ],
  tiers: {
    smoke: { replicates: 48 },
    full: { replicates: 192 },
    deep: { replicates: 768, within: 0.08, because: "half of that" },
  },
});
