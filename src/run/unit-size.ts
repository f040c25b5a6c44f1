import { judgeOf } from "../statistics/judges.ts";
import { type PlannedArm, replicatesAt } from "./plan.ts";

/** What a unit has and would need, as `plateau plan` prints it. */
export interface UnitSize {
  readonly label: string;
  /** Replicates a group at the last look. */
  readonly has: readonly number[];
  /** Replicates a group that decide at the known value; null where nothing is known, Infinity where no number suffices. */
  readonly needs: readonly number[] | null;
  /** Half-width of the smallest region that what it has would support; null where nothing is known. */
  readonly detects: number | null;
  readonly suffices: boolean | null;
}

/** Sizes of an arm's units at its error levels. Throws `JudgeError` for a law outside the judge's guarantee. */
export function unitSizes({ arm, levels, looks }: PlannedArm): readonly UnitSize[] {
  return arm.units.map(({ label, question, groups }) => {
    const has = groups.map(({ source }) => replicatesAt(arm.sources[source]!, looks));
    if (!question.known) return { label, has, needs: null, detects: null, suffices: null };
    const judge = judgeOf(question);
    const needs = judge.needs(has, question, levels);
    const detects = judge.detects(has, question, levels);
    return { label, has, needs, detects, suffices: needs.every((count, group) => count <= has[group]!) };
  });
}

/**
 * Whether an arm has what it needs: all units of a claimed arm, any one of a control's, which is refuted by one.
 * Null where that depends on units of which nothing is known.
 */
export function armSuffices({ arm }: PlannedArm, sizes: readonly UnitSize[]): boolean | null {
  const verdicts = sizes.map(({ suffices }) => suffices);
  if (arm.kind === "control" && verdicts.includes(true)) return true;
  if (arm.kind === "claimed" && verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : arm.kind === "claimed";
}
