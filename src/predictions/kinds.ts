import type { StandardDeviationQuestion } from "../statistics/judges/deviation/standard-deviation-judge.ts";
import type { CoefficientOfVariationQuestion } from "../statistics/judges/deviation/variation-judge.ts";
import type { QuantileQuestion } from "../statistics/judges/quantile/quantile-judge.ts";
import type { RateQuestion } from "../statistics/judges/rate/rate-judge.ts";
import type { RatioQuestion } from "../statistics/judges/ratio/ratio-question.ts";
import type { ReportedQuestion } from "../statistics/judges/reported/reported-judge.ts";
import type {
  AggregateQuestion,
  BandQuestion,
  BytesQuestion,
  DifferenceQuestion,
  HazardRatioQuestion,
  IdentityQuestion,
  LawQuestion,
  MeanQuestion,
  MedianQuestion,
  MonotoneQuestion,
  OrderingQuestion,
  PairedDifferenceQuestion,
  PairedRatioQuestion,
  PairedSuperiorityQuestion,
  ProfileQuestion,
  ProportionQuestion,
  RankCorrelationQuestion,
  RegressionQuestion,
  SameLawQuestion,
  SlopeQuestion,
  StandardisedMomentQuestion,
  SuperiorityQuestion,
  SurvivalQuestion,
  VarianceQuestion,
} from "../statistics/question.ts";
import { type AggregatePrediction, aggregate } from "./aggregate/kind.ts";
import { type BandPrediction, band } from "./band/kind.ts";
import { type BytesPrediction, bytes } from "./bytes/kind.ts";
import type { Grid } from "./cells.ts";
import { ClaimError } from "./claim-error.ts";
import { type CoefficientOfVariationPrediction, coefficientOfVariation } from "./coefficient-of-variation/kind.ts";
import { type DifferencePrediction, difference } from "./difference/kind.ts";
import type { Form } from "./form.ts";
import { type HazardRatioPrediction, hazardRatio } from "./hazard-ratio/kind.ts";
import { type IdentityPrediction, identity } from "./identity/kind.ts";
import type { Judged, Kind } from "./kind.ts";
import { type LawPrediction, law } from "./law/kind.ts";
import { type MeanPrediction, mean } from "./mean/kind.ts";
import { type MedianPrediction, median } from "./median/kind.ts";
import { type MonotonePrediction, monotone } from "./monotone/kind.ts";
import { type OrderingPrediction, ordering } from "./ordering/kind.ts";
import { type PairedDifferencePrediction, pairedDifference } from "./paired-difference/kind.ts";
import { type PairedRatioPrediction, pairedRatio } from "./paired-ratio/kind.ts";
import { type PairedSuperiorityPrediction, pairedSuperiority } from "./paired-superiority/kind.ts";
import { type ProfilePrediction, performanceProfile } from "./performance-profile/kind.ts";
import { type ProportionPrediction, proportion } from "./proportion/kind.ts";
import { type QuantilePrediction, quantile } from "./quantile/kind.ts";
import { type RankCorrelationPrediction, rankCorrelation } from "./rank-correlation/kind.ts";
import { type RatePrediction, rate } from "./rate/kind.ts";
import { type RatioPrediction, ratio } from "./ratio/kind.ts";
import { type RegressionPrediction, regression } from "./regression/kind.ts";
import { type ReportedPrediction, reported } from "./reported/kind.ts";
import { type SameLawPrediction, sameLaw } from "./same-law/kind.ts";
import { type SlopePrediction, slope } from "./slope/kind.ts";
import { type StandardDeviationPrediction, standardDeviation } from "./standard-deviation/kind.ts";
import { type StandardisedMomentPrediction, standardisedMoment } from "./standardised-moment/kind.ts";
import { type SuperiorityPrediction, superiority } from "./superiority/kind.ts";
import { type SurvivalPrediction, survival } from "./survival/kind.ts";
import { type VariancePrediction, variance } from "./variance/kind.ts";

