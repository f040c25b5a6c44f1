// Records how losses and gradients go on in a few networks of every way to train, at its tuned rate:
//   node scripts/training/record-curves.mjs [suites/orvieto2021/training [arm ...]]
// With arms only those are recorded, and the file keeps the others'.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepsPerRecord, trajectoriesOnDigits } from "../../dist/benchmarks/training/training-on-digits.js";
import { openEngine } from "../../dist/src/lab/engines.js";
import { streamKey } from "../../dist/src/run/plan/stream-key.js";
import { loadDataset } from "../../dist/src/run/sample/datasets.js";
import { mnistDigits } from "../../dist/suites/orvieto2021/digits/mnist-digits.js";
import { misuse, oneOf, scriptWords } from "../script-words.mjs";

/** Networks and pictures that neither the tuning nor a claim sees. */
const SEED = "curves of training";
const CURVES = 6;
/** Steps from one number to the next. */
const EVERY = 4;

const USAGE = "record-curves.mjs [FOLDER [ARM…]] (default: suites/orvieto2021/training, every arm)";
const {
  words: [folder = "suites/orvieto2021/training", ...only],
} = scriptWords(USAGE, { most: Infinity });
if (!existsSync(new URL(`../../dist/${folder}/arms.js`, import.meta.url))) {
  misuse(`${folder}, which has no arms.ts that was built`, USAGE);
}
const { ARMS, trainingOf } = await import(new URL(`../../dist/${folder}/arms.js`, import.meta.url).href);
for (const arm of only) oneOf(arm, Object.keys(ARMS), USAGE);
const engine = await openEngine("wasm");
const digits = await loadDataset(mnistDigits, join(tmpdir(), "plateau-tuning"));

const place = join(folder, "curves.json");
const known = only.length === 0 ? [] : JSON.parse(readFileSync(place, "utf8")).arms;
const arms = Object.entries(ARMS).map(([arm, { rate, steps }]) => {
  if (only.length > 0 && !only.includes(arm)) return known.find((entry) => entry.arm === arm);
  const training = trainingOf(arm);
  const { network, batch } = training;
  // The same networks and pictures for every method.
  const streams = { key: streamKey(SEED, "curves", { network, batch }), first: 0, count: CURVES };
  const { losses, logGradients } = trajectoriesOnDigits(training, digits, { engine, streams });
  const apart = stepsPerRecord(training);
  const [records, stride] = [1 + steps / apart, EVERY / apart];
  return {
    arm,
    rate,
    losses: curvesOf(losses, { records, stride }, (loss) => loss / Math.log(digits.classes)),
    logGradientNorms: curvesOf(logGradients, { records, stride }, (logSquare) => logSquare / 2),
  };
});
writeFileSync(place, `${JSON.stringify({ seed: SEED, every: EVERY, arms })}\n`);

/** One row a network, four digits a number, null where it is not finite. */
function curvesOf(values, { records, stride }, scaled) {
  return Array.from({ length: CURVES }, (_, row) =>
    Array.from({ length: Math.ceil(records / stride) }, (_, at) =>
      digitsOf(scaled(values[row * records + at * stride])),
    ),
  );
}

function digitsOf(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}
