import type { TierName } from "../claim/claim.ts";
import type { Suite } from "../claim/suite.ts";
import { calibrateJudges, type JudgesCalibration } from "./judges/calibrate-judges.ts";
import { JUDGE_CASES } from "./judges/judge-cases.ts";
import { type ArmEvents, armEvents, type Runs } from "./suites/arm-events.ts";
import { suiteArms } from "./suites/suite-arms.ts";
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
  | { readonly kind: "counted"; readonly index: number; readonly trials: number; readonly seed: number }
  | { readonly kind: "tilted"; readonly index: number; readonly trials: number; readonly seed: number };

/** Does one piece. `module`: URL of a suite. `index`: into `JUDGE_CASES` or `TILTED_CASES`. */
export default async function calibrationTask(task: CalibrationTask): Promise<ArmEvents | JudgesCalibration> {
  if (task.kind === "arm") {
    const { default: suite } = (await import(task.module)) as { readonly default: Suite };
    return armEvents(suiteArms(suite, task.tier).arms[task.arm]!, task.runs);
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
