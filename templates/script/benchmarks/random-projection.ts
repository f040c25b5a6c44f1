import { defineExperiment, fillGaussian, LANES, openStream } from "plateau";

/** Dimensions of the vector that is projected. */
const FROM = 128;

/**
 * Whether a random matrix of `to` rows keeps the squared norm of a unit vector within one half of it. Entries are independent
 * Gaussians of variance `scale / to`. One replicate is one matrix, drawn from a stream of its own.
 */
export function randomProjection(to = 64, scale = 1) {
  return defineExperiment({
    // name and setup key the random streams and the stored samples: all that the law depends on stands in them
    name: "random-projection",
    module: import.meta.url,
    setup: { from: FROM, to, scale },
    measures: {
      preserved: {
        kind: "bounded",
        range: [0, 1],
        rounding: "exact",
        description: "1 where the squared norm of the projected vector is within one half of 1",
      },
    },
    cost: { draws: FROM * to, multiplyAdds: FROM * to },
    observe: ({ streams: { key, first, count } }) => {
      const preserved = new Float64Array(count);
      const row = new Float64Array(FROM);
      for (let at = 0; at < count; at++) {
        const stream = openStream(key, first + at, LANES.weights);
        let norm = 0;
        for (let dimension = 0; dimension < to; dimension++) {
          fillGaussian(stream, row, 0, FROM);
          const dot = row.reduce((sum, entry) => sum + entry, 0); // with the vector of equal entries, 1 / sqrt(FROM) below
          norm += ((dot * dot) / FROM) * (scale / to);
        }
        preserved[at] = Math.abs(norm - 1) <= 0.5 ? 1 : 0;
      }
      return { preserved };
    },
  });
}
