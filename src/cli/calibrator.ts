import { pathToFileURL } from "node:url";
import { Piscina } from "piscina";
import { ADVERSARY_CASES } from "../calibration/adversary/adversary-cases.ts";
import { type AdversaryRow, isCaseTried, isTried } from "../calibration/adversary/calibrate-adversary.ts";
import type { CalibrationPart, CalibrationTask } from "../calibration/calibration-task.ts";
import type { JudgesCalibration } from "../calibration/judges/calibrate-judges.ts";
import { JUDGE_CASES } from "../calibration/judges/judge-cases.ts";
import type { ArmEvents } from "../calibration/suites/arm-events.ts";
import {
  isAlikeIn,
  SUITE_DEFAULTS,
  SUITE_LEANS,
  type SuiteCalibration,
  settingsOf,
  summariseSuite,
} from "../calibration/suites/calibrate-suites.ts";
import { type NamedArm, suiteArms } from "../calibration/suites/suite-arms.ts";
import { TILTED_CASES } from "../calibration/tilted/tilted-cases.ts";
import type { Lean } from "../predictions/synthetic/standard-law.ts";
import type { FoundSuite } from "../run/plan/discover.ts";
import type { Io } from "./arguments/command.ts";
import { InterruptedError } from "./errors.ts";

/** Tilted trials are drawn where errors happen: a twentieth of the counted ones has standard errors of a few percent. */
const TILTED_PART = 0.05;

/** The pieces of calibration on a pool of workers. */
export interface Calibrator {
  /** `known`: rows that an earlier run found, which are kept; only what they lack is measured. */
  readonly judges: (trials: number, seed: number, known?: JudgesCalibration) => Promise<JudgesCalibration>;
  /** A table for each of `SUITE_LEANS`. */
  readonly suite: (suite: FoundSuite, runs: number, seed: number) => Promise<readonly SuiteCalibration[]>;
  readonly adversary: (
    suites: readonly FoundSuite[],
    trials: number,
    seed: number,
    known?: readonly AdversaryRow[],
  ) => Promise<readonly AdversaryRow[]>;
  readonly close: () => Promise<void>;
}

/** Runs of one arm a task: some seconds at most, so that workers end together and Ctrl-C is heard. */
const RUNS_A_TASK = 100;

