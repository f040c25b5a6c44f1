import type { Known, Question, Region } from "../statistics/question.ts";
import { ClaimError, cellLabel } from "./cells.ts";
import type { AnyClaim } from "./claim.ts";
import type { AnyCell, Experiment, Measure } from "./experiment.ts";
import type { Prediction, Shape, Value } from "./prediction.ts";
import type { SampleSource } from "./unit.ts";

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export type AnyPrediction = Prediction<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyShape = Shape<any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyValue = Value<any>;

/** A claim's prediction in numbers, at one cell or, for slopes, at the cells of `sources`. Throws `ClaimError`. */
export function questionAt(
  claim: AnyClaim,
  shape: AnyShape | undefined,
  sources: readonly SampleSource[],
  cell: AnyCell,
): Question {
  const prediction: AnyPrediction = claim.prediction;
  const measure = measureOf(sources[0]!.experiment, prediction.of);
  refuseRawMeans(prediction, measure);
  const region = regionAt(prediction, cell);
  const rivals = (claim.rivals ?? []).map((rival: { readonly value: AnyValue }) =>
    evaluate(rival.value, cell, "rival"),
  );
  const inside = rivals.find((rival: number) => rival >= region.low && rival <= region.high);
  if (inside !== undefined) {
    throw new ClaimError(
      `rival ${inside} lies inside the predicted region [${region.low}, ${region.high}] at ${cellLabel(cell)}`,
    );
  }
  const family = typeof shape?.family === "function" ? shape.family(cell as never) : shape?.family;
  const asked = {
    region,
    rivals,
    ...(family ? { family } : {}),
    known: knownAt(prediction, shape, sources, cell),
  };
  switch (prediction.says) {
    case "equals":
      return equalsQuestion(prediction.statistic, asked, measure);
    case "at-most":
    case "at-least":
      return equalsQuestion(prediction.statistic, asked, measure);
    case "scales":
    case "scales-at-most":
    case "scales-at-least": {
      const { axis, as } = prediction.along;
      const at = sources.map((source) => position(source.cell, axis, as as ((cell: AnyCell) => number) | undefined));
      return { statistic: "slope", through: prediction.through, at, ...asked };
    }
    case "follows":
      return { statistic: "regression", ...asked };
    case "differs-by":
    case "differs-by-at-least":
      return { statistic: "difference", of: prediction.statistic, ...asked };
    case "has-law":
      return { statistic: "law", law: prediction.law(cell as never), ...asked };
    case "has-same-law":
      return { statistic: "same-law", ...asked };
    case "is-identity":
      return { statistic: "identity", ...asked };
    case "is-byte-equal":
      return { statistic: "bytes", ...asked };
  }
}

function equalsQuestion(
  statistic: "mean" | "median" | "variance" | "proportion" | "skewness" | "excess-kurtosis",
  asked: Pick<Question, "region" | "rivals" | "family" | "known">,
  measure: Measure,
): Question {
  if (statistic === "skewness") return { statistic: "standardised-moment", order: 3, ...asked };
  if (statistic === "excess-kurtosis") return { statistic: "standardised-moment", order: 4, ...asked };
  if (statistic === "mean") return { statistic, ...asked, ...(measure.range ? { range: measure.range } : {}) };
  return { statistic, ...asked };
}

function regionAt(prediction: AnyPrediction, cell: AnyCell): Region {
  switch (prediction.says) {
    case "at-most":
    case "scales-at-most":
      return { low: Number.NEGATIVE_INFINITY, high: evaluate(prediction.bound, cell, "bound") };
    case "at-least":
    case "scales-at-least":
    case "differs-by-at-least":
      return { low: evaluate(prediction.bound, cell, "bound"), high: Number.POSITIVE_INFINITY };
    case "has-law":
    case "has-same-law":
      return { low: 0, high: marginAt(prediction, cell) };
    case "is-identity":
      return { low: 0, high: evaluate(prediction.bound, cell, "bound") };
    case "is-byte-equal":
      return { low: 0, high: 0 };
    default: {
      const centre = predictedAt(prediction, cell) ?? Number.NaN;
      const within = marginAt(prediction, cell);
      return { low: centre - within, high: centre + within };
    }
  }
}

