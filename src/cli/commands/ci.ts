import { setTimeout as sleep } from "node:timers/promises";
import { runStep, STEPS } from "../../gate/steps.ts";
import { EXIT, type ExitCode } from "../../report/exit-code.ts";
import { defineCommand } from "../arguments/command.ts";
import { oneOf } from "../arguments/option-values.ts";
import { INSTRUMENT } from "../instrument.ts";

export default defineCommand({
  name: "ci",
  summary: "One step of a workflow, as a person can run it too.",
  usage: "ci <step>",
  notes: [
    ...Object.entries(STEPS).map(([name, { does }]) => `${name}: ${does}.`),
    "Steps take PLATEAU_… variables and leave their files in results/ci of the project's folder; in GitHub Actions they also write the job's summary, outputs and annotations. Each is a line of .github/workflows.",
    "Exit 0 green; 1 a claim failed or changed; 2 nothing could be checked; 3 undecided or crashed where that may not be.",
  ],
  examples: [
    { command: "ci run", does: "every suite at the smoke tier, into results/ci/merged" },
    { command: "ci gate", does: "is it green against the baselines?" },
  ],
  options: {},
  positionals: { min: 1, max: 1, what: "the name of one step" },
  run: async ({ values, positionals }, io) => {
    const name = oneOf("ci", positionals[0]!, Object.keys(STEPS));
    const exit = await runStep(name, {
      env: values.root === undefined ? io.env : { ...io.env, PLATEAU_ROOT: values.root },
      cwd: io.home,
      print: (line) => (ANNOTATION.test(line) ? io.command(line) : io.stdout(`${line}\n`)),
      sleep: (milliseconds) => sleep(milliseconds),
      now: io.now,
      equalBytes: INSTRUMENT.equalBytes,
    });
    return exitCodeOf(exit);
  },
});

/** What `annotation` makes, whose texts cannot end it. */
const ANNOTATION = /^::(?:error|warning|notice)(?: (?:file|line|title)=[^:]*)?::/;

/** A status that plateau does not have is that of a program which a step asked for and which did not do its work. */
function exitCodeOf(status: number): ExitCode {
  return Object.values(EXIT).find((code) => code === status) ?? EXIT.misuse;
}
