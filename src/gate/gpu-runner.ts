import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { annotation } from "../report/review/annotations.ts";
import { ApiError, apiJson } from "./github/github-api.ts";
import { addSummary, type Step, StepError, setOutput } from "./step.ts";

const LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const runners = z.object({
  runners: z.array(z.object({ status: z.string(), labels: z.array(z.object({ name: z.string() })) })),
});

const NONE =
  "No runner with a GPU is known to this repository, so nothing was checked on one. Name its label in .github/gpu-runner.txt, or when the workflow is dispatched.";

/**
 * Says which runner the GPU job goes to, as the output `label`. Without a label in PLATEAU_GPU_RUNNER or
 * .github/gpu-runner.txt there is none: said plainly, and red where somebody asked for it by hand. A label that no runner of
 * the repository has would wait for a day without a word: it is red, where GitHub lets this token list them.
 */
export async function gpuRunner(step: Step): Promise<number> {
  const label = step.env["PLATEAU_GPU_RUNNER"] || committedLabel(step);
  if (label === "") {
    setOutput(step, "label", "");
    return told(step, NONE, step.env["GITHUB_EVENT_NAME"] === "workflow_dispatch" ? "error" : "notice");
  }
  if (!LABEL.test(label))
    throw new StepError(`a runner's label requires letters, digits, dots and dashes, got ${label}`);
  const online = await onlineWith(step, label);
  if (online === 0)
    return told(step, `No runner with the label ${label} is online, so nothing can be checked on it.`, "error");
  setOutput(step, "label", label);
  const known =
    online === undefined ? "this token may not list runners, so the job waits until one takes it" : `${online} online`;
  return told(step, `Runner ${label}: ${known}.`, "notice");
}

function committedLabel({ cwd }: Step): string {
  const file = join(cwd, ".github/gpu-runner.txt");
  const lines = existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim())
    : [];
  return lines.find((line) => line !== "" && !line.startsWith("#")) ?? "";
}

async function onlineWith(step: Step, label: string): Promise<number | undefined> {
  try {
    const answer = await apiJson(step, { method: "GET", path: "/actions/runners?per_page=100" });
    return runners
      .parse(answer)
      .runners.filter(({ status, labels }) => status === "online" && labels.some(({ name }) => name === label)).length;
  } catch (error) {
    // listing needs the right to administer, which a workflow's own token never has
    if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

function told(step: Step, sentence: string, level: "error" | "notice"): number {
  step.print(annotation(level, sentence));
  addSummary(step, `${sentence}\n`);
  return level === "error" ? 1 : 0;
}
