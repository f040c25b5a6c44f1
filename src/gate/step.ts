import { appendFileSync, readFileSync } from "node:fs";
import type { Instrument } from "../claim/instrument.ts";
import { EXIT } from "../report/exit-code.ts";
import { sanitise } from "../report/layout/sanitise.ts";
import { annotation } from "../report/review/annotations.ts";

/** All that a step of a workflow may touch of the world besides files and processes; tests hand in their own. */
export interface Step {
  /** GitHub's variables and the workflow's `PLATEAU_…` ones. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** One line of the log. Lines that begin with `::` are commands to the runner. */
  readonly print: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
  /** Whether two engines promise the same bytes: asked of the instrument. */
  readonly equalBytes: Instrument["equalBytes"];
}

/** A step that cannot do what it is for: what was found, what was needed. */
export class StepError extends Error {
  override readonly name = "StepError";
}

/** Runs a step: its number is the exit status, an error is an annotation and status 2. */
export async function guarded(main: (step: Step) => Promise<number>, step: Step): Promise<number> {
  try {
    return await main(step);
  } catch (error) {
    step.print(annotation("error", sanitise((error as Error).message ?? String(error))));
    if (!(error instanceof StepError)) step.print(String((error as Error).stack).replace(/^::/gm, " ::"));
    return EXIT.misuse;
  }
}

/** Adds Markdown to the job's summary, where there is one. */
export function addSummary({ env }: Step, markdown: string): void {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (file !== undefined && file !== "") appendFileSync(file, markdown);
}

/** Sets an output of the step; values are our own words and numbers, never a stranger's text. */
export function setOutput({ env }: Step, name: string, value: string): void {
  if (/[\r\n]/.test(value)) throw new StepError(`output ${name} requires one line, got several`);
  const file = env["GITHUB_OUTPUT"];
  if (file !== undefined && file !== "") appendFileSync(file, `${name}=${value}\n`);
}

/** The payload of the event that started the workflow; undefined outside GitHub. */
export function readEvent({ env }: Step): unknown {
  const file = env["GITHUB_EVENT_PATH"];
  return file === undefined || file === "" ? undefined : JSON.parse(readFileSync(file, "utf8"));
}

/** A variable that the workflow has to set. */
export function required({ env }: Step, name: string): string {
  const value = env[name];
  if (value === undefined || value === "") throw new StepError(`the variable ${name} is not set, needed by this step`);
  return value;
}

/** Where readers find the published pages: PLATEAU_DASHBOARD, or the repository's own place on GitHub Pages. */
export function dashboardOf({ env }: Step): string | undefined {
  const said = env["PLATEAU_DASHBOARD"];
  if (said !== undefined && said !== "") return said.replace(/\/+$/, "");
  const [owner, name] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  if (owner === undefined || name === undefined) return undefined;
  const host = `${owner.toLowerCase()}.github.io`;
  // a user's or organisation's own site lies at the root
  return name.toLowerCase() === host ? `https://${host}` : `https://${host}/${name}`;
}
