import type { Optimiser } from "../../../../src/lab/networks/optimiser.ts";

/** Each optimiser with its epsilon, and with epsilon 0 where it has one. */
export const optimisers: readonly Optimiser[] = [
  { name: "gradient-descent", rate: 0.05 },
  { name: "momentum", rate: 0.05, momentum: 0.8 },
  { name: "sign-descent", rate: 0.01 },
  { name: "normalised-descent", rate: 0.05, epsilon: 0 },
  { name: "normalised-descent", rate: 0.05, epsilon: 0.1 },
  { name: "clipped-descent", rate: 0.5, threshold: 0.01 },
  { name: "clipped-descent", rate: 0.05, threshold: 1e6 },
  { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: 0 },
  { name: "rmsprop", rate: 0.01, decay: 0.99, epsilon: 1e-3 },
  { name: "adam", rate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 0 },
  { name: "adam", rate: 0.02, beta1: 0.5, beta2: 0.75, epsilon: 1e-2 },
  { name: "adagrad", rate: 0.05, epsilon: 0 },
  { name: "adagrad", rate: 0.05, epsilon: 1e-2 },
];

export const nameOf = (optimiser: Optimiser): string =>
  Object.entries(optimiser)
    .map(([key, value]) => (key === "name" ? value : `${key} ${value}`))
    .join(" ");

/** A fresh optimiser: a function from parameters and gradient to the parameters after the next step, by the textbook's line. */
export function naiveOptimiser(optimiser: Optimiser) {
  let m: readonly number[] = [];
  let v: readonly number[] = [];
  let t = 0;
  const quotient = (a: number, b: number): number => (b === 0 ? 0 : a / b);
  return (w: readonly number[], g: readonly number[]): readonly number[] => {
    t++;
    if (t === 1) {
      m = g.map(() => 0);
      v = g.map(() => 0);
    }
    const norm = Math.hypot(...g);
    const { name, rate } = optimiser;
    const minus = (step: (at: number) => number) => w.map((x, at) => x - rate * step(at));
    if (name === "gradient-descent") return minus((at) => g[at]!);
    if (name === "sign-descent") return minus((at) => Math.sign(g[at]!));
    if (name === "normalised-descent") return minus((at) => quotient(g[at]!, norm + optimiser.epsilon));
    if (name === "clipped-descent") {
      return minus((at) => (norm > optimiser.threshold ? (g[at]! * optimiser.threshold) / norm : g[at]!));
    }
    if (name === "momentum") {
      m = m.map((x, at) => optimiser.momentum * x + g[at]!);
      return minus((at) => m[at]!);
    }
    if (name === "adagrad") {
      v = v.map((x, at) => x + g[at]! ** 2);
      return minus((at) => quotient(g[at]!, Math.sqrt(v[at]!) + optimiser.epsilon));
    }
    if (name === "rmsprop") {
      v = v.map((x, at) => optimiser.decay * x + (1 - optimiser.decay) * g[at]! ** 2);
      return minus((at) => quotient(g[at]!, Math.sqrt(v[at]!) + optimiser.epsilon));
    }
    const { beta1, beta2, epsilon } = optimiser;
    m = m.map((x, at) => beta1 * x + (1 - beta1) * g[at]!);
    v = v.map((x, at) => beta2 * x + (1 - beta2) * g[at]! ** 2);
    return minus((at) => quotient(m[at]! / (1 - beta1 ** t), Math.sqrt(v[at]! / (1 - beta2 ** t)) + epsilon));
  };
}
