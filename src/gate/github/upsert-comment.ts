import { z } from "zod";
import { type Step, StepError } from "../step.ts";
import { ApiError, api, apiJson } from "./github-api.ts";

/** Which run wrote a comment: a later one replaces it, an earlier one that ends late does not. */
export interface CommentWriter {
  readonly run: number;
  readonly attempt: number;
}

/** Ours begin with this line, which GitHub does not show. */
const MARKER = /^<!-- plateau:report run=(\d{1,16}) attempt=(\d{1,6}) -->/;
const comment = z.object({
  id: z.int().positive(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});
type Comment = z.infer<typeof comment>;

const PER_PAGE = 100;
/** Beyond 3000 comments nobody reads the report either. */
const MOST_PAGES = 30;
/** Of several writers at once each does this much work at most. */
const TRIES = 4;

/**
 * Writes the one comment of a pull request, or writes it anew: found by a hidden marker in a comment of a bot, never of a
 * person. Two writers at once leave one comment, that of the later run. Gives what was done; `refused` is GitHub's 403 to a
 * token that may not write, as on a fork.
 */
export async function upsertComment(
  step: Step,
  pullRequest: number,
  { markdown, writer }: { readonly markdown: string; readonly writer: CommentWriter },
): Promise<"created" | "updated" | "superseded" | "refused"> {
  const body = `<!-- plateau:report run=${writer.run} attempt=${writer.attempt} -->\n${markdown}`;
  let created = false;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const [kept, ...doubles] = await ours(step, pullRequest);
      if (kept === undefined) {
        await api(step, { method: "POST", path: `/issues/${pullRequest}/comments`, body: { body } });
        created = true;
        // another run may have done the same meanwhile: look again
        continue;
      }
      const written = writtenBy(kept);
      const newest = [kept, ...doubles].every((each) => !isLater(writtenBy(each), writer));
      if (newest && (!isSame(written, writer) || kept.body !== body)) {
        await api(step, { method: "PATCH", path: `/issues/comments/${kept.id}`, body: { body } });
      }
      for (const double of doubles) {
        // a later run's own text is not thrown away before that run has seen the double itself
        if (!isLater(writtenBy(double), writer)) await remove(step, double);
      }
      return newest ? (created ? "created" : "updated") : "superseded";
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 403) return "refused";
      // a server's error may hide that the comment was written, and 404 that another run took it away
      if ((error.status !== 404 && error.status < 500 && error.status !== 0) || attempt === TRIES) throw error;
      await step.sleep(1000 * attempt);
    }
  }
  throw new StepError(`the comment on pull request ${pullRequest} is not there after it was written`);
}

/** Our comments, the oldest first: ids grow with time, and the oldest is the one that all writers keep. */
async function ours(step: Step, pullRequest: number): Promise<readonly Comment[]> {
  const found: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `/issues/${pullRequest}/comments?per_page=${PER_PAGE}&page=${page}`;
    const comments = z.array(comment).parse(await apiJson(step, { method: "GET", path }));
    found.push(...comments.filter(({ body, user }) => user?.type === "Bot" && MARKER.test(body ?? "")));
    if (comments.length < PER_PAGE) break;
  }
  return found.sort((a, b) => a.id - b.id);
}

async function remove(step: Step, { id }: Comment): Promise<void> {
  await api(step, { method: "DELETE", path: `/issues/comments/${id}` }).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  });
}

function writtenBy({ body }: Comment): CommentWriter {
  const [, run, attempt] = MARKER.exec(body ?? "") ?? [];
  return { run: Number(run ?? 0), attempt: Number(attempt ?? 0) };
}

function isLater(a: CommentWriter, b: CommentWriter): boolean {
  return a.run > b.run || (a.run === b.run && a.attempt > b.attempt);
}

function isSame(a: CommentWriter, b: CommentWriter): boolean {
  return a.run === b.run && a.attempt === b.attempt;
}
