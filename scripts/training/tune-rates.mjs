// Tries every rate of every way to train on tuning seeds and writes the whole grid:
//   node scripts/training/tune-rates.mjs [suites/orvieto2021/training [arm ...]]
// With arms only those are tried, and the grid keeps its rows of the others.
import { writeFileSync } from "node:fs";
import {
  stepsPerRecord,
  trainingObservations,
  trajectoriesOnDigits,
} from "../../dist/benchmarks/training/training-on-digits.js";
import { streamKey } from "../../dist/src/run/plan/stream-key.js";
import { trainingRequest } from "./training-request.mjs";

/** No run of a suite has this master seed, so that no claim sees these networks and pictures. */
const SEED = "tuning of training rates";
const REPLICATES = 24;

const { ARMS, trainingOf, place, isWanted, known, engine, digits } = await trainingRequest(
  "tune-rates.mjs",
  "tuning-grid.json",
);
const rows = [];
for (const [arm, { rates, steps }] of Object.entries(ARMS)) {
  if (!isWanted(arm)) {
    rows.push(...known.rows.filter((row) => row.arm === arm));
    continue;
  }
  for (const rate of rates) {
    const training = trainingOf(arm, { rate });
    const { network, batch } = training;
    // The same networks and pictures for every rate.
    const streams = { key: streamKey(SEED, "tuning", { network, batch }), first: 0, count: REPLICATES };
    const { losses, logGradients } = trajectoriesOnDigits(training, digits, { engine, streams });
    const seen = trainingObservations(losses, logGradients, {
      records: 1 + steps / stepsPerRecord(training),
      every: stepsPerRecord(training),
      classes: digits.classes,
    });
    const row = {
      arm,
      rate,
      steps,
      leaves: count(seen.leaves),
      learns: count(seen.learns),
      medianStepsToLeave: median(seen.stepsToLeave),
      medianStepsToLearn: median(seen.stepsToLearn),
    };
    rows.push(row);
    console.log(JSON.stringify(row));
  }
}
writeFileSync(place, `${JSON.stringify({ seed: SEED, replicates: REPLICATES, rows })}\n`);

function count(indicators) {
  return indicators.reduce((sum, one) => sum + one, 0);
}

/** The lower middle one, null when it is infinite. */
function median(values) {
  const middle = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
  return Number.isFinite(middle) ? middle : null;
}
