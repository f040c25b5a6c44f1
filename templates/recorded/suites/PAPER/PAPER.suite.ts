import { defineSuite } from "plateau";
import oursIsBetter from "./accuracy/ours-is-better.claim.ts";

export default defineSuite({
  name: "PAPER",
  title: "TITLE",
  // ten trainings are few: a wrong verdict once in twenty papers, which is said wherever the verdict is
  errors: { falseVerdict: 0.05, undecided: 0.05 },
  claims: [{ claim: oursIsBetter, share: 1 }],
  minutes: { smoke: 1, full: 1 },
});
