import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import { chainSpectrum } from "../../src/lab/reference/chains/chain-hessian.ts";
import { exp, log } from "../../src/numerics/elementary.ts";

const measures: Experiment<"apart">["measures"] = {
  apart: {
    kind: "raw",
    rounding: "underived",
    description: "largest distance of two eigenvalues of one rank, in units of the bound on the rounding of both",
  },
};

const TARGET = 1;
const UNIT_ROUNDOFF = 2 ** -53;

/**
 * The closed form of a chain's Hessian beside the engine's own: automatic differentiation of a network of one unit a layer,
 * and an eigensolver that knows nothing of chains. `network` has `depth` layers of width 1 without biases, or one assumption
 * less. Cost: `depth` Hessian-vector products and two spectra.
 */
export function chainHessianForms(network: LayeredNetwork, depth: number): Experiment<"apart"> {
  return {
    name: "chain-hessian-forms",
    module: import.meta.url,
    setup: { network: { ...network } as never, depth },
    measures,
    cost: { draws: depth, multiplyAdds: 100 * depth * depth, transcendentals: depth },
    observe: (context) => observe(network, depth, context),
  };
}

function observe(network: LayeredNetwork, depth: number, { engine, streams }: Context) {
  const chain = { kind: "chain", depth, activation: "linear", init: network.init } as const;
  const weights = engine.chainWeights({ network: chain, streams });
  const batch = { size: 1, inputs: "sphere", targets: { constant: TARGET } } as const;
  const request = { network, loss: "squared", batch, streams } as const;
  const { loss } = engine.gradients(request);
  const eigenvalues = engine.hessianEigenvalues(request);
  const parameters = eigenvalues.length / streams.count;
  const apart = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const drawn = weights.subarray(row * depth, (row + 1) * depth);
    // The sphere of one dimension is {1, -1}: with x = -1 the loss is that of the target -1 at x = 1.
    const target = TARGET * inputSign(drawn, loss[row]!);
    const closed = chainSpectrum(drawn, target);
    let largest = 0;
    for (let i = 0; i < depth; i++) {
      // A network with more parameters than the chain is compared by its lowest eigenvalues.
      const distance = Math.abs(closed.eigenvalues[i]! * exp(closed.logScale) - eigenvalues[row * parameters + i]!);
      largest = Math.max(largest, distance);
    }
    apart[row] = largest / roundingOf(drawn, target);
  }
  return { apart };
}

function inputSign(weights: Float64Array, loss: number): 1 | -1 {
  const output = weights.reduce((product, weight) => product * weight, 1);
  const offBy = (sign: 1 | -1) => Math.abs(loss - (sign * output - TARGET) ** 2 / 2);
  return offBy(1) <= offBy(-1) ? 1 : -1;
}

/**
 * Bound on the sum of both spectra's errors; by Weyl's inequality an eigenvalue errs by no more than its matrix does.
 *
 * Differentiated: an entry is P_i P_j + (f - y) P_ij, each term a product of at most 3 L factors: 3 L u times the Frobenius norms
 * f^2 sum u_i^2 and |f (f - y)| ||u_i u_j||, i != j; a backward stable eigensolver adds some 10 L u of that.
 *
 * Closed: f (2f - y) uu^T less f (f - y) diag(u^2), whose diagonals cancel to P_i^2: with one weight far smaller than the others both
 * parts are larger than the matrix, by up to the ratio of the two smallest weights, and the solver is stable only relative to them.
 * Products are taken by logarithms, in each of three factors a relative error of about u sum |ln w|.
 */
function roundingOf(weights: Float64Array, target: number): number {
  let output = 1;
  let logs = 0;
  let squares = 0;
  let fourths = 0;
  for (const weight of weights) {
    output *= weight;
    logs += Math.abs(log(Math.abs(weight)));
    squares += weight ** -2;
    fourths += weight ** -4;
  }
  const indefinite = Math.abs(output * (output - target));
  const differentiated = output * output * squares + indefinite * Math.sqrt(Math.max(0, squares * squares - fourths));
  const closed = (Math.abs(output * (2 * output - target)) + indefinite) * squares;
  return 16 * (weights.length + logs) * UNIT_ROUNDOFF * (differentiated + closed);
}