/** Each kind of prediction: what an author writes, and the question that it becomes. A new kind is a line here and its folder. */
interface Kinds<G extends Grid, M extends string> {
  readonly mean: readonly [MeanPrediction<G, M>, MeanQuestion];
  readonly median: readonly [MedianPrediction<G, M>, MedianQuestion];
  readonly variance: readonly [VariancePrediction<G, M>, VarianceQuestion];
  readonly "standardised-moment": readonly [StandardisedMomentPrediction<G, M>, StandardisedMomentQuestion];
  readonly proportion: readonly [ProportionPrediction<G, M>, ProportionQuestion];
  readonly slope: readonly [SlopePrediction<G, M>, SlopeQuestion];
  readonly regression: readonly [RegressionPrediction<G, M>, RegressionQuestion];
  readonly difference: readonly [DifferencePrediction<G, M>, DifferenceQuestion];
  readonly superiority: readonly [SuperiorityPrediction<G, M>, SuperiorityQuestion];
  readonly "paired-difference": readonly [PairedDifferencePrediction<G, M>, PairedDifferenceQuestion];
  readonly "paired-ratio": readonly [PairedRatioPrediction<G, M>, PairedRatioQuestion];
  readonly "paired-superiority": readonly [PairedSuperiorityPrediction<G, M>, PairedSuperiorityQuestion];
  readonly quantile: readonly [QuantilePrediction<G, M>, QuantileQuestion];
  readonly "standard-deviation": readonly [StandardDeviationPrediction<G, M>, StandardDeviationQuestion];
  readonly "coefficient-of-variation": readonly [
    CoefficientOfVariationPrediction<G, M>,
    CoefficientOfVariationQuestion,
  ];
  readonly rate: readonly [RatePrediction<G, M>, RateQuestion];
  readonly reported: readonly [ReportedPrediction<G, M>, ReportedQuestion];
  readonly ratio: readonly [RatioPrediction<G, M>, RatioQuestion];
  readonly ordering: readonly [OrderingPrediction<G, M>, OrderingQuestion];
  readonly monotone: readonly [MonotonePrediction<G, M>, MonotoneQuestion];
  readonly aggregate: readonly [AggregatePrediction<G, M>, AggregateQuestion];
  readonly "performance-profile": readonly [ProfilePrediction<G, M>, ProfileQuestion];
  readonly "rank-correlation": readonly [RankCorrelationPrediction<G, M>, RankCorrelationQuestion];
  readonly band: readonly [BandPrediction<G, M>, BandQuestion];
  readonly law: readonly [LawPrediction<G, M>, LawQuestion];
  readonly "same-law": readonly [SameLawPrediction<G, M>, SameLawQuestion];
  readonly survival: readonly [SurvivalPrediction<G, M>, SurvivalQuestion];
  readonly "hazard-ratio": readonly [HazardRatioPrediction<G, M>, HazardRatioQuestion];
  readonly identity: readonly [IdentityPrediction<G, M>, IdentityQuestion];
  readonly bytes: readonly [BytesPrediction<G, M>, BytesQuestion];
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type KindsOfAny = Kinds<any, any>;

/** All that is known of each. The order is that of tables. */
const KINDS: { readonly [S in keyof KindsOfAny]: Kind<KindsOfAny[S][0], KindsOfAny[S][1]> } = {
  mean,
  median,
  variance,
  "standardised-moment": standardisedMoment,
  proportion,
  slope,
  regression,
  difference,
  superiority,
  "paired-difference": pairedDifference,
  "paired-ratio": pairedRatio,
  "paired-superiority": pairedSuperiority,
  quantile,
  "standard-deviation": standardDeviation,
  "coefficient-of-variation": coefficientOfVariation,
  rate,
  reported,
  ratio,
  ordering,
  monotone,
  aggregate,
  "performance-profile": performanceProfile,
  "rank-correlation": rankCorrelation,
  band,
  law,
  "same-law": sameLaw,
  survival,
  "hazard-ratio": hazardRatio,
  identity,
  bytes,
};

/** The paper's statement as plain data and pure functions of the cell. The kind chooses the judge: no author writes a p-value. */
export type Prediction<G extends Grid, M extends string> = Kinds<G, M>[keyof KindsOfAny][0];

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export type AnyPrediction = Prediction<any, any>;

/** The question of any kind of prediction. */
export type AnyQuestion = KindsOfAny[keyof KindsOfAny][1];

// biome-ignore lint/suspicious/noExplicitAny: a kind is contravariant in what it is asked, so only `any` holds them all
export type AnyKind = Kind<any, any>;

export const ALL_KINDS: readonly AnyKind[] = Object.values(KINDS);

/** The kind of a question. */
export function kindOf<Q extends AnyQuestion>(question: Q): Judged<Q> {
  // The list's type ties each name to its own kind of question, which indexing by a union forgets.
  return KINDS[question.statistic] as unknown as Judged<Q>;
}

/** Whether the question's bounds hold at all looks together, so that no look has to be paid for. */
export function isAnytime(question: AnyQuestion): boolean {
  return kindOf(question).judge.anytime?.(question) ?? false;
}

/** The kind that evidence names; undefined for a name that this version does not have. */
export function kindNamed(statistic: string): AnyKind | undefined {
  return ALL_KINDS.find((kind) => kind.statistic === statistic);
}

/** By what they say, and of which statistic. No two kinds say the same of the same: a test holds them against one another. */
const KINDS_BY_WORDS: ReadonlyMap<string, ReadonlyMap<string, AnyKind>> = byWords();

function byWords(): Map<string, Map<string, AnyKind>> {
  const words = new Map<string, Map<string, AnyKind>>();
  for (const kind of ALL_KINDS) {
    for (const said of Object.keys(kind.says)) {
      const ofSaid = words.get(said) ?? new Map<string, AnyKind>();
      words.set(said, ofSaid);
      for (const named of Object.keys(kind.averages)) ofSaid.set(named, kind);
    }
  }
  return words;
}

/** The kind of what an author wrote. Throws `ClaimError` for what no kind says, which claims without types may write. */
export function kindOfPrediction(prediction: AnyPrediction): AnyKind {
  const { says: said } = prediction;
  const named = namedStatistic(prediction);
  const kind = KINDS_BY_WORDS.get(said)?.get(named);
  if (kind) return kind;
  const saying = ALL_KINDS.filter(({ says }) => Object.hasOwn(says, said));
  if (saying.length === 0) {
    const known = new Set(ALL_KINDS.flatMap(({ says }) => Object.keys(says)));
    throw new ClaimError(`a prediction says ${said}, one of ${[...known].join(", ")} is required`);
  }
  const known = saying.flatMap(({ averages }) => Object.keys(averages));
  throw new ClaimError(`${said} is said of ${named}, one of ${known.join(", ")} is required`);
}

/** What the prediction lets its statistic be. */
export function formOf(prediction: AnyPrediction): Form<AnyPrediction> {
  return kindOfPrediction(prediction).says[prediction.says]!;
}

/** The word by which an author names the statistic: see `NamedStatistic`. */
export function namedStatistic(prediction: AnyPrediction): string {
  if ("statistic" in prediction) return prediction.statistic;
  return ("through" in prediction ? prediction.through : undefined) ?? prediction.says;
}
