import type { AnyCell } from "../predictions/cells.ts";
import { type AnyQuestion, isAnytime } from "../predictions/kinds.ts";
import type { PlanningErrors } from "../statistics/judges/judge.ts";
import { armLevels, type SuiteErrors } from "../statistics/planning/budget.ts";
import type { Experiment } from "./experiment.ts";

/** An arm of a claim at one tier, resolved to experiments to run and questions to judge: plain numbers, no functions but `observe`. */
export interface Arm {
  /** "claimed", or the assumption that the control breaks. */
  readonly name: string;
  readonly kind: "claimed" | "control";
  /** Where the claim lists it, from 0; null for the claimed arm. */
  readonly control: number | null;
  readonly sources: readonly SampleSource[];
  readonly units: readonly Unit[];
}

/** One experiment at one cell, and how many replicates of it the tier takes at each look. */
export interface SampleSource {
  readonly cell: AnyCell;
  readonly role: "experiment" | "against";
  readonly experiment: Experiment;
  /** Replicates at each look, ascending; the last is the tier's whole. */
  readonly looks: readonly number[];
}

/** One question, and which samples answer it. */
export interface Unit {
  readonly label: string;
  /** Centre of the prediction, for people: null for one-sided ones. */
  readonly predicted: number | null;
  readonly question: AnyQuestion;
  /** One entry a group: an index into the arm's sources, and the measures that are its columns. */
  readonly groups: readonly { readonly source: number; readonly columns: readonly string[]; readonly given?: string }[];
}

/** Looks of an arm at its tier: as many as its most looked at source has. */
export function looksOfArm({ sources }: Arm): number {
  return Math.max(...sources.map(({ looks }) => looks.length));
}

/** Error levels of each unit of an arm at each look, with so many controls in its claim. Bounds that hold at all looks together pay for one. */
export function levelsOfArm(arm: Arm, errors: SuiteErrors, share: number, controls: number): PlanningErrors {
  const { kind, units } = arm;
  const looks = units.every(({ question }) => isAnytime(question)) ? 1 : looksOfArm(arm);
  return armLevels({ errors, share, kind, controls, units: units.length, looks });
}
