import { type AnyCell, cellLabel, cellsOf } from "../predictions/cells.ts";
import { ClaimError } from "../predictions/claim-error.ts";
import { type AnyKind, type AnyPrediction, isAnytime, kindOfPrediction } from "../predictions/kinds.ts";
import type { AnyAlong, AnyExpected } from "../predictions/stated.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { AnyClaim, Count, Tier, TierName } from "./claim.ts";
import type { Experiment } from "./experiment.ts";
import { KEPT, lostRateOf } from "./origin/origin.ts";
import { predictionAtTier } from "./question/prediction-at-tier.ts";
import { measureOf, predictedAt, questionAt } from "./question/question-at.ts";
import { type SharedCells, sharedCells } from "./shared-cells.ts";
import type { Arm, SampleSource, Unit } from "./unit.ts";

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyTier = Tier<any>;
type Make = (cell: AnyCell) => Experiment;

interface ArmPlan {
  readonly name: string;
  readonly kind: Arm["kind"];
  readonly control: Arm["control"];
  readonly make: Make;
  readonly cells: readonly AnyCell[];
  readonly looks: (cell: AnyCell) => readonly number[];
  readonly expected: AnyExpected | undefined;
  readonly shared: SharedCells;
}

/**
 * The arms of a claim at a tier: experiments to run and questions in numbers to judge, the claimed arm first.
 * Pure and cheap: nothing is run. Tiers that are given the same `shared` ask the claim's functions once. Throws `ClaimError` for
 * what the types could not refuse.
 */