export function openCalibrator(workers: number, io: Io): Calibrator {
  const pool = new Piscina<CalibrationTask, CalibrationPart>({
    filename: new URL("../calibration/calibration-task.js", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  const all = async (label: string, tasks: readonly CalibrationTask[]) => {
    const answers: CalibrationPart[] = [];
    let next = 0;
    let done = 0;
    const lane = async () => {
      while (next < tasks.length) {
        const index = next++;
        answers[index] = await pool.run(tasks[index]!, { signal: io.signal });
        done += 1;
        report(io, label, done, tasks.length);
      }
    };
    try {
      await Promise.all(Array.from({ length: workers }, lane));
    } catch (error) {
      if (io.signal.aborted)
        throw new InterruptedError("tables and suites that were finished are kept: --missing goes on");
      throw error;
    }
    return answers;
  };
  return {
    judges: async (trials, seed, known) => {
      const part = Math.ceil(trials * TILTED_PART);
      const tilted = lacking(TILTED_CASES, known?.tilted ?? []).map(
        (index) => ({ kind: "tilted", index, trials: part, seed }) as const,
      );
      const counted = lacking(JUDGE_CASES, known?.counted ?? []).map(
        (index) => ({ kind: "counted", index, trials, seed }) as const,
      );
      const found = (await all("judges", [...tilted, ...counted])) as JudgesCalibration[];
      const parts = known ? [known, ...found] : found;
      return {
        ...parts[0]!,
        counted: inOrderOf(
          JUDGE_CASES,
          parts.flatMap((each) => each.counted),
        ),
        tilted: inOrderOf(
          TILTED_CASES,
          parts.flatMap((each) => each.tilted),
        ),
      };
    },
    suite: async ({ suite, path }, runs, seed) => {
      const module = pathToFileURL(path).href;
      const { arms } = suiteArms(suite, SUITE_DEFAULTS.tier);
      const done: Simulated[] = [];
      for (const lean of SUITE_LEANS) {
        const kept = done.flatMap((other) => other.events.filter(({ arm }) => other.alike(lean).includes(arm)));
        const left = arms.flatMap((arm, index) => (kept.some((known) => known.arm === arm.name) ? [] : [index]));
        const tasks = left.flatMap((arm) => tasksOf(arms[arm]!, { module, arm, runs, seed, lean }));
        const found = (await all(`suite ${suite.name}, tails ${lean.tails}`, tasks)) as ArmEvents[][];
        const alike = (other: Lean) => arms.filter((arm) => isAlikeIn(lean, other, arm)).map(({ name }) => name);
        done.push({ lean, events: [...kept, ...found.flat()], alike });
      }
      return done.map(({ lean, events }) =>
        summariseSuite(suite, events, { ...SUITE_DEFAULTS, lean, trials: runs, seed }),
      );
    },
    adversary: async (suites, trials, seed, known = []) => {
      const { tier } = SUITE_DEFAULTS;
      const cases = ADVERSARY_CASES.flatMap((subject, index) =>
        isCaseTried(subject, known) ? [] : [{ kind: "attacked" as const, index, trials, seed }],
      );
      const arms = suites.flatMap(({ suite }) => suiteArms(suite, tier).arms);
      const stale = suites.flatMap(({ suite, path }) => {
        const module = pathToFileURL(path).href;
        return suiteArms(suite, tier).arms.flatMap((named, arm) =>
          isTried(named, known) ? [] : [{ named, task: { kind: "attacked-arm" as const, module, tier, arm, seed } }],
        );
      });
      const found = (await all("adversary", [...cases, ...stale.map(({ task }) => task)])) as AdversaryRow[][];
      const anew = new Set(stale.map(({ named }) => named.name));
      const rows = [...known.filter(({ claim }) => claim === undefined || !anew.has(claim)), ...found.flat()];
      const ofCase = ADVERSARY_CASES.flatMap(({ judge, declared }) =>
        rows.filter((row) => row.claim === undefined && row.judge === judge && row.declared === declared),
      );
      return [...ofCase, ...arms.flatMap(({ name }) => rows.filter(({ claim }) => claim === name))];
    },
    close: () => pool.destroy(),
  };
}

/** A suite's events at one lean, and the arms that would show the same at another. */
interface Simulated {
  readonly lean: Lean;
  readonly events: readonly ArmEvents[];
  readonly alike: (other: Lean) => readonly string[];
}

interface SimulatedIn {
  readonly module: string;
  readonly arm: number;
  readonly runs: number;
  readonly seed: number;
  readonly lean: Lean;
}

function tasksOf(named: NamedArm, { module, arm, runs, seed, lean }: SimulatedIn): readonly CalibrationTask[] {
  const { tier } = SUITE_DEFAULTS;
  const settings = settingsOf(named);
  return Array.from({ length: Math.ceil(runs / RUNS_A_TASK) }, (_, chunk): CalibrationTask => {
    const from = chunk * RUNS_A_TASK;
    const to = Math.min(runs, from + RUNS_A_TASK);
    return { kind: "arm", module, tier, arm, runs: { settings, from, to, seed, lean } };
  });
}

interface OfCase {
  readonly judge: string;
  readonly law: string;
}

/** Places of the cases of which there is no row. */
function lacking(cases: readonly OfCase[], rows: readonly OfCase[]): readonly number[] {
  const known = new Set(rows.map(nameOf));
  return cases.flatMap((subject, index) => (known.has(nameOf(subject)) ? [] : [index]));
}

/** Rows as the cases come; those of no case are dropped. */
function inOrderOf<R extends OfCase>(cases: readonly OfCase[], rows: readonly R[]): readonly R[] {
  return [...new Set(cases.map(nameOf))].flatMap((name) => rows.filter((row) => nameOf(row) === name));
}

function nameOf({ judge, law }: OfCase): string {
  return `${judge}, ${law}`;
}

function report({ stderr, isTTY }: Io, label: string, done: number, all: number): void {
  if (isTTY) stderr(`\r\u001b[2K${label}: ${done} of ${all}${done === all ? "\n" : ""}`);
  // In a log a line for each tenth of the work is enough.
  else if (Math.floor((10 * done) / all) > Math.floor((10 * (done - 1)) / all)) {
    stderr(`${label}: ${done} of ${all}\n`);
  }
}
