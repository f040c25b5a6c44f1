// Records the numbers of a paper's pictures, computed with the laboratory; about a minute:
//   node scripts/pictures/record-pictures.mjs [suites/orvieto2021]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { forwardLogNorm } from "../../dist/benchmarks/forward-log-norm.js";
import { gradientLogNorm } from "../../dist/benchmarks/gradient-log-norm.js";
import { openEngine } from "../../dist/src/lab/engines.js";
import { multilayerPerceptron } from "../../dist/src/lab/networks/multilayer-perceptron.js";
import { heNormal, mlp } from "../../dist/src/lab/networks/network.js";
import { streamKey } from "../../dist/src/run/plan/stream-key.js";
import { misuse, scriptWords } from "../script-words.mjs";

/** Networks that no claim sees. */
const SEED = "pictures";
const MADE_BY = "node scripts/pictures/record-pictures.mjs";

const USAGE = "record-pictures.mjs [FOLDER] (default: suites/orvieto2021)";
const {
  words: [folder = "suites/orvieto2021"],
} = scriptWords(USAGE, { most: 1 });
if (!existsSync(new URL(`../../dist/${folder}/escape/chains.js`, import.meta.url))) {
  misuse(`${folder}, which has no escape/chains.ts that was built`, USAGE);
}
const { bySignDescent, byGradientFlow } = await import(
  new URL(`../../dist/${folder}/escape/chains.js`, import.meta.url).href
);
const engine = await openEngine("wasm");
mkdirSync(join(folder, "pictures"), { recursive: true });
for (const [name, picture] of Object.entries({
  "1-width-and-depth": widthAndDepth(),
  "2-gradients": gradients(),
  "3-spectra": spectra(),
  "4-escape-times": escapeTimes(),
  "5-training-curves": trainingCurves(),
  "6-learning-rates": learningRates(),
})) {
  writeFileSync(join(folder, "pictures", `${name}.json`), `${JSON.stringify({ ...picture, madeBy: MADE_BY })}\n`);
}

/** Median of ln ||h||^2 for a grid of widths and depths: what is left of a signal of length 1. */
function widthAndDepth() {
  const REPLICATES = 1024;
  const widths = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];
  const depths = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
  const values = depths.map((depth) =>
    widths.map((width) => {
      const experiment = forwardLogNorm(reluNetwork(width, depth), { law: "basis" }, "law-exact");
      const { logNormSquared } = drawn(experiment, REPLICATES);
      return digitsOf(quantile(logNormSquared, 0.5) / Math.LN10);
    }),
  );
  const along = (factor) => depths.map((depth) => [factor * depth, depth]);
  return {
    form: "heat",
    title: "Where a signal survives",
    words:
      "Each field is a kind of network: its width across, its depth up. Its colour is the power of ten that is left of a signal's squared norm in the middle one of 1,024 random ReLU networks with weights after He. To the right of the lines, where networks are at least as wide as a multiple of their depth, signals stay; above and to the left they are lost, where a cross stands altogether.",
    x: { words: "width d", scale: "log" },
    y: { words: "depth L", scale: "log" },
    value: "median of log10 of the squared norm that is left",
    xs: widths,
    ys: depths,
    values,
    lines: [
      { name: "d = L", points: along(1) },
      { name: "d = 2L", points: along(2) },
    ],
  };
}

/** Norm of the first layer's gradient over depth: its median and the middle 90 %, at a fixed width and at twice the depth. */
function gradients() {
  const REPLICATES = 2048;
  const depths = [4, 8, 16, 32, 64, 128];
  const series = [
    ["narrow: width 16 at every depth", () => 16],
    ["width 64 at every depth", () => 64],
    ["wide: width twice the depth", (depth) => 2 * depth],
  ].map(([name, widthAt]) => {
    const cells = depths.map((depth) => {
      const experiment = gradientLogNorm(reluNetwork(widthAt(depth), depth), "law-exact");
      const { logGradientFirst } = drawn(experiment, REPLICATES);
      return [0.05, 0.5, 0.95].map((share) => digitsOf(Math.exp(quantile(logGradientFirst, share) / 2)));
    });
    return {
      name,
      points: depths.map((depth, at) => [depth, cells[at][1]]),
      band: depths.map((depth, at) => [depth, cells[at][0], cells[at][2]]),
    };
  });
  return {
    form: "lines",
    title: "Gradients vanish with depth, unless width grows with it",
    words:
      "Norm of the first layer's gradient in 2,048 random ReLU networks a point: the line is the middle one, the band holds nine of ten. At a fixed width it falls exponentially with depth; at twice the depth it stays.",
    x: { words: "depth L", scale: "log" },
    y: { words: "norm of the first layer's gradient", scale: "log" },
    series,
  };
}

