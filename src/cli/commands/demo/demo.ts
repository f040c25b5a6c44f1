import { realpathSync, rmSync } from "node:fs";
import { temporaryFolder } from "../../../project/temporary-folder.ts";
import { EXIT } from "../../../report/exit-code.ts";
import { sanitise } from "../../../report/layout/sanitise.ts";
import { type Arguments, defineCommand, type Io } from "../../arguments/command.ts";
import { InterruptedError } from "../../errors.ts";
import { makeDemo, quoteEstimate, takeBack } from "./make-demo.ts";
import { type Place, plateauIn, type StepAnswer, takeStep } from "./step.ts";
import { BEGINNING, type DemoStep, FAULTS, QUOTED } from "./steps.ts";

const options = {
  keep: { type: "boolean", description: "leave the project where it is, and say where" },
} as const;

export default defineCommand({
  name: "demo",
  summary:
    "Make a small project in a temporary folder, plant a fault in its code, its margin and its text, and see each caught.",
  usage: "demo [options]",
  notes: [
    "Nothing is staged: each line that begins with $ is run as it stands, and the status it ended with is shown, with the lines that matter of what it printed. Needs git and no network. Exit 0 where each command ended as it had to.",
  ],
  examples: [
    { command: "demo", does: "and take the project away again" },
    { command: "demo --keep", does: "and leave it, to try more" },
  ],
  options,
  positionals: { min: 0, max: 0, what: "nothing" },
  run: demo,
});

async function demo({ values }: Arguments<typeof options>, io: Io) {
  const folder = realpathSync(temporaryFolder("demo"));
  const place: Place = { folder, env: io.env, signal: io.signal };
  const say = (text: string) => (values.json ? undefined : io.stdout(text));
  const answers: StepAnswer[] = [];
  try {
    await makeDemo(folder);
    await take(BEGINNING, async () => undefined);
    if (allAsMeant(answers)) {
      await quoteEstimate(folder, await estimateIn(place));
      await take(FAULTS, () => takeBack(folder));
    }
  } finally {
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
  }
  const holds = allAsMeant(answers);
  if (values.json)
    io.stdout(`${JSON.stringify({ folder: values.keep ? folder : null, holds, steps: answers }, null, 2)}\n`);
  say(holds ? "Each fault was caught.\n" : "A command did not end as it had to: all that it said is above.\n");
  if (values.keep) say(`The project is in ${folder}\n`);
  return holds ? EXIT.holds : EXIT.failed;

  async function take(steps: readonly DemoStep[], after: () => Promise<void>): Promise<void> {
    for (const step of steps) {
      say(`${step.says}\n`);
      const answer = await takeStep(step, place);
      if (io.signal.aborted) throw new InterruptedError("the demo's project is gone");
      answers.push(answer);
      say(answerText(answer));
      await after();
    }
  }
}

function allAsMeant(answers: readonly StepAnswer[]): boolean {
  return answers.every(({ commands }) => commands.every(({ exit, wanted }) => exit === wanted));
}

async function estimateIn(place: Place): Promise<number> {
  const { stdout } = await plateauIn(place, ["cite", "--tier", "smoke", "--out", "paper", "--json"]);
  const { claims } = JSON.parse(stdout) as {
    readonly claims: readonly {
      readonly claim: string;
      readonly units: readonly { label: string; estimate: number }[];
    }[];
  };
  const units = claims.find(({ claim }) => claim === QUOTED.claim)?.units ?? [];
  return units.find(({ label }) => label === QUOTED.unit)!.estimate;
}

function answerText({ commands }: StepAnswer): string {
  const lines = commands.flatMap(({ command, exit, shown }) => [
    `  $ ${command}`,
    ...shown.map((line) => `    ${sanitise(line.trim())}`),
    `    exit ${exit}`,
  ]);
  return `${lines.join("\n")}\n\n`;
}
