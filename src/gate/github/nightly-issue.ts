import { join } from "node:path";
import { z } from "zod";
import { annotation } from "../../report/review/annotations.ts";
import { commentReport } from "../../report/review/pull-request.ts";
import { reportRows } from "../../report/review/report-rows.ts";
import { readResult } from "../../run/files/result-file.ts";
import { resultFolder } from "../place.ts";
import { dashboardOf, type Step } from "../step.ts";
import { api, apiJson } from "./github-api.ts";

const TITLE = "Nightly run: a claim does not hold on a fresh seed";
const MARKER = "<!-- plateau:nightly -->";
const PER_PAGE = 100;
const MOST_PAGES = 10;

const issue = z.object({
  number: z.int().positive(),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});

/**
 * Opens the one issue of nightly runs when something is refuted, a control is supported or something crashed, or writes its
 * text anew where it is open already. What is only undecided is left to the run's own status.
 */
export async function nightlyIssue(step: Step): Promise<number> {
  const result = await readResult(join(resultFolder(step), "result.json"));
  const wrong = reportRows(result.evidence, []).filter(({ rank }) => rank === "fails" || rank === "broken");
  if (wrong.length === 0) {
    step.print(annotation("notice", "nothing is refuted or crashed: no issue is needed"));
    return 0;
  }
  const report = commentReport({ result, changes: undefined, dashboard: dashboardOf(step) });
  const body = `${MARKER}\n${report}\n${BUDGET}\n${runLink(step)}`;
  const open = await openIssue(step);
  if (open === undefined) await api(step, { method: "POST", path: "/issues", body: { title: TITLE, body } });
  else await api(step, { method: "PATCH", path: `/issues/${open}`, body: { body } });
  step.print(annotation("notice", open === undefined ? "issue opened" : `issue ${open} updated`));
  return 0;
}

const BUDGET =
  "A nightly run draws a fresh seed and has an error budget of its own: a false verdict once in 1,000 nights a suite. Run the command above again with the same seed: the evidence is the same, so a failure is either a fault or that one night.";

async function openIssue(step: Step): Promise<number | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `/issues?state=open&sort=created&direction=asc&per_page=${PER_PAGE}&page=${page}`;
    const issues = z.array(issue).parse(await apiJson(step, { method: "GET", path }));
    const found = issues.find(({ body, user, pull_request }) => {
      return pull_request === undefined && user?.type === "Bot" && (body ?? "").startsWith(MARKER);
    });
    if (found !== undefined) return found.number;
    if (issues.length < PER_PAGE) return undefined;
  }
  return undefined;
}

function runLink({ env }: Step): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `\n[The run](${server}/${repository}/actions/runs/${run})\n` : "";
}
