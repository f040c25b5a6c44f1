import { defineClaim } from "plateau";
import { accuracy } from "../../../benchmarks/accuracy.ts";

export default defineClaim({
  id: "PAPER/accuracy/ours-is-better", // its path under suites/
  title: "Ours is better by a point",
  statement: "The mean accuracy over seeds is higher than the baseline's by at least one percentage point.",
  source: { paper: "PAPER@v1", at: "the example of plateau init", grade: "derived" },
  assumptions: { seeds: "each row is a training of its own, and no training was left out" },
  grid: { dataset: ["test"] },
  experiment: () => accuracy("ours"),
  against: () => accuracy("baseline"),
  prediction: {
    says: "differs-by-at-least",
    statistic: "mean",
    of: "accuracy",
    bound: 0.01,
    because: "a point is what a reader of the table would call better",
    expected: {
      value: 0.017, // of the table, for planning: it never enters a verdict
      spread: 0.004,
      normal: { because: "an accuracy is a mean over thousands of pictures" },
      against: { spread: 0.004, normal: { because: "likewise" } },
    },
  },
  controls: [],
  withoutControl: { because: "the trainings are recorded, and none was made with an assumption broken" },
  tiers: { smoke: { replicates: 10 }, full: { replicates: 10 } },
});
