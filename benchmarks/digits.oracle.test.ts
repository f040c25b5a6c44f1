import { describe, expect, test } from "vitest";
import { heNormal, mlp } from "../src/lab/networks/network.ts";
import { reference } from "../src/lab/reference/engine.ts";
import { mnistDigits } from "../suites/orvieto2021/digits/mnist-digits.ts";
import { DOUBLE } from "../test/conformance/engines/check.ts";
import { KEY, picturesOf } from "../test/conformance/engines/fixtures.ts";
import { naiveAngles, naiveLossGradients } from "../test/conformance/engines/naive/pictures.ts";
import { lossGradient } from "./loss-gradient.ts";
import { representationCollapse } from "./representation-collapse.ts";

const COUNT = 12;
const streams = { key: KEY, first: 0, count: COUNT };
const data = picturesOf(16);
const context = { engine: reference, streams, data: { [data.name]: data } };
/** The pictures by their name: nothing here loads them. */
const dots = { ...mnistDigits, name: data.name };
const BATCH = 5;

/** Angle between two signals after one wide ReLU layer (Cho and Saul 2009, NeurIPS, equation 6), from that before. */
function angleAfter(angle: number): number {
  return Math.acos((Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / Math.PI);
}

describe("representation-collapse observes of a network", () => {
  const network = mlp({ width: 16, depth: 3, activation: "relu", init: heNormal });
  const seen = representationCollapse(network, BATCH, dots).observe(context);
  const naive = Array.from({ length: COUNT }, (_, row) => naiveAngles({ network, batch: BATCH, streams, data }, row));

  test("the median of ln(1 - cos), and less as many steps of the recursion as it has layers", () => {
    for (const [row, { logOneMinusCosine, inputOneMinusCosine }] of naive.entries()) {
      if (logOneMinusCosine === -Infinity) continue;
      expect(seen.logOneMinusCosine[row]).toBeCloseTo(logOneMinusCosine, 8);
      let angle = Math.acos(1 - inputOneMinusCosine);
      for (let layer = 0; layer < 3; layer++) angle = angleAfter(angle);
      expect(seen.overRecursion[row]).toBeCloseTo(logOneMinusCosine - Math.log(1 - Math.cos(angle)), 8);
    }
    expect(naive.filter(({ logOneMinusCosine }) => logOneMinusCosine > -Infinity).length).toBeGreaterThan(5);
  });

  test("the part of the pairs that collapsed, and whether all digits live", () => {
    expect([...seen.collapsed]).toEqual(naive.map(({ collapsed }) => collapsed));
    expect([...seen.alive]).toEqual(naive.map(({ alive }) => alive));
  });
});

test("loss-gradient observes ln of the norm of the first layer's gradient", () => {
  const network = { ...mlp({ width: 16, depth: 3, activation: "relu", init: heNormal }), widths: [16, 6, 6, 3] };
  const seen = lossGradient(network, BATCH, dots).observe(context);
  for (let row = 0; row < COUNT; row++) {
    const first = naiveLossGradients({ network, batch: BATCH, streams, data }, row, DOUBLE)[0]!.log;
    expect(seen.moving[row]).toBe(first === -Infinity ? 0 : 1);
    if (first > -Infinity) expect(seen.logGradientFirst[row]).toBeCloseTo(first, 8);
  }
});
