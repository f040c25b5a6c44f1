import { defineSuite } from "../../src/claim/suite.ts";
import chainsEscape from "./escape/chains-escape-in-inverse-curvature.claim.ts";
import descentTime from "./escape/descent-time.claim.ts";
import directionsShareTheEscape from "./escape/directions-share-the-escape.claim.ts";
import finiteNoiseSlope from "./escape/finite-noise-slope.claim.ts";
import kickedDescentTime from "./escape/kicked-descent-time.claim.ts";
import noisyExitTime from "./escape/noisy-exit-time.claim.ts";
import signDescentIgnoresCurvature from "./escape/sign-descent-ignores-curvature.claim.ts";
import signDescentTime from "./escape/sign-descent-time.claim.ts";

/** Eight claims with equal shares of the error budget. */
const SHARE = 0.125;

export default defineSuite({
  name: "escape",
  title: "Escape from the plateau by descent, with noise, and by sign",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: descentTime, share: SHARE },
    { claim: kickedDescentTime, share: SHARE },
    { claim: noisyExitTime, share: SHARE },
    { claim: finiteNoiseSlope, share: SHARE },
    { claim: directionsShareTheEscape, share: SHARE },
    { claim: chainsEscape, share: SHARE },
    { claim: signDescentIgnoresCurvature, share: SHARE },
    { claim: signDescentTime, share: SHARE },
  ],
  minutes: { smoke: 0.25, full: 1, deep: 1 },
});
