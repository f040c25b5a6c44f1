import { defineSuite } from "../../src/claim/suite.ts";
import adamLearns from "./training/adam-learns-where-descent-does-not.claim.ts";
import adamLeaves from "./training/adam-leaves-the-deepest-plateau.claim.ts";
import adaptiveMethodsLearn from "./training/adaptive-methods-learn.claim.ts";
import descentStays from "./training/descent-stays-on-the-plateau.claim.ts";
import fittingIsNotGeneralising from "./training/fitting-is-not-generalising.claim.ts";
import leavingIsNotLearning from "./training/leaving-the-plateau-is-not-learning.claim.ts";
import momentumAndClipping from "./training/momentum-and-clipping-are-not-enough.claim.ts";
import normalisedDescentLeaves from "./training/normalised-descent-leaves-the-deepest-plateau.claim.ts";
import residualAndNormalised from "./training/residual-and-normalised-networks-learn-by-descent.claim.ts";
import shallowNetworksLearn from "./training/shallow-networks-learn-by-descent.claim.ts";

/** Ten claims with equal shares of the error budget. */
const SHARE = 0.1;

export default defineSuite({
  name: "training",
  title: "Training deep narrow networks on real digits",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: descentStays, share: SHARE },
    { claim: adaptiveMethodsLearn, share: SHARE },
    { claim: adamLearns, share: SHARE },
    { claim: momentumAndClipping, share: SHARE },
    { claim: shallowNetworksLearn, share: SHARE },
    { claim: residualAndNormalised, share: SHARE },
    { claim: adamLeaves, share: SHARE },
    { claim: normalisedDescentLeaves, share: SHARE },
    { claim: leavingIsNotLearning, share: SHARE },
    { claim: fittingIsNotGeneralising, share: SHARE },
  ],
  // at the cost model's nominal rates, which are the plain reference's: 931 s at full
  minutes: { smoke: 1, full: 16, deep: 16 },
});
