import { expect, test } from "vitest";
import { heNormal, mlp } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { layerNormMoment } from "./layer-norm-moment.ts";

test("is the mean over layers of the squared ratio of squared norms, by a pass written out", () => {
  const [width, depth] = [3, 4];
  const network = mlp({ width, depth, activation: "relu", init: heNormal });
  const streams = { key: [8, 1, 8, 2], first: 0, count: 12 } as const;
  const seen = layerNormMoment(network).observe({ engine: reference, streams, data: {} }).meanSquaredRatio;
  let compared = 0;
  for (let row = 0; row < streams.count; row++) {
    const stream = openStream(streams.key, row, 0);
    const weights = new Float64Array(width * width);
    let h = [1, 0, 0];
    let sum = 0;
    for (let layer = 0; layer < depth; layer++) {
      fillGaussian(stream, weights, 0, weights.length);
      const next = [0, 1, 2].map((i) =>
        Math.max(
          0,
          h.reduce((z, value, j) => z + Math.sqrt(2 / width) * weights[i * width + j]! * value, 0),
        ),
      );
      sum += (squares(next) / squares(h)) ** 2;
      h = next;
    }
    // A dead layer is followed by a fresh vector, which this pass does not draw.
    if (squares(h) === 0 || Number.isNaN(sum)) continue;
    compared++;
    expect(seen[row]).toBeCloseTo(sum / depth, 9);
  }
  expect(compared).toBeGreaterThan(3);
});

const squares = (vector: readonly number[]) => vector.reduce((sum, value) => sum + value * value, 0);
