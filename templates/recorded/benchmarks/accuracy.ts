import { recordedExperiment } from "plateau";

/** Accuracies on the test set of trainings that were made elsewhere: a row a seed, nothing is run. */
export function accuracy(method = "ours") {
  return recordedExperiment({
    name: `accuracy of ${method}`,
    module: import.meta.url,
    file: "data/accuracies.csv",
    where: { method },
    seed: "seed",
    measures: { accuracy: { kind: "bounded", range: [0, 1], description: "share of the test set that is told apart" } },
  });
}