/** Sizes of all eigenvalues of the Hessian, as shares a third of a power of ten, for networks of width 6. */
function spectra() {
  const REPLICATES = 48;
  const BINS = { from: -9, to: 1, each: 1 / 3 };
  const series = [2, 4, 8, 16].map((depth) => {
    const widths = [...new Array(depth).fill(6), 1];
    const network = multilayerPerceptron({ widths, activation: "relu", init: heNormal });
    const batch = { size: 1, inputs: "sphere", targets: { constant: 1 } };
    const streams = { key: streamKey(SEED, "spectra", { depth }), first: 0, count: REPLICATES };
    const eigenvalues = engine.hessianEigenvalues({ network, loss: "squared", batch, streams });
    const bins = new Array(Math.round((BINS.to - BINS.from) / BINS.each)).fill(0);
    for (const value of eigenvalues) {
      const bin = Math.floor((Math.log10(Math.abs(value)) - BINS.from) / BINS.each);
      if (bin >= 0 && bin < bins.length) bins[bin] += 1 / eigenvalues.length;
    }
    return {
      name: `depth ${depth}`,
      points: bins.map((share, at) => [digitsOf(BINS.from + (at + 0.5) * BINS.each), digitsOf(share)]),
    };
  });
  return {
    form: "lines",
    title: "All curvature vanishes with depth",
    words:
      "How the sizes of all eigenvalues of the Hessian are spread, in 48 random ReLU networks of width 6 a depth, one input, squared loss. Each step is a third of a power of ten. Deeper networks have smaller eigenvalues; those below 1e-9, flat directions, are beyond the left edge, so the areas under the lines differ.",
    x: { words: "log10 of an eigenvalue's size", scale: "linear" },
    y: { words: "share of the eigenvalues", scale: "linear" },
    series,
  };
}

/** Escape time of random chains against the curvature they start with, for gradient flow and for sign descent. */
function escapeTimes() {
  const REPLICATES = 160;
  const DEPTH = 80;
  const series = [
    ["gradient flow", byGradientFlow],
    ["sign descent, the simplest adaptive method", bySignDescent],
  ].map(([name, at]) => {
    const { logHessian, logTime } = drawn(at(DEPTH), REPLICATES);
    const pairs = Array.from(logHessian, (x, row) => [digitsOf(Math.exp(x)), digitsOf(Math.exp(logTime[row]))]);
    return { name, style: "dots", points: pairs.filter(([x, y]) => x !== null && y !== null && x > 0 && y > 0) };
  });
  const starts = series.flatMap(({ points }) => points.map(([x]) => x));
  const ends = [Math.min(...starts), Math.max(...starts)];
  const lineThrough = ({ points }, slope) => {
    const mean = (at) => points.reduce((sum, point) => sum + Math.log(point[at]), 0) / points.length;
    return ends.map((x) => [x, digitsOf(Math.exp(mean(1) + slope * (Math.log(x) - mean(0))))]);
  };
  return {
    form: "lines",
    title: "Descent escapes in a time inverse to curvature, adaptive methods regardless of it",
    words:
      "Each point is a random chain of depth 80: across, the norm of its Hessian at the start; up, the time until it has left the plateau. Gradient flow follows the line of slope -1, sign descent the line of slope 0.",
    x: { words: "norm of the Hessian at the start", scale: "log" },
    y: { words: "escape time", scale: "log" },
    series: [
      ...series,
      { name: "slope -1", style: "dashed", points: lineThrough(series[0], -1) },
      { name: "slope 0", style: "dashed", points: lineThrough(series[1], 0) },
    ],
  };
}

/** The recorded training curves of the methods on the deep narrow network: a thin line a network. */
function trainingCurves() {
  const HIGHEST = 1.6;
  const { arms, every } = JSON.parse(readFileSync(join(folder, "training/curves.json"), "utf8"));
  const methods = ["descent", "momentum", "sign", "adam"];
  return {
    form: "lines",
    title: "Training a deep narrow network on real digits",
    words:
      "Loss over steps for six random networks a method, each method at the learning rate that served it best; 1 is the loss of guessing, and peaks above 1.6 are cut. Descent stays on its plateau for most of the time; methods that rescale their steps leave it soon.",
    x: { words: "step", scale: "linear" },
    y: { words: "loss, as a part of guessing's", scale: "linear" },
    series: methods.flatMap((name) => {
      const found = arms.find(({ arm }) => arm === name);
      return found.losses.map((losses) => ({
        name: `${name}, rate ${found.rate}`,
        style: "thin",
        points: losses.flatMap((loss, at) => (loss === null ? [] : [[at * every, Math.min(loss, HIGHEST)]])),
      }));
    }),
  };
}

/** What the tuning found: how many of the networks learn at each rate. */
function learningRates() {
  const { rows, replicates } = JSON.parse(readFileSync(join(folder, "training/tuning-grid.json"), "utf8"));
  const methods = ["descent", "momentum", "clipped", "normalised", "sign", "rmsprop", "adam", "adagrad"];
  return {
    form: "lines",
    title: "No learning rate lets descent learn as often",
    words: `The whole grid of the tuning: in how many of ${replicates} deep narrow networks a method learns within its steps, at each learning rate that was tried.`,
    x: { words: "learning rate", scale: "log" },
    y: { words: "share of networks that learn", scale: "linear" },
    series: methods.map((name) => ({
      name,
      points: rows.filter(({ arm }) => arm === name).map(({ rate, learns }) => [rate, digitsOf(learns / replicates)]),
    })),
  };
}

function reluNetwork(width, depth) {
  return mlp({ width, depth, activation: "relu", init: heNormal });
}

function drawn(experiment, count) {
  const key = streamKey(SEED, experiment.name, experiment.setup);
  return experiment.observe({ engine, streams: { key, first: 0, count }, data: {} });
}

function quantile(values, share) {
  return Float64Array.from(values).sort()[Math.floor(share * (values.length - 1))];
}

/** Four digits, null where it is not finite. */
function digitsOf(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}
