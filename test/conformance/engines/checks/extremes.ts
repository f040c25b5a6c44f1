import { heNormal, mlp, orthogonal, torchDefault } from "../../../../src/lab/networks/network.ts";
import { type Arithmetic, type Check, differs } from "../check.ts";
import { cauchy, streamsOf } from "../fixtures.ts";

const input = { law: "basis" } as const;
const DEEP = 4096;

const finite = (what: string, values: Float64Array): readonly string[] => {
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? [] : [`${what}[${at}]: ${values[at]}`];
};

/** A sum of `terms` logarithms whose own values have the error of one layer of `width` units each. */
const sumBound = (terms: number, width: number, { unit, draw }: Arithmetic): number =>
  terms * (2 * (width + 10) * unit + 2 * draw) * 4;

export const extremes: readonly Check[] = [
  {
    name: "ReLU of width 1 dies at once where the weight is negative, and says so everywhere",
    operations: ["propagate", "backpropagate"],
    violations: (engine) => {
      const network = mlp({ width: 1, depth: 3, activation: "relu", init: heNormal });
      const streams = streamsOf(64);
      const passed = engine.propagate({ network, input, streams });
      const back = engine.backpropagate({ network, input, streams });
      return Array.from({ length: 64 }, (_, row) => row).flatMap((row) => {
        const increments = passed.logIncrements.subarray(3 * row, 3 * row + 3);
        const alive = increments.indexOf(-Infinity);
        const expected = alive < 0 ? 3 : alive;
        const after = increments.subarray(expected).every((value) => value === -Infinity);
        const gradients = back.logGradients.subarray(3 * row, 3 * row + 3);
        const dead = expected < 3;
        return [
          ...differs(`layersAlive[${row}]`, passed.layersAlive[row]!, expected, 0),
          ...(after ? [] : [`logIncrements of replicate ${row} are ${increments.join()}`]),
          ...(dead === (back.logNorm[row] === -Infinity) ? [] : [`logNorm[${row}]: ${back.logNorm[row]}`]),
          ...(gradients.every((value) => (value === -Infinity) === dead) ? [] : [`logGradients: ${gradients.join()}`]),
        ];
      });
    },
  },
  {
    name: "half of all ReLU networks of width 1 and depth 1 are dead",
    operations: ["propagate"],
    violations: (engine) => {
      const network = mlp({ width: 1, depth: 1, activation: "relu", init: heNormal });
      const { layersAlive } = engine.propagate({ network, input, streams: streamsOf(4000) });
      const share = layersAlive.reduce((sum, value) => sum + value, 0) / 4000;
      // six standard deviations: sqrt(1/4 / 4000) = 0.0079
      return differs("share alive", share, 0.5, 0.048);
    },
  },
  {
    name: "4096 linear layers of width 4: every increment finite, their sum the backward pass's norm",
    operations: ["propagate", "backpropagate"],
    violations: (engine, arithmetic) => {
      const network = mlp({ width: 4, depth: DEEP, activation: "linear", init: torchDefault });
      const streams = streamsOf(3);
      const { logIncrements, layersAlive } = engine.propagate({ network, input, streams });
      const { logNorm, logGradients } = engine.backpropagate({ network, input, streams });
      return [
        ...finite("logIncrements", logIncrements),
        ...finite("logGradients", logGradients),
        ...[0, 1, 2].flatMap((row) => [
          ...differs(`layersAlive[${row}]`, layersAlive[row]!, DEEP, 0),
          ...(arithmetic.streams === "own"
            ? []
            : differs(
                `logNorm[${row}]`,
                logNorm[row]!,
                logIncrements.subarray(row * DEEP, (row + 1) * DEEP).reduce((sum, value) => sum + value, 0),
                sumBound(DEEP, 4, arithmetic),
              )),
        ]),
      ];
    },
  },
  {
    name: "4096 orthogonal layers keep the norm",
    operations: ["propagate"],
    violations: (engine, arithmetic) => {
      const network = mlp({ width: 3, depth: DEEP, activation: "linear", init: orthogonal(1) });
      const { logIncrements } = engine.propagate({ network, input, streams: streamsOf(2) });
      const sum = logIncrements.reduce((total, value) => total + value, 0);
      return differs("sum of increments", sum, 0, 2 * sumBound(DEEP, 3, arithmetic));
    },
  },
  {
    name: "gains of 1e-300 and 1e300 and Cauchy weights neither underflow nor overflow",
    operations: ["propagate", "backpropagate"],
    violations: (engine, arithmetic) =>
      [1e-300, 1e300].flatMap((gain) => {
        const plain = mlp({ width: 5, depth: 6, activation: "linear", init: cauchy });
        const scaled = { ...plain, init: { ...cauchy, gain } };
        const streams = streamsOf(4);
        const one = engine.propagate({ network: plain, input, streams }).logIncrements;
        const other = engine.propagate({ network: scaled, input, streams }).logIncrements;
        const back = engine.backpropagate({ network: scaled, input, streams });
        return [
          ...finite(`logGradients at gain ${gain}`, back.logGradients),
          ...[...one].flatMap((value, at) =>
            differs(
              `logIncrements[${at}] at gain ${gain}`,
              other[at]!,
              value + Math.log(gain),
              4096 * (arithmetic.unit * 700 + arithmetic.draw),
            ),
          ),
        ];
      }),
  },
  {
    name: "a chain of 4096: the logarithm of its product is the sum of its weights'",
    operations: ["chainHessians", "chainWeights"],
    violations: (engine, arithmetic) => {
      const network = { kind: "chain", depth: DEEP, activation: "linear", init: torchDefault } as const;
      const streams = streamsOf(1, 5);
      const weights = engine.chainWeights({ network, streams });
      const found = engine.chainHessians({ network, target: 1, streams });
      const sum = weights.reduce((total, weight) => total + Math.log(Math.abs(weight)), 0);
      return [
        ...differs("logProduct", found.logProduct[0]!, sum, sumBound(DEEP, 1, arithmetic)),
        ...finite("logNorm", found.logNorm),
        ...finite("logGradient", found.logGradient),
      ];
    },
  },
  {
    name: "one wide layer of 513 units, one of 1 and one of 130",
    operations: ["propagate", "backpropagate"],
    violations: (engine) => {
      const network = { kind: "mlp", widths: [3, 513, 1, 130, 5], activation: "linear", init: heNormal } as const;
      const streams = streamsOf(3);
      return [
        ...finite("logIncrements", engine.propagate({ network, input, streams }).logIncrements),
        ...finite("logGradients", engine.backpropagate({ network, input, streams }).logGradients),
      ];
    },
  },
];
