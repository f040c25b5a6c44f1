import { defineSuite } from "../../src/claim/suite.ts";
import chainCurvatureIsAsNegativeAsPositive from "./chain-hessians/chain-curvature-is-as-negative-as-positive.claim.ts";
import chainGaussNewtonFallsTwiceAsFast from "./chain-hessians/chain-gauss-newton-falls-twice-as-fast.claim.ts";
import chainHessianFallsWithTheGradient from "./chain-hessians/chain-hessian-falls-with-the-gradient.claim.ts";
import chainHessianHasAClosedForm from "./chain-hessians/chain-hessian-has-a-closed-form.claim.ts";
import chainHessianVanishes from "./chain-hessians/chain-hessian-vanishes.claim.ts";
import chainIndexIsOneOrAllButOne from "./chain-hessians/chain-index-is-one-or-all-but-one.claim.ts";
import chainInertiaFollowsARule from "./chain-hessians/chain-inertia-follows-a-rule.claim.ts";
import chainInverseWeightsHaveHeavyTails from "./chain-hessians/chain-inverse-weights-have-heavy-tails.claim.ts";
import chainsStartAtSaddles from "./chain-hessians/chains-start-at-saddles.claim.ts";
import classifiersStartAtSaddles from "./hessians/classifiers-start-at-saddles.claim.ts";
import curvatureVanishesOnDigits from "./hessians/curvature-vanishes-on-digits.claim.ts";
import digitsBendDownAsMuchAsUp from "./hessians/digits-bend-down-as-much-as-up.claim.ts";
import layersShareTheirProductWithTheGradient from "./hessians/layers-share-their-product-with-the-gradient.claim.ts";
import mostDirectionsAreFlat from "./hessians/most-directions-are-flat.claim.ts";
import negativeCurvatureVanishesOnDigits from "./hessians/negative-curvature-vanishes-on-digits.claim.ts";
import networkGaussNewtonFallsFaster from "./hessians/network-gauss-newton-falls-faster.claim.ts";
import networkHessianFallsWithTheGradient from "./hessians/network-hessian-falls-with-the-gradient.claim.ts";
import proportionalNetworksKeepCurvature from "./hessians/proportional-networks-keep-curvature.claim.ts";
import spectrumIsBalanced from "./hessians/spectrum-is-balanced.claim.ts";
import traceIsTheGradientPart from "./hessians/trace-is-the-gradient-part.claim.ts";

/** Twenty claims with equal shares of the error budget. */
const SHARE = 0.05;

export default defineSuite({
  name: "curvature",
  title: "Hessians at initialisation: flat, indefinite, heavy-tailed",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: chainHessianHasAClosedForm, share: SHARE },
    { claim: chainInertiaFollowsARule, share: SHARE },
    { claim: chainHessianVanishes, share: SHARE },
    { claim: chainHessianFallsWithTheGradient, share: SHARE },
    { claim: chainGaussNewtonFallsTwiceAsFast, share: SHARE },
    { claim: chainsStartAtSaddles, share: SHARE },
    { claim: chainIndexIsOneOrAllButOne, share: SHARE },
    { claim: chainCurvatureIsAsNegativeAsPositive, share: SHARE },
    { claim: chainInverseWeightsHaveHeavyTails, share: SHARE },
    { claim: traceIsTheGradientPart, share: SHARE },
    { claim: layersShareTheirProductWithTheGradient, share: SHARE },
    { claim: networkHessianFallsWithTheGradient, share: SHARE },
    { claim: networkGaussNewtonFallsFaster, share: SHARE },
    { claim: curvatureVanishesOnDigits, share: SHARE },
    { claim: negativeCurvatureVanishesOnDigits, share: SHARE },
    { claim: proportionalNetworksKeepCurvature, share: SHARE },
    { claim: classifiersStartAtSaddles, share: SHARE },
    { claim: digitsBendDownAsMuchAsUp, share: SHARE },
    { claim: mostDirectionsAreFlat, share: SHARE },
    { claim: spectrumIsBalanced, share: SHARE },
  ],
  minutes: { smoke: 0.1, full: 1, deep: 8 },
});
