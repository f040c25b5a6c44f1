import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../project/temporary-folder.ts";
import { annotation } from "../report/review/annotations.ts";
import { reportRows } from "../report/review/report-rows.ts";
import { readResult } from "../run/files/result-file.ts";
import { commandLine, PLACE } from "./place.ts";
import { runProcess } from "./process.ts";
import { addSummary, type Step, StepError } from "./step.ts";

const PLANTED = `${PLACE.liveness}/result`;

/**
 * Proves that the gate can still go red: for the planted fault, by the outcome that GitHub saw of the gate's own step
 * (PLATEAU_GATE_OUTCOME) or by running it; and for a run that checked nothing, left no result or had no shard. Fails where
 * any of them is not red, or where the fault was not found by a claim.
 */
export async function liveness(step: Step): Promise<number> {
  const planted = await readResult(join(step.cwd, PLANTED, "result.json"));
  const failing = reportRows(planted.evidence, []).filter(({ rank }) => rank === "fails");
  if (failing.length === 0) throw new StepError("the planted fault refutes no claim, needed at least one");
  await requireRed(step);
  await requireRedOnNothing(step, planted);
  const names = failing.map(({ id }) => id);
  const text = `The gate is alive: the planted fault fails ${names.length} claims, and a run of nothing is red.`;
  step.print(annotation("notice", text));
  addSummary(step, `${text}\n\n${names.map((name) => `- ${name}`).join("\n")}\n`);
  return 0;
}

async function requireRed(step: Step): Promise<void> {
  const outcome = step.env["PLATEAU_GATE_OUTCOME"];
  if (outcome !== undefined && outcome !== "") {
    if (outcome !== "failure")
      throw new StepError(`the gate's step came to ${outcome} for a planted fault, needed failure`);
    return;
  }
  const exit = await exitOf(step, "gate", { PLATEAU_RESULT: PLANTED });
  if (exit !== 1) throw new StepError(`the gate ended with status ${exit} for a planted fault, needed 1`);
}

async function requireRedOnNothing(step: Step, planted: Awaited<ReturnType<typeof readResult>>): Promise<void> {
  const empty = temporaryFolder("liveness");
  try {
    const nothing = { ...planted, evidence: { ...planted.evidence, claims: [] } };
    mkdirSync(join(empty, PLACE.merged), { recursive: true });
    const cases = [
      { what: "a run without a result", name: "gate" },
      { what: "a merge without a shard", name: "merge" },
      { what: "a result that cannot be read", name: "gate", file: "{" },
      { what: "a result without claims", name: "gate", file: JSON.stringify(nothing) },
    ];
    for (const { what, name, file } of cases) {
      if (file !== undefined) writeFileSync(join(empty, PLACE.merged, "result.json"), file);
      const exit = await exitOf({ ...step, cwd: empty }, name, { PLATEAU_RESULT: undefined });
      if (exit === 0) throw new StepError(`${what} is green, needed red`);
      step.print(`${what}: red, status ${exit}`);
    }
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** Runs a step as the workflow does, its words kept out of this step's log, summary and outputs. */
async function exitOf(
  { cwd, env }: Step,
  name: string,
  changes: { readonly [name: string]: string | undefined },
): Promise<number> {
  const silent = { GITHUB_STEP_SUMMARY: undefined, GITHUB_OUTPUT: undefined, GITHUB_EVENT_PATH: undefined };
  const answer = await runProcess(process.execPath, [commandLine(), "ci", name], {
    cwd,
    quiet: true,
    env: { ...env, ...silent, ...changes },
  });
  return answer.exit;
}
