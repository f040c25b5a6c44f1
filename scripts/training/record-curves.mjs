// Records how losses and gradients go on in a few networks of every way to train, at its tuned rate:
//   node scripts/training/record-curves.mjs [suites/orvieto2021/training [arm ...]]
// With arms only those are recorded, and the file keeps the others'.
import { writeFileSync } from "node:fs";
import { stepsPerRecord, trajectoriesOnDigits } from "../../dist/benchmarks/training/training-on-digits.js";
import { streamKey } from "../../dist/src/run/plan/stream-key.js";
import { trainingRequest } from "./training-request.mjs";

/** Networks and pictures that neither the tuning nor a claim sees. */
const SEED = "curves of training";
const CURVES = 6;
/** Steps from one number to the next. */
const EVERY = 4;

const { ARMS, trainingOf, place, isWanted, known, engine, digits } = await trainingRequest(
  "record-curves.mjs",
  "curves.json",
);
const arms = Object.entries(ARMS).map(([arm, { rate, steps }]) => {
  if (!isWanted(arm)) return known.arms.find((entry) => entry.arm === arm);
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
