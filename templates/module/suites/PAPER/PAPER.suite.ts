import { defineSuite } from "plateau";
import normIsKept from "./geometry/norm-is-kept.claim.ts";

export default defineSuite({
  name: "PAPER",
  title: "TITLE",
  // over one run: P(any wrong verdict), and P(anything stays undecided at the full tier)
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [{ claim: normIsKept, share: 0.5 }], // shares of the budget add to at most 1: half is left for your next claim
  minutes: { smoke: 1, full: 1 },
});
