import type { TierName } from "../claim/claim.ts";
import type { Suite } from "../claim/suite.ts";
import { ADVERSARY_CASES } from "./adversary/adversary-cases.ts";
import { type AdversaryRow, attackArm, attackCase } from "./adversary/calibrate-adversary.ts";
import { calibrateJudges, type JudgesCalibration } from "./judges/calibrate-judges.ts";
import { JUDGE_CASES } from "./judges/judge-cases.ts";
import { type ArmEvents, armEvents, type Runs } from "./suites/arm-events.ts";
import { type NamedArm, suiteArms } from "./suites/suite-arms.ts";
import { TILTED_CASES } from "./tilted/tilted-cases.ts";

/** A piece of calibration that a worker does alone: plain data. */
export type CalibrationTask =
  | {
      readonly kind: "arm";
      readonly module: string;
      readonly tier: TierName;
      readonly arm: number;
      readonly runs: Runs;
    }
  | {
      readonly kind: "attacked-arm";
      readonly module: string;
      readonly tier: TierName;
      readonly arm: number;
      readonly seed: number;
    }
  | { readonly kind: "attacked"; readonly index: number; readonly trials: number; readonly seed: number }
  | { readonly kind: "counted"; readonly index: number; readonly trials: number; readonly seed: number }
  | { readonly kind: "tilted"; readonly index: number; readonly trials: number; readonly seed: number };

/** Its answer. */
export type CalibrationPart = readonly ArmEvents[] | JudgesCalibration | readonly AdversaryRow[];

/** Does one piece. `module`: URL of a suite. `index`: into `JUDGE_CASES`, `TILTED_CASES` or `ADVERSARY_CASES`. */
export default async function calibrationTask(task: CalibrationTask): Promise<CalibrationPart> {
  if (task.kind === "attacked") return attackCase(ADVERSARY_CASES[task.index]!, task);
  if (task.kind === "arm" || task.kind === "attacked-arm") {
    const arm = (await armsOf(task.module, task.tier))[task.arm]!;
    return task.kind === "arm" ? armEvents(arm, task.runs) : attackArm(arm, task);
  }
  const counted = task.kind === "counted";
  return calibrateJudges({
    cases: counted ? [JUDGE_CASES[task.index]!] : [],
    tilted: counted ? [] : [TILTED_CASES[task.index]!],
    trials: task.trials,
    tiltedTrials: task.trials,
    seed: task.seed,
  });
}

/** A worker does many pieces of a suite: its claims are resolved once. */
const resolved = new Map<string, readonly NamedArm[]>();

async function armsOf(module: string, tier: TierName): Promise<readonly NamedArm[]> {
  const name = `${tier} ${module}`;
  const known = resolved.get(name);
  if (known) return known;
  const { default: suite } = (await import(module)) as { readonly default: Suite };
  const { arms } = suiteArms(suite, tier);
  resolved.set(name, arms);
  return arms;
}
