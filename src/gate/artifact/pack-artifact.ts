import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Result } from "../../claim/result.ts";
import { clip } from "../../report/layout/clip.ts";
import { sanitise } from "../../report/layout/sanitise.ts";
import type { ChangeNotes } from "../../report/review/change-note.ts";
import { placeOf } from "../place.ts";
import { readEvent, type Step } from "../step.ts";

const sha = z.string().regex(/^[0-9a-f]{40}$/);

/** `pull-request.json`: whose result it is, as the first workflow saw it; the second one believes none of it unchecked. */
export const pullRequestNote = z.strictObject({
  schema: z.literal(1),
  number: z.int().positive().max(1e9),
  /** Head of the pull request, not of the merge that was checked out. */
  head: sha,
  /** Why there is no result, where there is none. */
  problem: z.string().max(2000).optional(),
});

const event = z.object({
  pull_request: z.object({ number: z.int().positive(), head: z.object({ sha }) }),
});

interface Contents {
  readonly result?: Result;
  readonly changes?: ChangeNotes;
  readonly problem?: string;
}

/** Writes the files of the artifact: the result and its changes, and for a pull request whose they are. */
export function packArtifact(step: Step, { result, changes, problem }: Contents): void {
  const folder = placeOf(step, "artifact");
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), `${JSON.stringify(value)}\n`);
  if (result !== undefined) write("result.json", result);
  if (changes !== undefined) write("changes.json", changes);
  const parsed = event.safeParse(readEvent(step));
  if (!parsed.success) return;
  const { number, head } = parsed.data.pull_request;
  const why = problem === undefined ? {} : { problem: clip(sanitise(problem), 2000) };
  write("pull-request.json", { schema: 1, number, head: head.sha, ...why });
}
