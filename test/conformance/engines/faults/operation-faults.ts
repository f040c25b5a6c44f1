import { reference } from "../../../../src/lab/reference/engine.ts";
import type { StreamRange } from "../../../../src/numerics/stream.ts";
import type { Contractor, Operation } from "../check.ts";

/** A mistake in whole operations of an otherwise right engine. */
export interface OperationFault {
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly plant: (right: Contractor) => Partial<Contractor>;
}

const shifted = <Request extends { readonly streams: StreamRange }>(request: Request): Request => ({
  ...request,
  streams: { ...request.streams, first: request.streams.first + 1 },
});

const scaled = (values: Float64Array, change: (value: number, at: number) => number): Float64Array =>
  values.map(change);

export const operationFaults: readonly OperationFault[] = [
  {
    name: "streams that begin one replicate late",
    operations: ["propagate"],
    plant: (right) => ({ propagate: (request) => right.propagate(shifted(request)) }),
  },
  {
    name: "streams numbered from 0 whatever the range",
    operations: ["backpropagate"],
    plant: (right) => ({
      backpropagate: (request) => right.backpropagate({ ...request, streams: { ...request.streams, first: 0 } }),
    }),
  },
  {
    name: "a variance a thousandth too large",
    operations: ["propagate"],
    plant: (right) => ({
      propagate: (request) => {
        const init = { ...request.network.init, gain: 1.001 * request.network.init.gain };
        return right.propagate({ ...request, network: { ...request.network, init } });
      },
    }),
  },
  {
    name: "the other fan",
    operations: ["propagate"],
    plant: (right) => ({
      propagate: (request) => {
        const { init } = request.network;
        return right.propagate({
          ...request,
          network: { ...request.network, init: { ...init, fan: init.fan === "in" ? "average" : "in" } },
        });
      },
    }),
  },
  {
    name: "a mask dropped in the backward pass",
    operations: ["backpropagate"],
    plant: (right) => ({
      backpropagate: (request) => {
        const linear = { ...request.network, activation: "linear" } as const;
        const { logNorm } = right.backpropagate(request);
        return { logNorm, logGradients: right.backpropagate({ ...request, network: linear }).logGradients };
      },
    }),
  },
  {
    name: "increments in float32",
    operations: ["propagate"],
    plant: (right) => ({
      propagate: (request) => {
        const found = right.propagate(request);
        return { ...found, logIncrements: scaled(found.logIncrements, Math.fround) };
      },
    }),
  },
  {
    name: "norms instead of squared norms",
    operations: ["backpropagate"],
    plant: (right) => ({
      backpropagate: (request) => {
        const found = right.backpropagate(request);
        return { ...found, logGradients: scaled(found.logGradients, (value) => value / 2) };
      },
    }),
  },
  {
    name: "norms that underflow at depth",
    operations: ["propagate", "backpropagate"],
    plant: (right) => ({
      backpropagate: (request) => {
        const found = right.backpropagate(request);
        return { ...found, logGradients: scaled(found.logGradients, (value) => Math.log(Math.exp(value))) };
      },
    }),
  },
  {
    name: "a dead network that is said to be alive",
    operations: ["propagate"],
    plant: (right) => ({
      propagate: (request) => {
        const found = right.propagate(request);
        return { ...found, layersAlive: found.layersAlive.fill(request.network.widths.length - 1) };
      },
    }),
  },
  {
    name: "death counted one layer late",
    operations: ["propagate"],
    plant: (right) => ({
      propagate: (request) => {
        const found = right.propagate(request);
        const depth = request.network.widths.length - 1;
        return { ...found, layersAlive: scaled(found.layersAlive, (value) => Math.min(depth, value + 1)) };
      },
    }),
  },
  {
    name: "results in memory that the next call overwrites",
    operations: ["propagate"],
    plant: (right) => {
      const shared = new Float64Array(100_000);
      return {
        propagate: (request) => {
          const found = right.propagate(request);
          shared.set(found.logIncrements.subarray(0, shared.length));
          return { ...found, logIncrements: shared.subarray(0, found.logIncrements.length) };
        },
      };
    },
  },
  {
    name: "a state that the next call sees",
    operations: ["propagate"],
    plant: (right) => {
      let calls = 0;
      return {
        propagate: (request) => {
          calls++;
          const found = right.propagate(request);
          return calls % 7 === 0
            ? { ...found, logIncrements: scaled(found.logIncrements, (value) => value * (1 + 2 ** -52)) }
            : found;
        },
      };
    },
  },
  {
    name: "one unit of roundoff that depends on the place in the range",
    operations: ["backpropagate"],
    plant: (right) => ({
      backpropagate: (request) => {
        const found = right.backpropagate(request);
        return {
          ...found,
          logNorm: scaled(found.logNorm, (value, at) => (at % 4 === 3 ? value * (1 + 2 ** -52) : value)),
        };
      },
    }),
  },
  {
    name: "a median of the wrong pairs",
    operations: ["propagateBatch"],
    plant: (right) => ({
      propagateBatch: (request) => {
        const found = right.propagateBatch(request);
        return { ...found, logOneMinusCosine: scaled(found.logOneMinusCosine, (value) => value + 1e-6) };
      },
    }),
  },
  {
    name: "a sum over the batch instead of a mean",
    operations: ["lossGradients"],
    plant: (right) => ({
      lossGradients: (request) => {
        const found = right.lossGradients(request);
        return { logGradients: scaled(found.logGradients, (value) => value + Math.log(request.batch)) };
      },
    }),
  },
  {
    name: "weights in float32",
    operations: ["chainWeights"],
    plant: (right) => ({ chainWeights: (request) => scaled(right.chainWeights(request), Math.fround) }),
  },
  {
    name: "one negative eigenvalue too many",
    operations: ["chainHessians"],
    plant: (right) => ({
      chainHessians: (request) => {
        const found = right.chainHessians(request);
        return { ...found, negatives: scaled(found.negatives, (value) => value + 1) };
      },
    }),
  },
  {
    name: "a Hessian without its Gauss-Newton part's factor",
    operations: ["chainHessians"],
    plant: (right) => ({
      chainHessians: (request) => right.chainHessians({ ...request, target: request.target * 1.0001 }),
    }),
  },
  {
    name: "a step too many to the exit",
    operations: ["diffusionExits"],
    plant: (right) => ({
      diffusionExits: (request) => {
        const found = right.diffusionExits(request);
        return { ...found, times: scaled(found.times, (value) => value + 1) };
      },
    }),
  },
  {
    name: "noise scaled by the root of the rate",
    operations: ["diffusionExits"],
    plant: (right) => ({
      diffusionExits: ({ process, streams }) =>
        right.diffusionExits({ process: { ...process, noise: process.noise * Math.sqrt(process.rate) }, streams }),
    }),
  },
  {
    name: "flow time off by a part in a million",
    operations: ["chainEscapes"],
    plant: (right) => ({
      chainEscapes: (request) => {
        const found = right.chainEscapes(request);
        return { ...found, times: scaled(found.times, (value) => value * (1 + 1e-6)) };
      },
    }),
  },
  {
    name: "steps instead of time",
    operations: ["chainEscapes"],
    plant: (right) => ({
      chainEscapes: (request) => {
        const found = right.chainEscapes(request);
        const rate = request.method.name === "gradient-flow" ? 1 : request.method.rate;
        return { ...found, times: scaled(found.times, (value) => value / rate) };
      },
    }),
  },
  {
    name: "the loss's scale left out of the gradient",
    operations: ["chainTrajectories"],
    plant: (right) => ({
      chainTrajectories: (request) => {
        const found = right.chainTrajectories({ ...request, lossScale: 1 });
        return { ...found, losses: scaled(found.losses, (value) => value * (request.lossScale ?? 1)) };
      },
    }),
  },
  {
    name: "a Hessian that is not quite symmetric",
    operations: ["hessians"],
    plant: (right) => ({
      hessians: (request) => {
        const found = right.hessians(request);
        found[1]! *= 1 + 2 ** -50;
        return found;
      },
    }),
  },
  {
    name: "a product by differences instead of derivatives, good to 1e-6",
    operations: ["hessianVectorProducts"],
    plant: (right) => ({
      hessianVectorProducts: (request) =>
        scaled(right.hessianVectorProducts(request), (value, at) => value * (1 + 1e-6 * Math.sin(at))),
    }),
  },
  {
    name: "a residual that claims too much",
    operations: ["extremeEigenvalues"],
    plant: (right) => ({
      extremeEigenvalues: (request) => {
        const found = right.extremeEigenvalues(request);
        return { ...found, residual: scaled(found.residual, () => 0) };
      },
    }),
  },
  {
    name: "gradients of the noise counted as the loss's",
    operations: ["trajectories"],
    plant: (right) => ({
      trajectories: (request) => {
        const found = right.trajectories(request);
        return { ...found, logGradients: scaled(found.logGradients, (value) => value + 0.01 * (request.noise ?? 0)) };
      },
    }),
  },
  {
    name: "mini-batches that are the whole batch",
    operations: ["trajectories"],
    plant: (right) => ({
      trajectories: ({ miniBatch: _, ...request }) => right.trajectories(request),
    }),
  },
  {
    name: "records of a mini-batch's loss for the whole batch's",
    operations: ["trajectories"],
    plant: (right) => ({
      trajectories: (request) => {
        const found = right.trajectories(request);
        return request.miniBatch === undefined
          ? found
          : { ...found, losses: scaled(found.losses, (value, at) => value * (1 + 0.01 * Math.sin(at))) };
      },
    }),
  },
  {
    name: "an offset that is ignored",
    operations: ["gradients"],
    plant: (right) => ({
      gradients: ({ offset: _, ...request }) => right.gradients(request),
    }),
  },
];

export function faultyEngine(fault: Pick<OperationFault, "plant">): Contractor {
  return { ...reference, ...fault.plant(reference) };
}
