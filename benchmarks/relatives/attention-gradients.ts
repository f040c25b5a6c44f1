import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { exp, log } from "../../src/numerics/elementary.ts";
import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";

export type AttentionMeasure = "logQuery" | "logValue" | "queryAndKeyOverValue";

const measures: Experiment<AttentionMeasure>["measures"] = {
  logQuery: { kind: "log", rounding: "exact", description: "ln of the norm of the gradient of the query weights" },
  logValue: { kind: "log", rounding: "exact", description: "ln of the norm of the gradient of the value weights" },
  queryAndKeyOverValue: {
    kind: "raw",
    rounding: "exact",
    description: "norms of the gradients of query and key weights, added, over that of the value weights",
  },
};

/** Tokens x_i = x + spread * (noise of its own), all entries standard normal; width of tokens, queries, keys and values alike. */
export interface Attention {
  readonly tokens: number;
  readonly width: number;
  readonly spread: number;
}

/**
 * Gradients of one fresh layer of self-attention, softmax(X W_Q W_K^T X^T / sqrt(d)) X W_V with entries N(0, 1/d), along a
 * Gaussian cotangent at its output. No engine has attention: this is computed here, in plain loops over draws of lanes
 * `weights`, `input` and `cotangent`. Cost: three products of tokens and weights, forth and back.
 */
export function attentionGradients(attention: Attention): Experiment<AttentionMeasure> {
  const { tokens, width } = attention;
  const products = 9 * tokens * width * width + 6 * tokens * tokens * width;
  return {
    name: "attention-gradients",
    module: import.meta.url,
    setup: { ...attention },
    measures,
    cost: { draws: 3 * width * width + 2 * tokens * width, multiplyAdds: products, transcendentals: tokens * tokens },
    observe: (context) => observe(attention, context),
  };
}

function observe(attention: Attention, { streams }: Context) {
  const logQuery = new Float64Array(streams.count);
  const logValue = new Float64Array(streams.count);
  const queryAndKeyOverValue = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const { query, key, value } = gradientNorms(attention, streams.key, streams.first + row);
    logQuery[row] = query > 0 ? log(query) : Number.NEGATIVE_INFINITY;
    logValue[row] = log(value);
    queryAndKeyOverValue[row] = (query + key) / value;
  }
  return { logQuery, logValue, queryAndKeyOverValue };
}

function gradientNorms({ tokens, width, spread }: Attention, key: Context["streams"]["key"], replicate: number) {
  const scale = 1 / Math.sqrt(width);
  const stream = openStream(key, replicate, LANES.weights);
  const [wq, wk, wv] = [0, 1, 2].map(() => gaussians(stream, width, width, scale)) as [Matrix, Matrix, Matrix];
  const x = drawTokens(tokens, width, spread, openStream(key, replicate, LANES.input));
  const g = gaussians(openStream(key, replicate, LANES.cotangent), tokens, width, 1);
  const [q, k, v] = [product(x, wq), product(x, wk), product(x, wv)];
  const a = softmaxRows(times(scale, product(q, transposed(k))));
  const ds = times(scale, softmaxCotangent(a, product(g, transposed(v))));
  return {
    query: norm(product(transposed(x), product(ds, k))),
    key: norm(product(transposed(x), product(transposed(ds), q))),
    value: norm(product(transposed(x), product(transposed(a), g))),
  };
}

/** Rows of numbers: sizes are a few dozen at most. */
type Matrix = readonly Float64Array[];

function gaussians(stream: ReturnType<typeof openStream>, rows: number, columns: number, scale: number): Matrix {
  return Array.from({ length: rows }, () => {
    const row = new Float64Array(columns);
    fillGaussian(stream, row, 0, columns);
    return row.map((value) => scale * value);
  });
}

function drawTokens(tokens: number, width: number, spread: number, stream: ReturnType<typeof openStream>): Matrix {
  const [common, ...own] = gaussians(stream, tokens + 1, width, 1);
  return own.map((noise) => noise.map((value, unit) => common![unit]! + spread * value));
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => {
    const sums = new Float64Array(b[0]!.length);
    for (let k = 0; k < b.length; k++) for (let j = 0; j < sums.length; j++) sums[j]! += row[k]! * b[k]![j]!;
    return sums;
  });
}

function transposed(a: Matrix): Matrix {
  return Array.from(a[0]!, (_, column) => Float64Array.from(a, (row) => row[column]!));
}

function times(factor: number, a: Matrix): Matrix {
  return a.map((row) => row.map((value) => factor * value));
}

function softmaxRows(scores: Matrix): Matrix {
  return scores.map((row) => {
    const largest = row.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
    const powers = row.map((value) => exp(value - largest));
    const total = powers.reduce((sum, value) => sum + value, 0);
    return powers.map((value) => value / total);
  });
}

/** Through a row's softmax: a_j (c_j - sum_k a_k c_k), taken as a_j sum_k a_k (c_j - c_k), exactly 0 for cotangents that are alike. */
function softmaxCotangent(a: Matrix, cotangent: Matrix): Matrix {
  return a.map((row, i) =>
    row.map((weight, j) => {
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k]! * (cotangent[i]![j]! - cotangent[i]![k]!);
      return weight * sum;
    }),
  );
}

function norm(a: Matrix): number {
  let sum = 0;
  for (const row of a) for (const value of row) sum += value * value;
  return Math.sqrt(sum);
}
