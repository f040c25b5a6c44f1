import { defineSuite } from "../../src/claim/suite.ts";
import meanSingularValue from "./jacobians/mean-singular-value-is-below-one.claim.ts";
import backPropagatedGradients from "./signals/back-propagated-gradients-fall-by-a-third.claim.ts";
import linearLayers from "./signals/linear-layers-keep-a-third-or-all.claim.ts";
import unequalWidths from "./signals/unequal-widths-are-a-compromise.claim.ts";
import weightGradients from "./signals/weight-gradients-are-alike-in-all-layers.claim.ts";

/** Five claims with equal shares of the error budget. */
const SHARE = 0.2;

export default defineSuite({
  name: "initialisation",
  title: "How weights begin",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: linearLayers, share: SHARE },
    { claim: backPropagatedGradients, share: SHARE },
    { claim: weightGradients, share: SHARE },
    { claim: unequalWidths, share: SHARE },
    { claim: meanSingularValue, share: SHARE },
  ],
  minutes: { smoke: 0.5, full: 1, deep: 3 },
});
