import type { TierName } from "../claim/claim.ts";
import { resolveArms } from "../claim/resolve.ts";
import type { Suite } from "../claim/suite.ts";
import type { Arm } from "../claim/unit.ts";
import type { StreamKey } from "../numerics/stream.ts";
import { armLevels } from "../statistics/budget.ts";
import type { State } from "../statistics/judge.ts";
import type { Question } from "../statistics/question.ts";
import { LOGARITHM } from "../statistics/synthetic.ts";
import type { Lean } from "../statistics/synthetic-law.ts";
import { wordOf } from "./case-key.ts";
import { countedRate, exceeds, type Rate } from "./rate.ts";
import { type SimulatedArm, simulateArm } from "./simulate-arm.ts";
import { knownTruth, type Setting } from "./unit-truth.ts";

/** A false alarm of one comparison of a rate with its promise has at most this probability. */
export const FALSE_ALARM = 1e-6;

export interface SuiteOptions {
  /** Simulated runs of each suite in each setting. */
  readonly trials: number;
  /** 32 bits. */
  readonly seed: number;
  readonly tier?: TierName;
  readonly lean?: Lean;
  /** Called before each arm: how many are done, of how many. */
  readonly progress?: (done: number, all: number, label: string) => void;
}

/** One setting of one suite: in how many of the simulated runs something happened that the suite promises to be rare. */
export interface SettingRow {
  readonly setting: Setting;
  readonly counts: "undecided" | "false verdicts";
  readonly promised: number;
  readonly rate: Rate;
  readonly kept: boolean;
  /** Arms with events, and how many runs of each had one. */
  readonly worst: readonly { readonly arm: string; readonly events: number }[];
}

export interface SuiteCalibration {
  readonly suite: string;
  readonly tier: TierName;
  readonly trials: number;
  readonly seed: number;
  readonly lean: Lean;
  readonly claims: number;
  readonly arms: number;
  readonly units: number;
  /** Values drawn of all claimed arms in one run of the suite. */
  readonly values: number;
  readonly rows: readonly SettingRow[];
  /** Arms left out, and why: nothing is known of where their truth would lie. */
  readonly omitted: readonly { readonly arm: string; readonly because: string }[];
}

interface NamedArm extends SimulatedArm {
  readonly name: string;
}

/**
 * Whole suites on synthetic truth: `trials` runs of every arm of every claim with its own sizes, spreads, families and
 * levels, in three settings (see `simulateArm`). A run has an event if any of its arms has one, as the promise counts:
 * at the centre an arm that stays undecided, and a false verdict there; inside a claimed arm that is refuted; outside an
 * arm, claimed or control, that is supported.
 *
 * Exact, not combined from parts: run t of a suite is run t of all its arms. A law question is asked about the standard
 * normal instead (its judge sees only F(x), uniform whatever F is). Throws `JudgeError` where a judge refuses an arm.
 */
export function calibrateSuites(suites: readonly Suite[], options: SuiteOptions): readonly SuiteCalibration[] {
  return suites.map((suite) => calibrateSuite(suite, options));
}

function calibrateSuite(suite: Suite, options: SuiteOptions): SuiteCalibration {
  const { trials, seed, tier = "full", lean = LOGARITHM } = options;
  const all = suite.claims.flatMap(({ claim, share }) => armsOf(suite, claim, share, tier));
  const arms = all.filter(({ arm }) => whyNot(arm) === undefined);
  const tallies = TALLIES.map((watched) => ({
    watched,
    runs: new Uint8Array(trials),
    arms: new Map<string, number>(),
  }));
  arms.forEach((arm, done) => {
    options.progress?.(done, arms.length, `${suite.name} ${arm.name}`);
    tallyArm(arm, tallies, { trials, seed, lean });
  });
  return {
    suite: suite.name,
    tier,
    trials,
    seed,
    lean,
    claims: suite.claims.length,
    arms: arms.length,
    units: arms.reduce((sum, { arm }) => sum + arm.units.length, 0),
    values: valuesOf(arms.filter(({ arm }) => arm.kind === "claimed").map(({ arm }) => arm)),
    rows: tallies.map((tally) => rowOf(tally, suite, trials)),
    omitted: all.flatMap(({ name, arm }) => {
      const because = whyNot(arm);
      return because === undefined ? [] : [{ arm: name, because }];
    }),
  };
}

