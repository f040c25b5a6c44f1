import { markdownTable, number } from "../markdown-table.ts";
import { FALSE_ALARM } from "../rate.ts";
import type { SettingRow, SuiteCalibration } from "./calibrate-suites.ts";

/** The calibration of whole suites as a page for readers who have not seen the code. `names`: of all suites that there are. */
export function suiteTable(suites: readonly SuiteCalibration[], names: readonly string[]): string {
  const missing = names.filter((name) => suites.every(({ suite }) => suite !== name));
  return [
    "# How often whole suites err",
    "",
    "Every claim of a suite was run on synthetic values with its own numbers of replicates, spreads, families of laws, error levels, looks",
    "and controls, and judged by the code that judges real runs. A run counts if any of its arms, claimed or control, shows the event.",
    "",
    "- *centre*: each arm at its known finite-size value. Promised: nothing undecided but with the probability given, and no false verdict.",
    "- *inside*: each cell of each claimed arm just inside an edge of its region, the edges by turns. Promised: no claim refuted.",
    "- *outside*: of each arm one cell just outside its region, by turns, the others at their known values. Promised: nothing supported.",
    "- *refused*: a judge threw an error, which would be a crash. Samples that contradict what a claim declares are undecided.",
    "",
    "Runs are complete: every value of every arm was drawn (a value not needed for the verdict may be left out), nothing is extrapolated.",
    "With *light* tails values are a quadratic of a Gaussian with the whole skewness that the claim declares; with *rare* ones the whole declared",
    "kurtosis is in far values that most samples hardly hold, the law of the adversary's list on which judges of the sample's own spread break.",
    "False verdicts are promised for both; plans, and so the chance to stay undecided, are made for the first. A claim about a fully",
    "specified law is simulated with the exponential law, which its judge cannot tell from another. Intervals are Clopper-Pearson's, 99%;",
    `"exceeded" stands where a promise is broken beyond chance (exact test, false alarms with probability ${FALSE_ALARM}).`,
    "",
    ...(missing.length === 0 ? [] : [`Not simulated with the judges of today: ${missing.join(", ")}.`, ""]),
    ...suites.flatMap(suiteSection),
  ].join("\n");
}

function suiteSection(suite: SuiteCalibration): readonly string[] {
  const { claims, arms, units, values, tier, trials, seed, lean, rows, omitted } = suite;
  const side = lean.skew < 0 ? "to the left" : lean.skew > 0 ? "to the right" : "to neither side";
  const worst = rows.flatMap((row) =>
    row.worst.map(({ arm, runs }) => [row.setting, row.event, arm, String(runs)] as const),
  );
  return [
    `## ${suite.suite}, tier ${tier}, tails ${lean.tails}`,
    "",
    `${claims} claims, ${arms} arms, ${units} questions, ${values} values in the claimed arms. ${trials} runs in each setting, seed ${seed}, skewed ${side}, tails ${lean.tails}.`,
    "",
    markdownTable(["setting", "runs with", "promised", "found", "rate and 99% interval", ""], rows.map(settingCells)),
    "",
    ...(worst.length === 0
      ? ["No arm had an event.", ""]
      : ["Arms with events:", "", markdownTable(["setting", "event", "arm", "runs"], worst), ""]),
    ...(omitted.length === 0
      ? []
      : [
          "Left out:",
          "",
          markdownTable(
            ["arm", "because"],
            omitted.map(({ arm, because }) => [arm, because]),
          ),
          "",
        ]),
  ];
}

function settingCells({ setting, event, promised, rate, kept }: SettingRow): readonly string[] {
  const interval = `${number(rate.rate)} (${number(rate.low)} to ${number(rate.high)})`;
  return [
    setting,
    event,
    promised === null ? "-" : number(promised),
    `${rate.events} of ${rate.trials}`,
    interval,
    kept ? "" : "**exceeded**",
  ];
}
