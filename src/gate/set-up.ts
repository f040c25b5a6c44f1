import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "./process.ts";
import { type Step, StepError } from "./step.ts";

/** Virtual environment of the project's Python programs. */
const PYTHON = ".plateau/python";

/**
 * Brings what the project's own programs need: where it has a requirements.txt, a virtual environment with those packages, whose
 * `python3` later steps find first. Everything else is npm's, or the author's own step before this one.
 */
export async function setUp(step: Step): Promise<number> {
  const { cwd, env } = step;
  const requirements = join(cwd, "requirements.txt");
  if (!existsSync(requirements)) {
    step.print("no requirements.txt here: nothing but npm's packages to set up");
    return 0;
  }
  const place = join(cwd, PYTHON);
  await must(runProcess("python3", ["-m", "venv", place], { cwd, env }), "python3 -m venv");
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
  await must(runProcess(join(place, "bin/python3"), install, { cwd, env }), "pip install");
  const path = env["GITHUB_PATH"];
  if (path) appendFileSync(path, `${join(place, "bin")}\n`);
  step.print(`the packages of requirements.txt are in ${place}${path ? "" : `: put its bin/ in front of PATH`}`);
  return 0;
}

async function must(answer: ReturnType<typeof runProcess>, what: string): Promise<void> {
  const { exit } = await answer;
  if (exit !== 0) throw new StepError(`${what} ended with status ${exit}, needed 0; what stopped it is above`);
}
