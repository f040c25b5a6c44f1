import type { Sampling } from "../../../../src/lab/contract/propagation.ts";
import { heNormal, heUniform, mlp } from "../../../../src/lab/networks/network.ts";
import { reference } from "../../../../src/lab/reference/engine.ts";
import type { Check, Contractor } from "../check.ts";
import { KEY, signs } from "../fixtures.ts";

const networks = [
  ["ReLU, He normal", mlp({ width: 5, depth: 6, activation: "relu", init: heNormal })],
  ["linear, He uniform", mlp({ width: 8, depth: 3, activation: "linear", init: heUniform })],
  ["leaky, signs", mlp({ width: 6, depth: 4, activation: { leakySlope: 0.3 }, init: signs })],
  ["one wide, ReLU", mlp({ width: 1, depth: 2, activation: "relu", init: heNormal })],
] as const;

/** An object of its own, to be told from the reference as the engine under test. */
const direct: Contractor = { ...reference };

const REPLICATES = 1200;

/**
 * An empirical distribution of n is further than d from its law with probability at most 2 exp(-2 n d^2) (Dvoretzky, Kiefer and
 * Wolfowitz; the constant is Massart's, 1990). Two are then within 2 d of each other but for twice that: 1e-9 a comparison.
 */
const DISTANCE = 2 * Math.sqrt(Math.log(4e9) / (2 * REPLICATES));

/** An engine's observations, and the reference's of other streams, are of one law: the only check where draws are an engine's own. */
const lawCheck = (
  name: string,
  operation: "propagate" | "backpropagate",
  sampling: Sampling,
  observe: (engine: Contractor, first: number) => Readonly<Record<string, readonly number[]>>,
): Check => ({
  name: `law of ${operation}, ${name}: the reference's of other streams`,
  operations: [operation],
  ...(sampling === "direct" ? { unpaired: true as const } : {}),
  violations: (engine) => {
    const found = observe(engine, 0);
    const expected = observe(direct, 50_000);
    return Object.entries(found).flatMap(([measure, values]) => {
      const distance = distanceOf(values, expected[measure]!);
      return distance <= DISTANCE ? [] : [`${measure}: ${distance} apart, more than ${DISTANCE}`];
    });
  },
});

/** Law-exact sampling is of Gaussian weights. */
const described = networks.flatMap(([name, network]) => [
  { name, network, sampling: "direct" as const },
  ...(network.init.law === "gaussian" ? [{ name: `${name}, law-exact`, network, sampling: "law-exact" as const }] : []),
]);

export const laws: readonly Check[] = described.flatMap(({ name, network, sampling }) => {
  const depth = network.widths.length - 1;
  const rows = Array.from({ length: REPLICATES }, (_, row) => row);
  // The reference draws every weight, whatever the engine is asked to do: law-exact sampling must not show.
  const request = (engine: Contractor, first: number) => {
    const streams = { key: KEY, first, count: REPLICATES };
    return { network, input: { law: "sphere" }, streams, ...(engine === direct ? {} : { sampling }) } as const;
  };
  const column = (values: Float64Array, at: number) => rows.map((row) => values[row * depth + at]!);
  return [
    lawCheck(name, "propagate", sampling, (engine, first) => {
      const { logIncrements, layersAlive } = engine.propagate(request(engine, first));
      return {
        logNorm: rows.map((row) =>
          logIncrements.subarray(row * depth, (row + 1) * depth).reduce((sum, x) => sum + x, 0),
        ),
        first: column(logIncrements, 0),
        last: column(logIncrements, depth - 1),
        layersAlive: [...layersAlive],
      };
    }),
    lawCheck(name, "backpropagate", sampling, (engine, first) => {
      const { logNorm, logGradients } = engine.backpropagate(request(engine, first));
      return { logNorm: [...logNorm], first: column(logGradients, 0), last: column(logGradients, depth - 1) };
    }),
  ];
});

/** Kolmogorov and Smirnov's distance of two samples. */
export function distanceOf(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [one, other].map((values) => values.toSorted((x, y) => x - y)) as [number[], number[]];
  let largest = 0;
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
