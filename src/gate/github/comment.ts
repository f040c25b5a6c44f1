import { z } from "zod";
import { sanitise } from "../../report/layout/sanitise.ts";
import { annotation } from "../../report/review/annotations.ts";
import { escapeComment } from "../../report/review/escape-comment.ts";
import { commentReport } from "../../report/review/pull-request.ts";
import { type Artifact, LARGEST_ARTIFACT, readArtifact } from "../artifact/read-artifact.ts";
import { dashboardOf, readEvent, type Step, StepError } from "../step.ts";
import { api, apiJson } from "./github-api.ts";
import { upsertComment } from "./upsert-comment.ts";

/** Name of the artifact that check.yml leaves. */
export const ARTIFACT = "plateau-report";

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const repository = z.object({ full_name: z.string() }).nullish();
const event = z.object({
  workflow_run: z.object({
    id: z.int().positive(),
    run_attempt: z.int().positive(),
    event: z.string(),
    conclusion: z.string().nullable(),
    head_sha: sha,
    head_branch: z.string().nullable(),
    head_repository: repository,
  }),
});
type Run = z.infer<typeof event>["workflow_run"];

const artifacts = z.object({
  artifacts: z.array(
    z.object({ id: z.int().positive(), name: z.string(), size_in_bytes: z.int(), expired: z.boolean() }),
  ),
});
const pull = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha, ref: z.string(), repo: repository }),
});

/** Conclusions of a run that nobody wanted to end: there is nothing to say about it. */
const STOPPED: readonly (string | null)[] = ["cancelled", "skipped", "action_required", "stale"];

/**
 * The second workflow: takes the artifact of a finished check as a stranger's data, makes sure that the pull request it names
 * is the one whose head was checked, and writes the comment. It runs nothing of the pull request.
 */
export async function comment(step: Step): Promise<number> {
  const parsed = event.safeParse(readEvent(step));
  if (!parsed.success) throw new StepError("the event is no finished workflow run, needed one to report on");
  const run = parsed.data.workflow_run;
  if (run.event !== "pull_request") return told(step, `the run was started by ${run.event}: there is no pull request`);
  if (STOPPED.includes(run.conclusion)) return told(step, `the run was ${run.conclusion}: it says nothing`);
  const artifact = readArtifact(await download(step, run));
  const { number } = artifact.pullRequest;
  if ((await ownership(step, run, artifact)) === "stale") {
    return told(step, `pull request ${number} has a newer commit: its own run reports on it`);
  }
  const writer = { run: run.id, attempt: run.run_attempt };
  const done = await upsertComment(step, number, { markdown: markdownOf(step, artifact), writer });
  if (done !== "refused") return told(step, `comment on pull request ${number} ${done}`);
  return told(step, "GitHub refused the comment (403): the verdict stands in the run's status and summary", "warning");
}

async function download(step: Step, { id }: Run): Promise<Buffer> {
  const path = `/actions/runs/${id}/artifacts?per_page=100&name=${ARTIFACT}`;
  const { artifacts: found } = artifacts.parse(await apiJson(step, { method: "GET", path }));
  // a run that was started again leaves one for each attempt
  const named = found.filter(({ name, expired }) => name === ARTIFACT && !expired).sort((a, b) => b.id - a.id);
  const newest = named[0];
  if (newest === undefined) throw new StepError(`run ${id} has no artifact ${ARTIFACT}, so no result could be read`);
  if (newest.size_in_bytes > LARGEST_ARTIFACT) {
    throw new StepError(`the artifact has ${newest.size_in_bytes} bytes, needed at most ${LARGEST_ARTIFACT}`);
  }
  const answer = await api(step, {
    method: "GET",
    path: `/actions/artifacts/${newest.id}/zip`,
    most: LARGEST_ARTIFACT,
  });
  return answer.body;
}

/** Whether the named pull request is the one that the run checked. Refuses any other. */
async function ownership(step: Step, run: Run, { pullRequest }: Artifact): Promise<"current" | "stale"> {
  const { number, head } = pullRequest;
  if (head !== run.head_sha) {
    throw new StepError(`the artifact is of commit ${head}, the run of ${run.head_sha}: not its own`);
  }
  const found = pull.parse(await apiJson(step, { method: "GET", path: `/pulls/${number}` }));
  const sameBranch =
    found.head.ref === run.head_branch &&
    found.head.repo?.full_name !== undefined &&
    found.head.repo.full_name === run.head_repository?.full_name;
  if (!sameBranch || found.number !== number) {
    throw new StepError(`pull request ${number} is not of the branch that the run checked`);
  }
  return found.head.sha === run.head_sha ? "current" : "stale";
}

function markdownOf(step: Step, { result, changes, pullRequest }: Artifact): string {
  if (result !== undefined) return commentReport({ result, changes, dashboard: dashboardOf(step) });
  return `**✗ Red: nothing was checked**\n\n${escapeComment(pullRequest.problem ?? "no reason was recorded", 2000)}\n`;
}

function told(step: Step, message: string, level: "notice" | "warning" = "notice"): number {
  step.print(annotation(level, sanitise(message)));
  return 0;
}
