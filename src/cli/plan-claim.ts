import type { Rates } from "../claim/experiment.ts";
import type { UnitEvidence } from "../claim/result.ts";
import type { Unit } from "../claim/unit.ts";
import { kindOf } from "../predictions/kinds.ts";
import { secondsOf } from "../run/plan/cost-model.ts";
import type { Plan, PlannedArm, PlannedClaim } from "../run/plan/plan.ts";
import { inWordsOf, JudgeError, subjectOf } from "../statistics/judges/judge.ts";

/** What one arm of a claim has and needs at a tier. */
interface PlannedArmSize {
  readonly name: string;
  readonly kind: "claimed" | "control";
  /** One-sided level of each bound of a supporting interval. */
  readonly support: number;
  readonly refute: number;
  readonly undecided: number;
  /** The arm's hardest question: of all for the claimed arm, the easiest for a control, which one refuted cell decides. */
  readonly cell: string;
  readonly has: readonly number[];
  /** Null where the law of the samples is not declared, Infinity becomes null with `never`. */
  readonly needs: readonly number[] | null;
  readonly enough: boolean | null;
  /** Smallest half-width of a region that these samples would support around the known value. */
  readonly detects: number | null;
  /** Null where nothing is bounded, as below a distance from 0. */
  readonly region: UnitEvidence["region"];
  /** Why there is no answer: the judge's own words. */
  readonly problem?: string;
}

export interface PlannedClaimSize {
  readonly id: string;
  readonly title: string;
  readonly suite: string;
  readonly share: number;
  readonly arms: readonly PlannedArmSize[];
  readonly replicates: number;
  /** Of all its samples, shared ones counted at the claim that asks first. */
  readonly seconds: number;
}

/** What each claim of a plan needs and has (or would have of `replicatesOfEach` a cell); seconds are wall-clock on that many workers. Pure; cost: milliseconds a question. */
export function sizesOf(
  plan: Plan,
  rates: Rates,
  workers: number,
  replicatesOfEach?: number,
): readonly PlannedClaimSize[] {
  return plan.claims.map((planned) => {
    const { claim, suite, share } = planned;
    const own = seriesOf(plan, claim.id);
    return {
      id: claim.id,
      title: claim.title,
      suite: suite.name,
      share,
      arms: armsOf(plan, planned).map((arm) => armSize(arm, replicatesOfEach)),
      replicates: own.reduce((sum, { replicates }) => sum + (replicatesOfEach ?? replicates), 0),
      seconds: secondsOfClaim(plan, claim.id, rates, replicatesOfEach) / workers,
    };
  });
}

/** Predicted processor time of a claim's samples, shared ones counted at the claim that asks first. */
export function secondsOfClaim(plan: Plan, id: string, rates: Rates, replicatesOfEach?: number): number {
  return seriesOf(plan, id).reduce(
    (sum, { experiment, replicates }) => sum + secondsOf(experiment.cost, replicatesOfEach ?? replicates, rates),
    0,
  );
}

function seriesOf(plan: Plan, id: string) {
  return [...plan.series.values()].filter(({ claim }) => claim === id);
}

function armsOf(plan: Plan, planned: PlannedClaim): readonly PlannedArm[] {
  return plan.arms.filter(({ claim }) => claim === planned);
}

function armSize(planned: PlannedArm, replicatesOfEach: number | undefined): PlannedArmSize {
  const sizes = planned.arm.units.map((unit) => unitSize(planned, unit, replicatesOfEach));
  const hardestFirst = [...sizes].sort((a, b) => strain(b) - strain(a));
  return planned.arm.kind === "claimed" ? hardestFirst[0]! : hardestFirst.at(-1)!;
}

function unitSize({ arm, levels }: PlannedArm, unit: Unit, replicatesOfEach: number | undefined): PlannedArmSize {
  const { question, groups } = unit;
  const { judge, answer } = kindOf(question);
  const has = groups.map(({ source }) => replicatesOfEach ?? arm.sources[source]!.looks.at(-1)!);
  const { low, high } = question.region;
  const isFloor = low === 0 && answer !== "value";
  const common = {
    name: arm.name,
    kind: arm.kind,
    support: levels.support,
    refute: levels.refute,
    undecided: levels.undecided,
    cell: unit.label,
    has,
    region: [
      Number.isFinite(low) && !isFloor ? low : null,
      Number.isFinite(high) ? high : null,
    ] as UnitEvidence["region"],
  };
  if (!question.known) return { ...common, needs: null, enough: null, detects: null };
  try {
    const needs = judge.needs(has, question, levels);
    const detects = judge.detects(has, question, levels);
    const enough = needs.every((count, index) => count <= has[index]!);
    return { ...common, needs, enough, detects: Number.isFinite(detects) ? detects : null };
  } catch (error) {
    if (!(error instanceof JudgeError)) throw error;
    const { message } = inWordsOf(subjectOf(judge, question), error);
    return { ...common, needs: null, enough: null, detects: null, problem: message };
  }
}

/** How many times its samples a question needs; what is not known comes first, to be seen. */
function strain({ needs, has, problem }: PlannedArmSize): number {
  if (problem !== undefined || needs === null) return Infinity;
  return Math.max(...needs.map((count, index) => count / has[index]!));
}
