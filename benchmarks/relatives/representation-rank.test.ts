import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, orthogonal, xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { representationRank } from "./representation-rank.ts";

const streams = { key: [5, 3, 5, 8], first: 0, count: 10 } as const;
const observe = (network: Parameters<typeof representationRank>[0], batch: number, count = 10) =>
  representationRank(network, batch).observe({ engine: reference, streams: { ...streams, count }, data: {} });

describe("representationRank", () => {
  test("of one unit a layer, and of one input, is 1", () => {
    const narrow = multilayerPerceptron({ widths: [3, 1], activation: "linear", init: xavierNormal });
    for (const rank of observe(narrow, 5).effectiveRank) expect(rank).toBeCloseTo(1, 12);
    const wide = multilayerPerceptron({ widths: [3, 3], activation: "linear", init: xavierNormal });
    for (const rank of observe(wide, 1).effectiveRank) expect(rank).toBeCloseTo(1, 12);
  });

  test("of an orthogonal layer is that of the inputs: (1 + r)^2 / (1 + r^2 + 2 r c^2) for two of them", () => {
    const network = multilayerPerceptron({ widths: [3, 3], activation: "linear", init: orthogonal(1) });
    const { effectiveRank } = observe(network, 2);
    for (let row = 0; row < streams.count; row++) {
      const x = new Float64Array(6);
      fillGaussian(openStream(streams.key, row, 1), x, 0, 6);
      const [a, b, ab] = [0, 1, 2].reduce<[number, number, number]>(
        ([p, q, pq], k) => [p + x[k]! ** 2, q + x[3 + k]! ** 2, pq + x[k]! * x[3 + k]!],
        [0, 0, 0],
      );
      // r: ratio of the squared norms, c: the cosine.
      const [r, c2] = [b / a, (ab * ab) / (a * b)];
      expect(effectiveRank[row]).toBeCloseTo((1 + r) ** 2 / (1 + r * r + 2 * r * c2), 10);
    }
  });

  test("of a dead network is 0, and it is not alive", () => {
    const network = multilayerPerceptron({ widths: [1, 1, 1, 1], activation: "relu", init: heNormal });
    const { effectiveRank, alive } = observe(network, 1, 64);
    const parameters = new Float64Array(3);
    for (let row = 0; row < 64; row++) {
      drawParameters(network, streams.key, row, parameters, 0);
      // The second hidden unit is on only if its weight is positive.
      if (parameters[1]! < 0) expect([effectiveRank[row], alive[row]]).toEqual([0, 0]);
    }
    expect(alive.some((value) => value === 1)).toBe(true);
  });
});
