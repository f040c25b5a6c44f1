import { defineSuite } from "../../src/claim/suite.ts";
import batchNormalisationKeepsRank from "./relatives/batch-normalisation-keeps-rank.claim.ts";
import bottlenecksSlowTheEscape from "./relatives/bottlenecks-slow-the-escape.claim.ts";
import descentEndsAtTheEdgeOfStability from "./relatives/descent-ends-at-the-edge-of-stability.claim.ts";
import fourthMomentGrowsWithDepthOverWidth from "./relatives/fourth-moment-grows-with-depth-over-width.claim.ts";
import identicalTokensStopQueries from "./relatives/identical-tokens-stop-queries.claim.ts";
import logNormFallsByHalfItsVariance from "./relatives/log-norm-falls-by-half-its-variance.claim.ts";
import logNormIsNearlyNormal from "./relatives/log-norm-is-nearly-normal.claim.ts";
import normalisedStepsEscapeInRootDepth from "./relatives/normalised-steps-escape-in-root-depth.claim.ts";
import orthogonalLinearNetworksLearnAtAnyDepth from "./relatives/orthogonal-linear-networks-learn-at-any-depth.claim.ts";
import queryGradientsVanishWithTheSquare from "./relatives/query-gradients-vanish-with-the-square.claim.ts";
import rareClassesAreLearntLateByDescent from "./relatives/rare-classes-are-learnt-late-by-descent.claim.ts";
import representationsCollapseWithoutBatchNormalisation from "./relatives/representations-collapse-without-batch-normalisation.claim.ts";
import signDescentLearnsClassesAlike from "./relatives/sign-descent-learns-classes-alike.claim.ts";

/** 13 claims with equal shares of the error budget. */
const SHARE = 0.07;

export default defineSuite({
  name: "relatives",
  title: "What papers on the same plateaus say",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: batchNormalisationKeepsRank, share: SHARE },
    { claim: bottlenecksSlowTheEscape, share: SHARE },
    { claim: descentEndsAtTheEdgeOfStability, share: SHARE },
    { claim: fourthMomentGrowsWithDepthOverWidth, share: SHARE },
    { claim: identicalTokensStopQueries, share: SHARE },
    { claim: logNormFallsByHalfItsVariance, share: SHARE },
    { claim: logNormIsNearlyNormal, share: SHARE },
    { claim: normalisedStepsEscapeInRootDepth, share: SHARE },
    { claim: orthogonalLinearNetworksLearnAtAnyDepth, share: SHARE },
    { claim: queryGradientsVanishWithTheSquare, share: SHARE },
    { claim: rareClassesAreLearntLateByDescent, share: SHARE },
    { claim: representationsCollapseWithoutBatchNormalisation, share: SHARE },
    { claim: signDescentLearnsClassesAlike, share: SHARE },
  ],
  minutes: { smoke: 0.1, full: 0.5, deep: 3 },
});
