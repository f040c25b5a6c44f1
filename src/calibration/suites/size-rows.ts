import type { Suite } from "../../claim/suite.ts";
import type { Arm, Unit } from "../../claim/unit.ts";
import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import { type Judge, JudgeError, type PlanningErrors } from "../../statistics/judges/judge.ts";
import { shownJudge } from "../adversary/adversary-cases.ts";
import { SUITE_DEFAULTS } from "./calibrate-suites.ts";
import { suiteArms } from "./suite-arms.ts";

/** One question of a claim at the full tier: what it takes, needs and would see. */
export interface SizeRow {
  /** The claim's name in its topic. */
  readonly claim: string;
  readonly cell: string;
  readonly judge: string;
  /** Replicates of its largest group. */
  readonly replicates: number;
  /** Those that decide it at its known value; Infinity where none do, NaN where a plan knows too little. */
  readonly needs: number;
  /** Half-width of the smallest region that the replicates would support. */
  readonly sees: number;
  /** That of the claimed one; Infinity of a half-line. */
  readonly margin: number;
}

/** The questions of the claimed arms of a suite whose truth is known, in order. */
export function sizeRows(suite: Suite): readonly SizeRow[] {
  return suiteArms(suite, SUITE_DEFAULTS.tier).arms.flatMap(({ name, arm, levels }) =>
    arm.kind === "claimed"
      ? arm.units
          .filter(({ question }) => !FACTS.has(question.statistic))
          .map((unit) => rowOf(name.split(", ")[0]!, arm, unit, levels))
      : [],
  );
}

/** About the replicates seen, which need no number. */
const FACTS = new Set(["identity", "bytes"]);

function rowOf(claim: string, arm: Arm, { label, question, groups }: Unit, levels: PlanningErrors): SizeRow {
  const sizes = groups.map(({ source }) => arm.sources[source]!.looks.at(-1)!);
  const judge = kindOf(question).judge as Judge<AnyQuestion>;
  const { low, high } = question.region;
  return {
    claim: claim.split("/").at(-1)!,
    cell: label,
    judge: shownJudge(question),
    replicates: Math.max(...sizes),
    needs: planned(() => Math.max(...judge.needs(sizes, question, levels))),
    sees: planned(() => judge.detects(sizes, question, levels)),
    margin: (high - low) / 2,
  };
}

function planned(plan: () => number): number {
  try {
    return plan();
  } catch (error) {
    if (error instanceof JudgeError) return Number.NaN;
    throw error;
  }
}