/** What a setting watches for: in which runs it happened, and how often in each arm. */
interface Tally {
  readonly watched: Watched;
  readonly runs: Uint8Array;
  readonly arms: Map<string, number>;
}

function tallyArm(
  arm: NamedArm,
  tallies: readonly Tally[],
  { trials, seed, lean }: { readonly trials: number; readonly seed: number; readonly lean: Lean },
): void {
  for (const setting of ["centre", "inside", "outside"] as const) {
    // Nothing is promised, and nothing counted, of controls inside the region that they should fail.
    if (setting === "inside" && arm.arm.kind === "control") continue;
    const key = keyOf(seed, arm.name, setting);
    for (let trial = 0; trial < trials; trial++) {
      const state = simulateArm(arm, { setting, trial, key, lean });
      for (const { watched, runs, arms } of tallies) {
        if (watched.setting !== setting || !happened(watched, arm.arm, state)) continue;
        runs[trial] = 1;
        arms.set(arm.name, (arms.get(arm.name) ?? 0) + 1);
      }
    }
  }
}

function rowOf({ watched, runs, arms }: Tally, { errors }: Suite, trials: number): SettingRow {
  const promised = watched.counts === "undecided" ? errors.undecided : errors.falseVerdict;
  const rate = countedRate(
    runs.reduce((sum, run) => sum + run, 0),
    trials,
  );
  const worst = [...arms].map(([arm, events]) => ({ arm, events })).sort((a, b) => b.events - a.events);
  return { ...watched, promised, rate, kept: !exceeds(rate, promised, FALSE_ALARM), worst: worst.slice(0, WORST_ARMS) };
}

const WORST_ARMS = 5;

type Watched = Pick<SettingRow, "setting" | "counts">;

const TALLIES: readonly Watched[] = [
  { setting: "centre", counts: "undecided" },
  { setting: "centre", counts: "false verdicts" },
  { setting: "inside", counts: "false verdicts" },
  { setting: "outside", counts: "false verdicts" },
];

function happened({ setting, counts }: Watched, { kind }: Arm, state: State): boolean {
  if (counts === "undecided") return state === "inconclusive";
  if (setting === "outside") return state === "supported";
  if (setting === "inside") return kind === "claimed" && state === "refuted";
  return state === (kind === "claimed" ? "refuted" : "supported");
}

function armsOf(
  suite: Suite,
  claim: Suite["claims"][number]["claim"],
  share: number,
  tier: TierName,
): readonly NamedArm[] {
  return resolveArms(claim, tier).map((arm) => {
    const looks = Math.max(...arm.sources.map((source) => source.looks.length));
    const levels = armLevels({
      errors: suite.errors,
      share,
      kind: arm.kind,
      controls: claim.controls.length,
      units: arm.units.length,
      looks,
    });
    const units = arm.units.map((unit) => ({ ...unit, question: asNormal(unit.question) }));
    return { name: `${claim.id}, ${arm.name}`, arm: { ...arm, units }, levels };
  });
}

/** A law's judge sees values only through the specified distribution function: any law may stand for another. */
function asNormal(question: Question): Question {
  return question.statistic === "law"
    ? { ...question, law: { name: "normal", mean: 0, standardDeviation: 1 } }
    : question;
}

/** Statistics whose synthetic values need a known spread. */
const NEED_SPREAD: ReadonlySet<Question["statistic"]> = new Set(["mean", "median", "slope", "regression"]);

function whyNot(arm: Arm): string | undefined {
  for (const { question, label } of arm.units) {
    if (!Number.isFinite(knownTruth(question))) return `${label}: the known value is not declared`;
    const needsSpread =
      NEED_SPREAD.has(question.statistic) || (question.statistic === "difference" && question.of !== "proportion");
    const unknown = needsSpread && !(question.known ?? []).every(({ spread }) => Number.isFinite(spread));
    if (unknown) return `${label}: the known spread is not declared`;
  }
  return undefined;
}

function valuesOf(arms: readonly Arm[]): number {
  const counts = arms.flatMap((arm) => arm.sources.map(({ looks }) => looks.at(-1)!));
  return counts.reduce((sum, count) => sum + count, 0);
}

function keyOf(seed: number, arm: string, setting: Setting): StreamKey {
  return [seed, wordOf(arm, 0), wordOf(arm, 1), wordOf(setting, 0)];
}
