import { attentionGradients } from "../../../benchmarks/relatives/attention-gradients.ts";
import { defineClaim } from "../../../src/claim/claim.ts";

const attention = (tokens: number, spread: number) => attentionGradients({ tokens, width: 16, spread });

export default defineClaim({
  id: "orvieto2021/relatives/identical-tokens-stop-queries",
  title: "Where all tokens are alike queries and keys have no gradient at all; values have",
  statement: String.raw`In a layer of self-attention whose tokens have collapsed to one, $\nabla_{W_Q} = \nabla_{W_K} = 0$: a softmax passes on nothing of cotangents that are alike.`,
  source: { paper: "noci2022@v1", at: "abstract", grade: "stated" },
  assumptions: { collapsed: "all tokens are the same" },
  grid: { tokens: [4, 8, 16, 32] },
  experiment: ({ tokens }) => attention(tokens, 0),
  prediction: {
    says: "is-identity",
    of: "queryAndKeyOverValue",
    bound: 1e-12,
    because: "zero but for rounding: some thousand operations of 1e-16, should a loop sum in another order",
  },
  controls: [
    {
      breaks: "collapsed",
      because: "tokens that differ by a tenth have gradients of queries and keys, if small ones",
      experiment: ({ tokens }) => attention(tokens, 0.1),
      grid: { tokens: [8] },
      expected: { value: 0.01 },
      replicates: { smoke: 16, full: 64 },
    },
  ],
  tiers: {
    smoke: { replicates: 16, grid: { tokens: [8] } },
    full: { replicates: 64, grid: { tokens: [4, 8, 16] } },
    deep: { replicates: 256 },
  },
});