export function resolveArms(claim: AnyClaim, tier: TierName, shared: SharedCells = sharedCells()): readonly Arm[] {
  const size: AnyTier | undefined = claim.tiers[tier];
  if (!size) throw new ClaimError(`${claim.id} has no tier ${tier}, it has ${Object.keys(claim.tiers).join(", ")}`);
  try {
    refuseUngraded(claim);
    const asked: AnyClaim = { ...claim, prediction: predictionAtTier(claim, size) };
    const plans = [claimedPlan(asked, size, shared), ...controlPlans(asked, { size, tier, shared })];
    return plans.map((plan) => resolveArm(asked, plan));
  } catch (error) {
    if (error instanceof ClaimError) throw new ClaimError(`${claim.id}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A claim without a control proves nothing, unless that is said. */
function refuseUngraded({ controls, withoutControl }: AnyClaim): void {
  if (controls.length === 0 && withoutControl === undefined) throw new ClaimError("a control is required, got none");
  if (controls.length > 0 && withoutControl !== undefined) {
    throw new ClaimError(`withoutControl requires no controls, got ${controls.length}`);
  }
}

function claimedPlan(claim: AnyClaim, tier: AnyTier, shared: SharedCells): ArmPlan {
  return {
    name: "claimed",
    kind: "claimed",
    control: null,
    make: claim.experiment,
    cells: cellsOf(claim.grid, tier.grid).map(shared.cell),
    looks: (cell) => looksOf(tier, cell),
    expected: claim.prediction.expected,
    shared,
  };
}

function looksOf(tier: AnyTier, cell: AnyCell): readonly number[] {
  const last = replicates(tier.replicates, cell);
  if (tier.lookEvery !== undefined) {
    const step = replicates(tier.lookEvery, cell);
    return [...Array.from({ length: Math.ceil(last / step) - 1 }, (_, i) => (i + 1) * step), last];
  }
  return [...(tier.firstLook === undefined ? [] : [replicates(tier.firstLook, cell)]), last];
}

/** The assumption that a control breaks, with a number where another one before it breaks the same. */
export function controlName({ controls }: Pick<AnyClaim, "controls">, index: number): string {
  const breaks = String(controls[index]!.breaks);
  const twins = controls.slice(0, index).filter((control) => String(control.breaks) === breaks).length;
  return twins === 0 ? breaks : `${breaks} ${twins + 1}`;
}

function controlPlans(
  claim: AnyClaim,
  { size, tier, shared }: { readonly size: AnyTier; readonly tier: TierName; readonly shared: SharedCells },
): readonly ArmPlan[] {
  return claim.controls.flatMap((control, index): readonly ArmPlan[] => {
    const count = control.replicates[tier] ?? control.replicates.full;
    if (count === undefined) return [];
    const before = claim.controls.slice(0, index);
    if (before.some(({ replicates }) => replicates.full === undefined)) {
      throw new ClaimError("a control of one tier alone requires to stand after those of every tier");
    }
    return [
      {
        name: controlName(claim, index),
        kind: "control",
        control: index,
        make: control.experiment,
        cells: cellsOf(claim.grid, control.grid ?? size.grid).map(shared.cell),
        looks: (cell: AnyCell) => [replicates(count, cell)],
        expected: { ...plannedOf(claim.prediction.expected), ...control.expected },
        shared,
      },
    ];
  });
}

/** What a control inherits: what plans know. Its laws are its own. */
function plannedOf(expected: AnyExpected | undefined): AnyExpected {
  const { family: _, deviation: _d, normal: _n, against: _a, ...planned } = expected ?? {};
  return planned;
}

function resolveArm(claim: AnyClaim, plan: ArmPlan): Arm {
  const own = plan.cells.map((cell) => sourceOf(plan, cell, "experiment", plan.make));
  const { against } = claim;
  const other = against ? plan.cells.map((cell) => sourceOf(plan, cell, "against", against)) : [];
  const sources = [...own, ...other];
  other.forEach((source, index) => {
    refuseSameStream(own[index]!, source);
  });
  for (const source of sources) refuseUnrecorded(claim, source);
  const units = unitsOf(claim, plan, { own, sources });
  if (sources.some(({ looks }) => looks.length > 2) && !units.every(({ question }) => isAnytime(question))) {
    throw new ClaimError(
      "looks after every block require a judge that is valid at any time: a mean within a range, with no family",
    );
  }
  return { name: plan.name, kind: plan.kind, control: plan.control, sources, units };
}

/** Of recorded results there are as many as there are, and only they may go without a control. */
function refuseUnrecorded({ withoutControl }: AnyClaim, { cell, experiment, looks }: SampleSource): void {
  const { name, origin } = experiment;
  const count = looks.at(-1)!;
  if (origin?.by === "recorded" && origin.rows < count) {
    throw new ClaimError(
      `${count} replicates are asked for at ${cellLabel(cell)}, ${origin.file} has ${origin.rows} of them`,
    );
  }
  if (withoutControl !== undefined && origin?.by !== "recorded") {
    throw new ClaimError(`withoutControl requires recorded results, ${name} can be run: give the claim a control`);
  }
}

/** Two arms of one stream have the same observations: their difference is 0 whatever is claimed. */
function refuseSameStream(own: SampleSource, other: SampleSource): void {
  const [first, second] = [own, other].map(({ experiment: { name, setup } }) => canonicalJson([name, setup]));
  if (first !== second) return;
  throw new ClaimError(
    `\`against\` at ${cellLabel(own.cell)} requires another experiment, got ${own.experiment.name} with the same setup: its observations are the same`,
  );
}

function sourceOf(plan: ArmPlan, cell: AnyCell, role: SampleSource["role"], make: Make): SampleSource {
  const looks = plan.looks(cell);
  if (looks.length > 1 && looks[0]! >= looks[1]!) {
    throw new ClaimError(
      `the first look at ${cellLabel(cell)} takes ${looks[0]} replicates, fewer than ${looks[1]} are required`,
    );
  }
  return { cell, role, experiment: plan.shared.experiment(make, cell), looks };
}

interface ArmSources {
  /** Of the experiment, one a cell. */
  readonly own: readonly SampleSource[];
  /** With those of the second experiment after them. */
  readonly sources: readonly SampleSource[];
}

function unitsOf(claim: AnyClaim, plan: ArmPlan, { own, sources: all }: ArmSources): readonly Unit[] {
  const prediction: AnyPrediction = claim.prediction;
  const kind = kindOfPrediction(prediction);
  const asked = askedUnits(claim, kind, own);
  const columns = kind.columns?.(prediction) ?? [prediction.of];
  return asked.map(({ label, at, groups }) => {
    const sources = at.map((index) => own[index]!);
    for (const source of groups)
      requireMeasures(all[source]!, [...columns, ...(prediction.given ? [prediction.given] : [])]);
    return {
      label,
      predicted: predictedAt(prediction, sources[0]!.cell),
      question: questionAt(claim, plan.expected, sources),
      groups: groups.map((source) => ({ source, columns, ...countedBy(prediction, all[source]!.experiment) })),
    };
  });
}

/** Of every cell and of the second experiment: better before any sample is computed than after all of them. */
function requireMeasures({ experiment }: SampleSource, names: readonly string[]): void {
  for (const name of names) measureOf(experiment, name);
}

/** Of experiments that may lose replicates only those count that were kept: lost ones are 0 in every measure. */
function countedBy({ given }: AnyPrediction, experiment: Experiment): Pick<Unit["groups"][number], "given"> {
  if (given !== undefined) return { given };
  return lostRateOf(experiment) === undefined ? {} : { given: KEPT };
}

/** Where a question is asked, and which sources answer it, by their places among the arm's. */
interface AskedUnit {
  readonly label: string;
  readonly at: readonly number[];
  readonly groups: readonly number[];
}

function askedUnits(
  { prediction, against }: AnyClaim,
  { answeredBy }: AnyKind,
  own: readonly SampleSource[],
): AskedUnit[] {
  if (answeredBy.from === "axis") return axisUnits(answeredBy.along(prediction), own, answeredBy.asks ?? "slope");
  const both = answeredBy.from === "both-experiments";
  if (both && !against) throw new ClaimError(`${prediction.says} requires a second experiment in \`against\``);
  const over = answeredBy.over?.(prediction);
  const asks = (answeredBy.from === "cell" ? answeredBy.asks : undefined) ?? "mean";
  const units = over ? axisUnits(over, own, asks) : cellUnits(own);
  return both
    ? units.map((unit) => ({ ...unit, groups: [...unit.at, ...unit.at.map((index) => index + own.length)] }))
    : units;
}

function cellUnits(own: readonly SampleSource[]): AskedUnit[] {
  return own.map(({ cell }, index) => ({ label: cellLabel(cell), at: [index], groups: [index] }));
}

/** One question for each combination of the axes that it does not run along. */
function axisUnits({ axis, named }: AnyAlong, own: readonly SampleSource[], asks: string): AskedUnit[] {
  const combinations = new Map<string, number[]>();
  own.forEach((source, index) => {
    const { [axis]: _, ...rest } = source.cell;
    const key = cellLabel(rest);
    combinations.set(key, [...(combinations.get(key) ?? []), index]);
  });
  return [...combinations].map(([rest, indices]) => {
    if (indices.length < 2) throw new ClaimError(`a ${asks} along ${axis} requires two cells, got ${indices.length}`);
    return { label: `${rest === "" ? "" : `${rest}, `}${asks} along ${named ?? axis}`, at: indices, groups: indices };
  });
}

function replicates(count: Count<never>, cell: AnyCell): number {
  const number = typeof count === "function" ? count(cell as never) : count;
  if (!Number.isInteger(number) || number < 1) {
    throw new ClaimError(`replicates at ${cellLabel(cell)} are ${number}, a positive integer is required`);
  }
  return number;
}
