import type { TierName } from "../../claim/claim.ts";
import type { Suite } from "../../claim/suite.ts";
import { kindOf } from "../../predictions/kinds.ts";
import { LOGARITHM, RARE } from "../../predictions/synthesise.ts";
import type { Lean } from "../../predictions/synthetic/standard-law.ts";
import { countedRate, exceeds, FALSE_ALARM, type Rate } from "../rate.ts";
import { type ArmEvents, armEvents, type Event } from "./arm-events.ts";
import type { Setting } from "./simulate-arm.ts";
import { type NamedArm, type OmittedArm, suiteArms } from "./suite-arms.ts";

export interface SuiteOptions {
  /** Simulated runs of each suite in each setting. */
  readonly trials: number;
  /** 32 bits. */
  readonly seed: number;
  readonly tier: TierName;
  readonly lean: Lean;
}

export const SUITE_DEFAULTS = { tier: "full", lean: LOGARITHM } as const;

/** The laws that committed tables try: those that plans are made for, and those that judges find hardest. */
export const SUITE_LEANS: readonly Lean[] = [LOGARITHM, RARE];

/** One setting of one suite: in how many of the simulated runs something happened that the suite promises to be rare. */
export interface SettingRow {
  readonly setting: Setting;
  readonly event: Event;
  /** Null where nothing is promised. */
  readonly promised: number | null;
  readonly rate: Rate;
  readonly kept: boolean;
  /** Arms with events, and how many runs of each had one; the worst first. */
  readonly worst: readonly { readonly arm: string; readonly runs: number }[];
}

export interface SuiteCalibration extends SuiteOptions {
  readonly suite: string;
  readonly claims: number;
  readonly arms: number;
  readonly units: number;
  /** Values of all claimed arms in one run of the suite. */
  readonly values: number;
  readonly rows: readonly SettingRow[];
  /** Arms left out, and why: nothing is known of where their truth would lie. */
  readonly omitted: readonly OmittedArm[];
}

/** Settings in which an arm is simulated. Controls are not put inside the region that they should fail: nothing is promised there. */
export function settingsOf({ arm }: NamedArm): readonly Setting[] {
  return arm.kind === "claimed" ? ["centre", "inside", "outside"] : ["centre", "outside"];
}

/**
 * Whole suites on synthetic truth: `trials` runs of every arm of every claim with its own sizes, spreads, families and
 * levels, in three settings (see `simulateArm`). A run has an event if any of its arms has one.
 *
 * Exact, not combined from parts: run t of a suite is run t of all its arms. A law question is asked about the
 * exponential law instead (its judge sees only F(x), uniform whatever F is).
 */
export function calibrateSuites(suites: readonly Suite[], options: SuiteOptions): readonly SuiteCalibration[] {
  return suites.map((suite) => {
    const events = suiteArms(suite, options.tier).arms.flatMap((arm) =>
      armEvents(arm, { ...options, settings: settingsOf(arm), from: 0, to: options.trials }),
    );
    return summariseSuite(suite, events, options);
  });
}

/** Whether an arm's values are the same in both leans, so that it has to be simulated once: its kinds of law have no tails to lean. */
export function isAlikeIn(first: Lean, second: Lean, { arm }: NamedArm): boolean {
  return arm.units.every(({ question }) => {
    const { law, knownTruth, edges } = kindOf(question).synthetic;
    const truths = [knownTruth(question), ...edges(question, "inside"), ...edges(question, "outside")];
    return truths.every((truth) => law(question, truth, first) === law(question, truth, second));
  });
}

/** The table of a suite from the events of its arms, which may have been simulated in parts, elsewhere and in any order. */
export function summariseSuite(suite: Suite, events: readonly ArmEvents[], options: SuiteOptions): SuiteCalibration {
  const { arms, omitted } = suiteArms(suite, options.tier);
  const claimed = arms.filter(({ arm }) => arm.kind === "claimed").flatMap(({ arm }) => arm.sources);
  return {
    ...options,
    suite: suite.name,
    claims: suite.claims.length,
    arms: arms.length,
    units: arms.reduce((sum, { arm }) => sum + arm.units.length, 0),
    values: claimed.reduce((sum, { looks }) => sum + looks.at(-1)!, 0),
    rows: WATCHED.map((watched) =>
      settingRow(promiseOf(suite, watched, options.lean), watched, events, options.trials),
    ),
    omitted,
  };
}

interface Watched {
  readonly setting: Setting;
  readonly event: Event;
}

const WATCHED: readonly Watched[] = [
  { setting: "centre", event: "undecided" },
  { setting: "centre", event: "false verdict" },
  { setting: "inside", event: "false verdict" },
  { setting: "outside", event: "false verdict" },
  { setting: "centre", event: "refused" },
  { setting: "inside", event: "refused" },
  { setting: "outside", event: "refused" },
];

/** Plans, and so the chance to stay undecided, are for the laws that claims' measures have; false verdicts for every law of a family. */
function promiseOf({ errors }: Suite, { event }: Watched, { tails }: Lean): number | null {
  if (event === "false verdict") return errors.falseVerdict;
  return event === "undecided" && tails !== "rare" ? errors.undecided : null;
}

function settingRow(
  promised: number | null,
  { setting, event }: Watched,
  events: readonly ArmEvents[],
  trials: number,
): SettingRow {
  const found = events.filter((each) => each.setting === setting);
  const rate = countedRate(new Set(found.flatMap((each) => each.trials[event])).size, trials);
  const kept = promised === null || !exceeds(rate, promised, FALSE_ALARM);
  return { setting, event, promised, rate, kept, worst: worstArms(found, event) };
}

const WORST_ARMS = 5;

function worstArms(events: readonly ArmEvents[], event: Event): SettingRow["worst"] {
  const runs = new Map<string, number>();
  for (const { arm, trials } of events) runs.set(arm, (runs.get(arm) ?? 0) + trials[event].length);
  return [...runs]
    .map(([arm, count]) => ({ arm, runs: count }))
    .filter((each) => each.runs > 0)
    .sort((a, b) => b.runs - a.runs)
    .slice(0, WORST_ARMS);
}
