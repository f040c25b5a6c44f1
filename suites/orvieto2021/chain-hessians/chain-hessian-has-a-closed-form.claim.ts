import { chainHessianForms } from "../../../benchmarks/hessians/chain-hessian-forms.ts";
import { defineClaim } from "../../../src/claim/claim.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Bias, xavierUniform } from "../../../src/lab/networks/network.ts";

const forms = (depth: number, bias: Bias = "none") =>
  chainHessianForms(multilayerPerceptron({ width: 1, depth, activation: "linear", init: xavierUniform, bias }), depth);

export default defineClaim({
  id: "orvieto2021/chain-hessians/chain-hessian-has-a-closed-form",
  title: "A chain's Hessian is a diagonal plus a matrix of rank one, to the last digits",
  statement: String.raw`With $u_i = 1/w_i$ the Hessian of $\frac12(f - y)^2$ at a linear chain is $f(2f - y)\,uu^\top - f(f - y)\,\mathrm{diag}(u^2)$: its eigenvalues are those of automatic differentiation.`,
  source: { paper: "orvieto2021@v1", at: "our consequence of the abstract", grade: "derived" },
  assumptions: { noBiases: "the chain has no biases" },
  grid: { depth: [4, 8, 16, 32] },
  experiment: ({ depth }) => forms(depth),
  prediction: {
    says: "is-identity",
    of: "apart",
    bound: 1,
    because: "the bound on the rounding of both spectra, derived where it is computed",
  },
  controls: [
    {
      breaks: "noBiases",
      because: "with biases the network is another function of more parameters",
      experiment: ({ depth }) => forms(depth, { standardDeviation: 1 }),
      expected: { value: 1e9 },
      replicates: { smoke: 8, full: 8 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [4, 8, 16] } },
    full: { replicates: 128, grid: { depth: [4, 8, 16] } },
    deep: { replicates: 1024 },
  },
});
