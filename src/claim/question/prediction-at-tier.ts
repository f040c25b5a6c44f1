import { type AnyCell, cellLabel } from "../../predictions/cells.ts";
import { ClaimError } from "../../predictions/claim-error.ts";
import { type AnyPrediction, formOf } from "../../predictions/kinds.ts";
import { type AnyValue, evaluate } from "../../predictions/stated.ts";
import type { AnyClaim, Tier } from "../claim.ts";

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyTier = Tier<any>;

/**
 * The claim's prediction with a tier's own margin or bound in place of the claim's. Throws `ClaimError` where the prediction
 * has none; evaluating it throws where the tier's lets in more than the claim's.
 */
export function predictionAtTier({ prediction }: AnyClaim, tier: AnyTier): AnyPrediction {
  if (tier.within !== undefined) {
    if (!("within" in prediction)) throw new ClaimError(`a tier's own margin requires a prediction with one`);
    return {
      ...prediction,
      within: stricter("margin", prediction.within, tier.within, noWider),
      because: tier.because,
    };
  }
  if (tier.bound !== undefined) {
    if (!("bound" in prediction)) throw new ClaimError(`a tier's own bound requires a prediction with one`);
    const side = formOf(prediction).stricter;
    const allowed = side === "higher" ? noLower : noWider;
    return { ...prediction, bound: stricter("bound", prediction.bound, tier.bound, allowed), because: tier.because };
  }
  return prediction;
}

const noWider = (own: number, claims: number) => own <= claims;
const noLower = (own: number, claims: number) => own >= claims;

function stricter(
  what: "margin" | "bound",
  claims: AnyValue,
  own: AnyValue,
  allowed: (own: number, claims: number) => boolean,
): (cell: AnyCell) => number {
  return (cell) => {
    const [was, is] = [evaluate(claims, cell, what), evaluate(own, cell, `the tier's ${what}`)];
    if (allowed(is, was)) return is;
    throw new ClaimError(`the tier's ${what} at ${cellLabel(cell)} is ${is}, one no wider than ${was} is required`);
  };
}
