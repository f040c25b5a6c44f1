import { defineSuite } from "../../src/claim/suite.ts";
import normalisedConvergesFaster from "./convergence/normalised-weights-converge-faster.claim.ts";
import lowerLayersStay from "./saturation/lower-sigmoid-layers-stay-in-the-middle.claim.ts";
import unitsRecover from "./saturation/saturated-units-recover-slowly.claim.ts";
import topLayerSaturates from "./saturation/top-sigmoid-layer-saturates.claim.ts";

/** Four claims with equal shares of the error budget. */
const SHARE = 0.25;

export default defineSuite({
  name: "saturation",
  title: "What training does to tanh and sigmoid networks",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: topLayerSaturates, share: SHARE },
    { claim: lowerLayersStay, share: SHARE },
    { claim: unitsRecover, share: SHARE },
    { claim: normalisedConvergesFaster, share: SHARE },
  ],
  minutes: { smoke: 1, full: 5, deep: 15 },
});
