import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { type Bias, xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { homogeneity } from "./homogeneity.ts";

const streams = { key: [6, 6, 7, 7], first: 0, count: 12 } as const;
const scalar = (activation: "linear" | "tanh", bias: Bias = "none") =>
  multilayerPerceptron({ width: 1, depth: 2, activation, init: xavierNormal, bias });
const observe = (network: ReturnType<typeof scalar>) =>
  homogeneity(network).observe({ engine: reference, streams, data: {} });

describe("homogeneity", () => {
  test("holds for networks without biases, linear and ReLU", () => {
    for (const activation of ["linear", "relu"] as const) {
      const seen = observe(multilayerPerceptron({ widths: [3, 3, 3, 1], activation, init: xavierNormal }));
      for (let row = 0; row < streams.count; row++) {
        expect(seen.eulerOff[row]).toBeLessThan(1e-13);
        expect(seen.traceOff[row]).toBeLessThan(1e-13);
      }
    }
  });

  /** f = v tanh(w x), x = +-1: f_v v = f, f_w w = v w x (1 - t^2), f_ww = -2 v t (1 - t^2), written out by hand. */
  test("is off by what v tanh(w x) says, up to the sign of x, which tanh passes on", () => {
    const seen = observe(scalar("tanh"));
    for (let row = 0; row < streams.count; row++) {
      const drawn = new Float64Array(2);
      drawParameters(scalar("tanh"), streams.key, row, drawn, 0);
      const candidates = [1, -1].map((x) => byHand(drawn[0]!, drawn[1]!, x));
      const traces = candidates.map(({ trace }) => Math.abs(trace - seen.traceOff[row]!));
      const { euler, trace } = candidates[traces[0]! <= traces[1]! ? 0 : 1]!;
      expect(seen.eulerOff[row]).toBeCloseTo(euler, 10);
      expect(seen.traceOff[row]).toBeCloseTo(trace, 10);
    }
  });

  test("Euler's identity breaks with biases; the trace, linear in each parameter, does not", () => {
    const seen = observe(scalar("linear", { standardDeviation: 1 }));
    for (let row = 0; row < streams.count; row++) {
      expect(seen.eulerOff[row]).toBeGreaterThan(1e-6);
      expect(seen.traceOff[row]).toBeLessThan(1e-13);
    }
  });
});

function byHand(w: number, v: number, x: number) {
  const t = Math.tanh(w * x);
  const slope = 1 - t * t;
  const residual = v * t - 1;
  const [fw, fv] = [v * x * slope, t];
  const euler =
    Math.abs(residual * (fw * w - fv * v)) / Math.max(Math.abs(residual * fw * w), Math.abs(residual * fv * v));
  const a = fw * fw + residual * -2 * v * t * slope;
  const b = fw * fv + residual * x * slope;
  const c = fv * fv;
  const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const sizes = Math.abs((a + c) / 2 + root) + Math.abs((a + c) / 2 - root);
  return { euler, trace: Math.abs(a + c - fw * fw - fv * fv) / sizes };
}
