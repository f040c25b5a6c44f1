import { defineSuite } from "../../src/claim/suite.ts";
import adagradEscapesFromAnEmptyAccumulator from "./adaptive/adagrad-escapes-from-an-empty-accumulator.claim.ts";
import adagradIsStuckBehindAFullAccumulator from "./adaptive/adagrad-is-stuck-behind-a-full-accumulator.claim.ts";
import adaptiveMethodsEscape from "./adaptive/adaptive-methods-escape.claim.ts";
import adaptiveMethodsIgnoreCurvature from "./adaptive/adaptive-methods-ignore-curvature.claim.ts";
import adaptiveTimeDoesNotGrowWithDepth from "./adaptive/adaptive-time-does-not-grow-with-depth.claim.ts";
import clippingIsDescentOnPlateaus from "./adaptive/clipping-is-descent-on-plateaus.claim.ts";
import descentTimeIsExponentialInDepth from "./adaptive/descent-time-is-exponential-in-depth.claim.ts";
import epsilonFreezesDeepChains from "./adaptive/epsilon-freezes-deep-chains.claim.ts";
import epsilonMakesAdaptiveMethodsDescend from "./adaptive/epsilon-makes-adaptive-methods-descend.claim.ts";
import epsilonSetsACriticalDepth from "./adaptive/epsilon-sets-a-critical-depth.claim.ts";
import momentumIsAConstantFactor from "./adaptive/momentum-is-a-constant-factor.claim.ts";
import noiseMustScaleWithTheLoss from "./adaptive/noise-must-scale-with-the-loss.claim.ts";
import normalisedDescentSlowsAsRootOfDepth from "./adaptive/normalised-descent-slows-as-root-of-depth.claim.ts";
import scaleInvarianceIsExact from "./adaptive/scale-invariance-is-exact.claim.ts";
import signDescentSpread from "./adaptive/sign-descent-spread.claim.ts";
import signDescentTimeInClosedForm from "./adaptive/sign-descent-time-in-closed-form.claim.ts";

/** 16 claims with equal shares of the error budget. */
const SHARE = 0.0625;

export default defineSuite({
  name: "adaptive",
  title: "Adaptive methods, momentum and clipping on the plateau of chains",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: scaleInvarianceIsExact, share: SHARE },
    { claim: noiseMustScaleWithTheLoss, share: SHARE },
    { claim: adaptiveMethodsEscape, share: SHARE },
    { claim: adaptiveMethodsIgnoreCurvature, share: SHARE },
    { claim: adaptiveTimeDoesNotGrowWithDepth, share: SHARE },
    { claim: descentTimeIsExponentialInDepth, share: SHARE },
    { claim: signDescentTimeInClosedForm, share: SHARE },
    { claim: signDescentSpread, share: SHARE },
    { claim: normalisedDescentSlowsAsRootOfDepth, share: SHARE },
    { claim: epsilonFreezesDeepChains, share: SHARE },
    { claim: epsilonSetsACriticalDepth, share: SHARE },
    { claim: epsilonMakesAdaptiveMethodsDescend, share: SHARE },
    { claim: momentumIsAConstantFactor, share: SHARE },
    { claim: clippingIsDescentOnPlateaus, share: SHARE },
    { claim: adagradEscapesFromAnEmptyAccumulator, share: SHARE },
    { claim: adagradIsStuckBehindAFullAccumulator, share: SHARE },
  ],
  minutes: { smoke: 0.25, full: 2, deep: 4 },
});
