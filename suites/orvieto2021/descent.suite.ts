import { defineSuite } from "../../src/claim/suite.ts";
import descentSpendsItsTimeOnThePlateau from "./adaptive/descent-spends-its-time-on-the-plateau.claim.ts";
import momentumEscapesInInverseCurvature from "./adaptive/momentum-escapes-in-inverse-curvature.claim.ts";
import adamLearnsFromMiniBatches from "./training/adam-learns-from-mini-batches.claim.ts";
import miniBatchDescentStays from "./training/mini-batch-descent-stays-on-the-plateau.claim.ts";

/** What is left of the error budget is for claims to come. */
const SHARE = 0.2;

export default defineSuite({
  name: "descent",
  title: "Descent with momentum and with mini-batches",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: momentumEscapesInInverseCurvature, share: SHARE },
    { claim: descentSpendsItsTimeOnThePlateau, share: SHARE },
    { claim: miniBatchDescentStays, share: SHARE },
    { claim: adamLearnsFromMiniBatches, share: SHARE },
  ],
  minutes: { smoke: 0.5, full: 15, deep: 15 },
});
