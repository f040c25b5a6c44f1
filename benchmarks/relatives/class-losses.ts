import type { Experiment } from "../../src/lab/contract/experiment.ts";
import { exp, log } from "../../src/numerics/elementary.ts";

export type ClassLossMeasure = "rateOff" | "lossesApart";

const measures: Experiment<ClassLossMeasure>["measures"] = {
  rateOff: {
    kind: "raw",
    rounding: "exact",
    description: "largest distance over the classes of (class's share) x time x (class's loss) from (c - 1) / c",
  },
  lossesApart: {
    kind: "raw",
    rounding: "exact",
    description: "largest less smallest loss of a class, over the largest",
  },
};

/** Softmax regression on classes of given shares, each class with an input of its own, orthogonal to the others'. */
export interface ClassDescent {
  readonly shares: readonly number[];
  readonly method: "gradient-descent" | "sign-descent";
  readonly rate: number;
  readonly steps: number;
}

/**
 * How fast the loss of each class falls, from weights 0. Classes do not interact: the column of scores z of class k moves along
 * share (softmax(z) - e_k), or its sign. Nothing is random: all replicates are alike. Cost: `steps` softmaxes a class.
 */
export function classLosses(descent: ClassDescent): Experiment<ClassLossMeasure> {
  const { shares, steps } = descent;
  return {
    name: "class-losses",
    module: import.meta.url,
    setup: { ...descent },
    measures,
    cost: { draws: 0, multiplyAdds: 4 * steps * shares.length ** 2, transcendentals: steps * shares.length ** 2 },
    observe: ({ streams }) => {
      const { rateOff, lossesApart } = observe(descent);
      return {
        rateOff: new Float64Array(streams.count).fill(rateOff),
        lossesApart: new Float64Array(streams.count).fill(lossesApart),
      };
    },
  };
}

function observe(descent: ClassDescent): { readonly rateOff: number; readonly lossesApart: number } {
  const { shares, rate, steps } = descent;
  const classes = shares.length;
  const losses = shares.map((_, which) => lossAtTheEnd(descent, which));
  const rates = losses.map((loss, which) => shares[which]! * rate * steps * loss);
  const largest = Math.max(...losses);
  return {
    rateOff: Math.max(...rates.map((value) => Math.abs(value - (classes - 1) / classes))),
    lossesApart: (largest - Math.min(...losses)) / largest,
  };
}

function lossAtTheEnd({ shares, method, rate, steps }: ClassDescent, which: number): number {
  const scores = new Float64Array(shares.length);
  for (let step = 0; step < steps; step++) {
    const total = sumOfPowers(scores);
    for (let k = 0; k < scores.length; k++) {
      const gradient = shares[which]! * (exp(scores[k]!) / total - (k === which ? 1 : 0));
      scores[k]! -= rate * (method === "sign-descent" ? Math.sign(gradient) : gradient);
    }
  }
  return logOnePlus(sumOfOtherPowers(scores, which));
}

/**
 * The sum over the other classes of e^(their score less the class's own): what the loss is the ln(1 + ...) of. The loss as a
 * logarithm less the score would keep only the digits of the score, 1e-15 of a loss of 1e-8.
 */
function sumOfOtherPowers(scores: Float64Array, which: number): number {
  let sum = 0;
  scores.forEach((score, k) => {
    if (k !== which) sum += exp(score - scores[which]!);
  });
  return sum;
}

/** ln(1 + x) to a few roundings for x >= 0: the error of 1 + x is in both parts of the quotient (D. Goldberg, ACM Computing Surveys 23, 1991, theorem 4). */
function logOnePlus(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (x * log(sum)) / (sum - 1);
}

/** Scores move by at most `rate` times `steps`, some thousand together: kept in range by leaving nothing larger than e^700. */
function sumOfPowers(scores: Float64Array): number {
  let sum = 0;
  for (const score of scores) sum += exp(score);
  return sum;
}
