import { defineSuite } from "../../src/claim/suite.ts";
import gaussianProjectionsHaveAChiSquaredLaw from "./projections/gaussian-projections-have-a-chi-squared-law.claim.ts";
import lengthsAreKeptWithinAHalf from "./projections/lengths-are-kept-within-a-half.claim.ts";
import sparseSignsKeepTheMean from "./projections/sparse-signs-keep-the-mean.claim.ts";
import sparseSignsVaryAsGaussianEntries from "./projections/sparse-signs-vary-as-gaussian-entries.claim.ts";

/** Four claims with equal shares of the error budget. */
const SHARE = 0.25;

export default defineSuite({
  name: "projections",
  title: "Random projections keep lengths",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [
    { claim: gaussianProjectionsHaveAChiSquaredLaw, share: SHARE },
    { claim: sparseSignsKeepTheMean, share: SHARE },
    { claim: sparseSignsVaryAsGaussianEntries, share: SHARE },
    { claim: lengthsAreKeptWithinAHalf, share: SHARE },
  ],
  minutes: { smoke: 0.25, full: 1, deep: 3 },
});
