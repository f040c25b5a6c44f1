import { defineSuite } from "../../src/claim/suite.ts";
import logProductSkewness from "./chains/log-product-skewness.claim.ts";
import logWeightVariance from "./chains/log-weight-variance.claim.ts";
import meanSquareIsOne from "./chains/mean-square-is-one.claim.ts";
import medianSquareVanishes from "./chains/median-square-vanishes.claim.ts";
import productHasGammaLaw from "./chains/product-has-gamma-law.claim.ts";
import reluChainDies from "./chains/relu-chain-dies.claim.ts";
import stableScale from "./chains/stable-scale.claim.ts";
import vanishingRate from "./chains/vanishing-rate.claim.ts";
import logNormIgnoresTheInput from "./digits/log-norm-ignores-the-input.claim.ts";
import lossGradientVanishes from "./digits/loss-gradient-vanishes.claim.ts";
import narrowNetworksCollapse from "./digits/narrow-networks-collapse-exponentially.claim.ts";
import wideGradientKeepsItsSize from "./digits/wide-gradient-keeps-its-size.claim.ts";
import wideNetworksCollapse from "./digits/wide-networks-collapse-slowly.claim.ts";
import decayIsFlatInLayers from "./gradients/decay-is-flat-in-layers.claim.ts";
import gradientNormVanishes from "./gradients/gradient-norm-vanishes.claim.ts";
import deadNetworks from "./norms/dead-networks.claim.ts";
import medianVanishes from "./norms/median-vanishes.claim.ts";
import mostNetworksVanish from "./norms/most-networks-vanish.claim.ts";
import secondMomentIsStable from "./norms/second-moment-is-stable.claim.ts";
import lawExactGradientLaw from "./sampling/law-exact-gradient-law.claim.ts";
import lawExactSignalMean from "./sampling/law-exact-signal-mean.claim.ts";
import lawExactSignalVariance from "./sampling/law-exact-signal-variance.claim.ts";
import lawExactWeightsAreUsedTwice from "./sampling/law-exact-weights-are-used-twice.claim.ts";
import equalSumsGiveEqualSpread from "./shapes/equal-sums-give-equal-spread.claim.ts";
import narrowShapesFollowExactSum from "./shapes/narrow-shapes-follow-exact-sum.claim.ts";
import criticalWidth from "./width/critical-width-is-proportional-to-depth.claim.ts";
import fixedWidthVanishes from "./width/fixed-width-vanishes.claim.ts";
import logNormDriftLinear from "./width/log-norm-drift-linear.claim.ts";
import logNormDriftOrthogonal from "./width/log-norm-drift-orthogonal.claim.ts";
import logNormDriftRelu from "./width/log-norm-drift-relu.claim.ts";
import logNormSkewness from "./width/log-norm-skewness.claim.ts";
import logNormVariance from "./width/log-norm-variance.claim.ts";
import squareRootWidthVanishes from "./width/square-root-width-vanishes.claim.ts";
import uniformWeightsVanishAlike from "./width/uniform-weights-vanish-alike.claim.ts";
import wrongGainShiftsTheRate from "./width/wrong-gain-shifts-the-rate.claim.ts";

/** Thirty-one claims; those whose networks cost most have twice the others' share of the error budget. */
const USUAL = 0.027;
const COSTLY = 0.054;
/** Four claims about the instrument share what is left of the budget; their networks cost next to nothing. */
const INSTRUMENT = 0.007;

export default defineSuite({
  name: "vanishing",
  title: "Signals, gradients and representations at initialisation",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: vanishingRate, share: USUAL },
    { claim: stableScale, share: USUAL },
    { claim: logWeightVariance, share: USUAL },
    { claim: logProductSkewness, share: USUAL },
    { claim: productHasGammaLaw, share: USUAL },
    { claim: meanSquareIsOne, share: USUAL },
    { claim: medianSquareVanishes, share: USUAL },
    { claim: reluChainDies, share: USUAL },
    { claim: secondMomentIsStable, share: USUAL },
    { claim: mostNetworksVanish, share: USUAL },
    { claim: medianVanishes, share: USUAL },
    { claim: deadNetworks, share: USUAL },
    { claim: criticalWidth, share: COSTLY },
    { claim: squareRootWidthVanishes, share: COSTLY },
    { claim: fixedWidthVanishes, share: USUAL },
    { claim: logNormDriftRelu, share: COSTLY },
    { claim: logNormDriftLinear, share: USUAL },
    { claim: logNormDriftOrthogonal, share: USUAL },
    { claim: logNormVariance, share: USUAL },
    { claim: logNormSkewness, share: USUAL },
    { claim: uniformWeightsVanishAlike, share: USUAL },
    { claim: wrongGainShiftsTheRate, share: USUAL },
    { claim: gradientNormVanishes, share: USUAL },
    { claim: decayIsFlatInLayers, share: USUAL },
    { claim: equalSumsGiveEqualSpread, share: COSTLY },
    { claim: narrowShapesFollowExactSum, share: USUAL },
    { claim: wideNetworksCollapse, share: USUAL },
    { claim: narrowNetworksCollapse, share: USUAL },
    { claim: lossGradientVanishes, share: USUAL },
    { claim: wideGradientKeepsItsSize, share: COSTLY },
    { claim: logNormIgnoresTheInput, share: USUAL },
    { claim: lawExactSignalMean, share: INSTRUMENT },
    { claim: lawExactSignalVariance, share: INSTRUMENT },
    { claim: lawExactGradientLaw, share: INSTRUMENT },
    { claim: lawExactWeightsAreUsedTwice, share: INSTRUMENT },
  ],
  minutes: { smoke: 0.75, full: 9, deep: 12 },
});
