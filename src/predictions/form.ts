import type { Region } from "../statistics/question.ts";
import { type AnyCell, cellLabel } from "./cells.ts";
import { ClaimError } from "./claim-error.ts";
import { type AnyValue, evaluate } from "./stated.ts";

/** What one way of saying a prediction lets the statistic be. */
export interface Form<P> {
  /** The closed region that counts as agreement. Throws `ClaimError` for what is not finite. */
  readonly region: (prediction: P, cell: AnyCell) => Region;
  /** The predicted value, for people; null where the prediction is a bound or a distance. */
  readonly centre: (prediction: P, cell: AnyCell) => number | null;
  /** Where a bound that lets in less lies. */
  readonly stricter: "lower" | "higher";
}

/** The value, and the margin to both sides of it. */
export const VALUE_WITHIN: Form<Stating<"value" | "within">> = around((prediction, cell) =>
  evaluate(prediction.value, cell, "predicted value"),
);

/** The same of a slope. */
export const SLOPE_WITHIN: Form<Stating<"slope" | "within">> = around((prediction, cell) =>
  evaluate(prediction.slope, cell, "predicted slope"),
);

/** Zero, and the margin to both sides of it. */
export const ZERO_EITHER_WAY: Form<Stating<"within">> = around(() => 0);

export const AT_MOST: Form<Stating<"bound">> = {
  region: (prediction, cell) => ({ low: Number.NEGATIVE_INFINITY, high: boundAt(prediction, cell) }),
  centre: () => null,
  stricter: "lower",
};

export const AT_LEAST: Form<Stating<"bound">> = {
  region: (prediction, cell) => ({ low: boundAt(prediction, cell), high: Number.POSITIVE_INFINITY }),
  centre: () => null,
  stricter: "higher",
};

/** The same three of a chance: a value or bound that is none is refused. */
export const CHANCE_WITHIN = stating("a chance", 0, VALUE_WITHIN);
export const CHANCE_AT_MOST = stating("a chance", 0, AT_MOST);
export const CHANCE_AT_LEAST = stating("a chance", 0, AT_LEAST);
/** And of a correlation. */
export const CORRELATION_WITHIN = stating("a correlation", -1, VALUE_WITHIN);
export const CORRELATION_AT_MOST = stating("a correlation", -1, AT_MOST);
export const CORRELATION_AT_LEAST = stating("a correlation", -1, AT_LEAST);

/** A distance of zero, but for the margin. */
export const ZERO_WITHIN: Form<Stating<"within">> = {
  region: (prediction, cell) => ({ low: 0, high: marginAt(prediction, cell) }),
  centre: () => null,
  stricter: "lower",
};

/** A discrepancy of zero, but for the bound. */
export const ZERO_UP_TO: Form<Stating<"bound">> = {
  region: (prediction, cell) => ({ low: 0, high: boundAt(prediction, cell) }),
  centre: () => null,
  stricter: "lower",
};

/** Zero, and nothing else. */
export const ZERO: Form<unknown> = { region: () => ({ low: 0, high: 0 }), centre: () => null, stricter: "lower" };

function stating<P>(what: string, least: number, form: Form<P>): Form<P> {
  return {
    ...form,
    region: (prediction, cell) => {
      const region = form.region(prediction, cell);
      const stated = form.centre(prediction, cell) ?? (Number.isFinite(region.low) ? region.low : region.high);
      if (stated >= least && stated <= 1) return region;
      throw new ClaimError(`${what} at ${cellLabel(cell)} is ${stated}, one from ${least} to 1 is required`);
    },
  };
}

type Stating<Property extends string> = { readonly [P in Property]: AnyValue };

function around<P extends Stating<"within">>(centre: (prediction: P, cell: AnyCell) => number): Form<P> {
  return {
    region: (prediction, cell) => {
      const value = centre(prediction, cell);
      const within = marginAt(prediction, cell);
      return { low: value - within, high: value + within };
    },
    centre,
    stricter: "lower",
  };
}

function boundAt({ bound }: Stating<"bound">, cell: AnyCell): number {
  return evaluate(bound, cell, "bound");
}

function marginAt(prediction: Stating<"within">, cell: AnyCell): number {
  const within = evaluate(prediction.within, cell, "margin");
  if (!(within > 0)) throw new ClaimError(`margin at ${cellLabel(cell)} is ${within}, a positive number is required`);
  return within;
}
