import { describe, expect, test } from "vitest";
import { xavierUniform } from "../../../src/lab/networks/network.ts";
import { reference } from "../../../src/lab/reference/engine.ts";
import { linearChain } from "../chains/initialisations.ts";
import {
  criticalDepth,
  logFlowTime,
  meanLogShifted,
  signDescentConstant,
  signDescentDeviation,
  typicalLogHessian,
} from "./chain-escape.theory.ts";

const COUNT = 2000;
const streams = { key: [9, 8, 7, 6], first: 0, count: COUNT } as const;
const median = (values: Float64Array) => [...values].sort((a, b) => a - b)[COUNT / 2]!;

/** E ln(|w| + s), |w| uniform on (0, sqrt 3), by the midpoint rule; the error is below 1e-5 where s = 0, far below elsewhere. */
const midpoint = (integrand: (w: number) => number, cells = 100_000) =>
  Array.from({ length: cells }, (_, at) => integrand((Math.sqrt(3) * (at + 0.5)) / cells)).reduce((a, b) => a + b) /
  cells;

describe("sign descent on an infinitely deep chain", () => {
  test.each([0, 0.1, 0.26, 1, 5])("E ln(|w| + %d) is that of the midpoint rule", (s) => {
    expect(meanLogShifted(s)).toBeCloseTo(
      midpoint((w) => Math.log(w + s)),
      4,
    );
  });

  test("s* is 0.26442 and the deviation 0.454, as simulated before", () => {
    expect(signDescentConstant()).toBeCloseTo(0.26442, 5);
    expect(signDescentDeviation()).toBeCloseTo(0.454, 3);
  });

  test("the deviation is that of the delta method by the midpoint rule", () => {
    const s = signDescentConstant();
    const deviation = Math.sqrt(midpoint((w) => Math.log(w + s) ** 2)) / midpoint((w) => 1 / (w + s));
    expect(signDescentDeviation()).toBeCloseTo(deviation, 6);
  });
});

describe("curvature and gradient flow of random chains", () => {
  // The medians of 2,000 chains have standard errors of 1.25 sd / sqrt(2000) with sd = sqrt(depth): 0.12 and 0.18.
  test.each([20, 40])("the median of ln ||Hessian|| at depth %d is typical to within 0.6", (depth) => {
    const network = linearChain(depth, xavierUniform);
    const { logHessian } = reference.chainEscapes({
      network,
      method: { name: "sign-descent", rate: 1, maxSteps: 1 },
      streams,
    });
    expect(Math.abs(median(logHessian) - typicalLogHessian(depth))).toBeLessThan(0.6);
  });

  test.each([20, 40])("the median of ln T of gradient flow at depth %d is the formula's to within 0.8", (depth) => {
    const network = linearChain(depth, xavierUniform);
    const { times } = reference.chainEscapes({ network, method: { name: "gradient-flow" }, streams });
    expect(Math.abs(Math.log(median(times)) - logFlowTime(depth))).toBeLessThan(0.8);
  });

  // 0.8 + 0.450694 L - 2 ln L against ln(8 / epsilon), by hand: at L = 62 20.49 against 20.50, at L = 51 15.92 against 15.89
  // and at L = 73 25.12 against 25.11.
  test.each([
    [1e-6, 51],
    [1e-8, 62],
    [1e-10, 73],
  ])("half the chains are stuck by epsilon %d at depth %d", (epsilon, depth) => {
    expect(Math.abs(criticalDepth(epsilon, 8) - depth)).toBeLessThan(0.1);
  });
});
