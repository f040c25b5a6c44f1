import { defineSuite } from "../../src/claim/suite.ts";
import convolutionalGradientsVanish from "./architecture/convolutional-gradients-vanish.claim.ts";
import convolutionalWidthIsNearTheChannels from "./architecture/convolutional-width-is-near-the-channels.claim.ts";
import orthogonalLinearNetworksAreIsometries from "./architecture/orthogonal-linear-networks-are-isometries.claim.ts";
import orthogonalReluGradientsVanish from "./architecture/orthogonal-relu-gradients-vanish.claim.ts";
import tanhNetworksHaveOrderAndChaos from "./architecture/tanh-networks-have-order-and-chaos.claim.ts";
import batchNormalisationExplodesCurvature from "./normalisation/batch-normalisation-explodes-curvature.claim.ts";
import batchNormalisationExplodesGradients from "./normalisation/batch-normalisation-explodes-gradients.claim.ts";
import batchNormalisationHoldsTheSignal from "./normalisation/batch-normalisation-holds-the-signal.claim.ts";
import layerNormalisationStillVanishes from "./normalisation/layer-normalisation-still-vanishes.claim.ts";
import batchNormalisationTamesResidualBranches from "./residual/batch-normalisation-tames-residual-branches.claim.ts";
import branchesAtZeroAreExact from "./residual/branches-at-zero-are-exact.claim.ts";
import linearResidualBranchesFollowTheirLaw from "./residual/linear-residual-branches-follow-their-law.claim.ts";
import residualBranchesKeepTheGradient from "./residual/residual-branches-keep-the-gradient.claim.ts";
import residualNetworksKeepCurvature from "./residual/residual-networks-keep-curvature.claim.ts";
import smallBranchesChangeNothing from "./residual/small-branches-change-nothing.claim.ts";
import unscaledBranchesExplode from "./residual/unscaled-branches-explode.claim.ts";

/** 16 claims with equal shares of the error budget; what is left of it is for claims to come. */
const SHARE = 0.05;

export default defineSuite({
  name: "architecture",
  title: "Residual branches, normalisation, orthogonal weights, convolutions, tanh",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: batchNormalisationExplodesCurvature, share: SHARE },
    { claim: batchNormalisationExplodesGradients, share: SHARE },
    { claim: batchNormalisationHoldsTheSignal, share: SHARE },
    { claim: batchNormalisationTamesResidualBranches, share: SHARE },
    { claim: branchesAtZeroAreExact, share: SHARE },
    { claim: convolutionalGradientsVanish, share: SHARE },
    { claim: convolutionalWidthIsNearTheChannels, share: SHARE },
    { claim: layerNormalisationStillVanishes, share: SHARE },
    { claim: linearResidualBranchesFollowTheirLaw, share: SHARE },
    { claim: orthogonalLinearNetworksAreIsometries, share: SHARE },
    { claim: orthogonalReluGradientsVanish, share: SHARE },
    { claim: residualBranchesKeepTheGradient, share: SHARE },
    { claim: residualNetworksKeepCurvature, share: SHARE },
    { claim: smallBranchesChangeNothing, share: SHARE },
    { claim: tanhNetworksHaveOrderAndChaos, share: SHARE },
    { claim: unscaledBranchesExplode, share: SHARE },
  ],
  minutes: { smoke: 0.1, full: 1, deep: 6 },
});
