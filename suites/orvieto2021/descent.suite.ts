import { defineSuite } from "../../src/claim/suite.ts";
import descentSpendsItsTimeOnThePlateau from "./adaptive/descent-spends-its-time-on-the-plateau.claim.ts";
import methodsLeaveInOrder from "./adaptive/methods-leave-in-order.claim.ts";
import momentumEscapesInInverseCurvature from "./adaptive/momentum-escapes-in-inverse-curvature.claim.ts";
import tenTimesFlatter from "./escape/ten-times-flatter-takes-ten-times-as-long.claim.ts";
import adamEndsBelowDescent from "./training/adam-ends-below-descent.claim.ts";
import adamLearnsFromMiniBatches from "./training/adam-learns-from-mini-batches.claim.ts";
import miniBatchDescentStays from "./training/mini-batch-descent-stays-on-the-plateau.claim.ts";

const SHARE = 0.2;
/** What else the same methods are compared by, from samples that cost little or exist; a twentieth is left for claims to come. */
const COMPARISON = 0.05;

export default defineSuite({
  name: "descent",
  title: "Descent with momentum and with mini-batches, and what it is beside other methods",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: momentumEscapesInInverseCurvature, share: SHARE },
    { claim: descentSpendsItsTimeOnThePlateau, share: SHARE },
    { claim: miniBatchDescentStays, share: SHARE },
    { claim: adamLearnsFromMiniBatches, share: SHARE },
    { claim: methodsLeaveInOrder, share: COMPARISON },
    { claim: tenTimesFlatter, share: COMPARISON },
    { claim: adamEndsBelowDescent, share: COMPARISON },
  ],
  minutes: { smoke: 0.5, full: 15, deep: 15 },
});