/** The centre of a prediction; null for one-sided ones. */
export function predictedAt(prediction: AnyPrediction, cell: AnyCell): number | null {
  if ("slope" in prediction) return evaluate(prediction.slope, cell, "predicted slope");
  if ("value" in prediction) return evaluate(prediction.value, cell, "predicted value");
  return null;
}

function marginAt(prediction: { readonly within: AnyValue }, cell: AnyCell): number {
  const within = evaluate(prediction.within, cell, "margin");
  if (!(within > 0)) throw new ClaimError(`margin at ${cellLabel(cell)} is ${within}, a positive number is required`);
  return within;
}

/**
 * What planning may use: absent where the shape says nothing, so that `plan` can say so. A known difference stands in the
 * first of its two groups and 0 in the second: judges subtract them.
 */
function knownAt(
  prediction: AnyPrediction,
  shape: AnyShape | undefined,
  sources: readonly SampleSource[],
  first: AnyCell,
): readonly Known[] {
  const groups = comparesArms(prediction) ? [first, first] : sources.map(({ cell }) => cell);
  const subtracts = prediction.says === "differs-by" || prediction.says === "differs-by-at-least";
  return groups.map((cell, group) => ({
    value: subtracts && group === 1 ? 0 : knownValue(prediction, shape, cell),
    spread: shape?.spread === undefined ? Number.NaN : evaluate(shape.spread, cell, "known spread"),
    counts: shape?.counts === undefined ? 1 : evaluate(shape.counts, cell, "known proportion that counts"),
  }));
}

function knownValue(prediction: AnyPrediction, shape: AnyShape | undefined, cell: AnyCell): number {
  return shape?.value === undefined ? defaultKnown(prediction, cell) : evaluate(shape.value, cell, "known value");
}

/** What these predict is a distance of zero. */
const EXACT: ReadonlySet<AnyPrediction["says"]> = new Set(["has-law", "has-same-law", "is-identity", "is-byte-equal"]);

/** The centre of the prediction; along a slope, the line of that slope. */
function defaultKnown(prediction: AnyPrediction, cell: AnyCell): number {
  const centre = predictedAt(prediction, cell);
  if (centre === null) return EXACT.has(prediction.says) ? 0 : Number.NaN;
  if (!("along" in prediction)) return centre;
  const { axis, as } = prediction.along;
  return centre * position(cell, axis, as as ((cell: AnyCell) => number) | undefined);
}

function position(cell: AnyCell, axis: string, as: ((cell: AnyCell) => number) | undefined): number {
  const at = as ? as(cell) : cell[axis];
  if (typeof at !== "number" || !Number.isFinite(at)) {
    throw new ClaimError(`the slope's axis ${axis} is ${at} at ${cellLabel(cell)}, a finite number is required`);
  }
  return at;
}

/** Means of norms are ruled by a few networks: the reason this project exists. Only tame measures may be averaged. */
function refuseRawMeans(prediction: AnyPrediction, measure: Measure): void {
  const averages =
    ("statistic" in prediction &&
      ["mean", "variance", "skewness", "excess-kurtosis", "log-variance"].includes(prediction.statistic)) ||
    ("through" in prediction && prediction.through === "mean") ||
    prediction.says === "follows";
  if (averages && measure.kind === "raw") {
    throw new ClaimError(
      `${prediction.of} is declared raw, and its mean is not to be trusted at any number of replicates: a mean requires a measure of kind log, bounded, increment or time`,
    );
  }
}

function measureOf(experiment: Experiment, name: string): Measure {
  const measure = experiment.measures[name];
  if (!measure) {
    throw new ClaimError(
      `${experiment.name} has no measure ${name}, it has ${Object.keys(experiment.measures).join(", ")}`,
    );
  }
  return measure;
}

/** Whether a prediction compares the experiment with a second one. */
export function comparesArms(prediction: AnyPrediction): boolean {
  return (
    prediction.says === "differs-by" || prediction.says === "differs-by-at-least" || prediction.says === "has-same-law"
  );
}

/** A value in numbers. Throws `ClaimError` unless it is finite. */
export function evaluate(value: AnyValue, cell: AnyCell, what: string): number {
  const number = typeof value === "function" ? value(cell as never) : value;
  if (!Number.isFinite(number))
    throw new ClaimError(`${what} at ${cellLabel(cell)} is ${number}, a finite number is required`);
  return number;
}
