import { log } from "../../../numerics/elementary.ts";
import type { Trajectories, TrajectoryRequest } from "../../contract/model-request.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import type { Pass, Work } from "../job.ts";
import { further } from "../place.ts";
import { backwardPasses, forwardPasses } from "../program/model-passes.ts";
import { planModel } from "../program/model-plan.ts";
import { normPass } from "../program/norm-pass.ts";
import { descendPass } from "./descend-pass.ts";
import { accumulatePass, gatherPass, lossPass, rangePass, recordPass, tickPass } from "./observe-passes.ts";
import { noisePass } from "./parameter-draws.ts";
import { openTrainingJob, planTraining, type TrainingJob, type TrainingPlan, trainingsInAJob } from "./training-job.ts";

/**
 * As the contract's: all trainings of a job side by side, a row z of the dispatches each. Networks are computed in float32, their
 * parameters kept in float64 (`descendPass`); read back are losses, norms of gradients, and the parameters after the last step.
 * @throws UnsupportedError where a training leaves the range of float32
 */
export function trajectories(device: Device, request: TrajectoryRequest): Trajectories {
  const { streams, batch, miniBatch = batch.size } = request;
  const plan = planModel({ ...request, batch: { ...batch, size: miniBatch } });
  const training = planTraining(plan, request);
  const { records } = training;
  const losses = new Float64Array(streams.count * records);
  const logGradients = new Float64Array(streams.count * records);
  const parameters = new Float64Array(streams.count * plan.count);
  inBatches(device, { count: streams.count, largest: trainingsInAJob(device, training) }, (from, now) => {
    const job = openTrainingJob(device, training, { first: from, replicates: now });
    const found = job.run(workOf(training, job, { first: from, count: now }));
    parameters.set(found.parameters, from * plan.count);
    for (let row = 0; row < now; row++) {
      const numbers = found.rowOf(row);
      for (let record = 0; record < records; record++) {
        const at = (from + row) * records + record;
        const [loss, sum, exponent] = numbers.subarray(3 * record, 3 * record + 3);
        losses[at] = loss!;
        logGradients[at] = log(sum!) + 2 * log(2) * exponent!;
      }
    }
  });
  return { losses, logGradients, parameters };
}

interface Rows {
  readonly first: number;
  readonly count: number;
}

/** Record, and between records so many steps; the evaluation for a record of the whole batch serves the step behind it too. */
function workOf(training: TrainingPlan, job: TrainingJob, rows: Rows): readonly Work[] {
  const { request, parts, records } = training;
  const { recordEvery } = request;
  const { evaluate, observe } = evaluation(training, job, rows);
  const step = stepping(training, job, rows);
  const record = recordPass({ x: job.observed, records: job.records, counter: job.counters.record }, 3, rows.count);
  const recorded = [...observe, record, tickPass(job.counters.record, records)];
  const nextPart = gathering(training, job, "order", rows);
  const between: readonly Work[] =
    parts === 1
      ? [...step, { times: recordEvery - 1, passes: [...evaluate, ...step] }]
      : [{ times: recordEvery, passes: [...nextPart, ...evaluate, ...step] }];
  return [...job.opening, { times: records - 1, passes: [...recorded, ...between] }, ...recorded];
}

/** What leaves the gradients of the examples shown, and what observes loss and gradient of the whole batch. */
function evaluation(
  training: TrainingPlan,
  job: TrainingJob,
  rows: Rows,
): { readonly evaluate: readonly Pass[]; readonly observe: readonly Work[] } {
  const { plan, parts } = training;
  const { loss, batch, outputSize, count: parameters } = plan;
  const { work, counters, gradients, observed, range, sum } = job;
  const { count } = rows;
  const { passes, points } = forwardPasses(plan, work, count);
  const back = backwardPasses(plan, work, points, { gradients }, count);
  const evaluate = [...passes, ...back.passes];
  const factor = 1 / (batch * parts);
  const places = { outputs: work.outputs, targets: work.targets, loss: observed, counter: counters.part };
  const signals = points.map(({ step: { output } }) => ({ x: output.place, length: batch * output.size }));
  const cotangents = points.flatMap(({ step: { output }, cotangent: x }) =>
    x === undefined ? [] : [{ x, length: batch * output.size }],
  );
  const looked = [...signals, ...cotangents, { x: gradients, length: parameters }];
  const part = [
    ...evaluate,
    lossPass(loss, places, { batch, size: outputSize, factor }, count),
    ...looked.map(({ x, length }) => rangePass({ x, range }, length, count)),
  ];
  const norm = normPass({ x: sum, out: further(observed, 1) }, parameters, count);
  if (parts === 1) return { evaluate, observe: [...part, norm] };
  const gathered = accumulatePass(
    { x: gradients, sum, counter: counters.part },
    { length: parameters, factor: 1 / parts },
    count,
  );
  const shown = gathering(training, job, "drawnOrder", rows);
  const one = [...shown, ...part, gathered, tickPass(counters.part, parts)];
  return { evaluate, observe: [{ times: parts, passes: one }, norm] };
}

/** Shows the examples of the next part, in the order of the steps or in that in which they were drawn. */
function gathering(
  { plan, parts }: TrainingPlan,
  { work, inputs, targets, examples, counters, ...job }: TrainingJob,
  which: "order" | "drawnOrder",
  { count }: Rows,
): readonly Pass[] {
  if (parts === 1) return [];
  const counter = which === "order" ? counters.step : counters.part;
  const shown = { order: job[which], counter };
  return [
    gatherPass({ ...shown, from: inputs, to: work.inputs }, examples.inputs, plan.batch, count),
    gatherPass({ ...shown, from: targets, to: work.targets }, examples.targets, plan.batch, count),
  ];
}

/** One step from the gradients, noise and all. */
function stepping({ plan, request }: TrainingPlan, job: TrainingJob, { first, count }: Rows): readonly Pass[] {
  const { optimiser, noise = 0, streams } = request;
  const { gradients, counters, norm } = job;
  const at = { key: streams.key, first: streams.first + first };
  const length = plan.count;
  const noisy = { x: gradients, step: counters.step, ...at };
  const places = { ...job, ...job.work, gradient: gradients, norm, step: counters.step };
  return [
    ...(noise > 0 ? [noisePass(noisy, { length, factor: noise }, count)] : []),
    ...(optimiser.name === "normalised-descent" || optimiser.name === "clipped-descent"
      ? [normPass({ x: gradients, out: norm }, length, count)]
      : []),
    descendPass(optimiser, places, length, count),
    tickPass(counters.step, request.steps + 1),
  ];
}
