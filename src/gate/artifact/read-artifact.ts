import type { z } from "zod";
import { type Result, result as resultSchema } from "../../claim/result.ts";
import { type ChangeNotes, changeNotes } from "../../report/review/change-note.ts";
import { unboundIn } from "../../run/files/result-file.ts";
import { StepError } from "../step.ts";
import { readHostileJson } from "./hostile-json.ts";
import { pullRequestNote } from "./pack-artifact.ts";
import { readZip } from "./read-zip.ts";

/** A zip beyond this is not downloaded: results are 0.5 MB for 40 claims, a tenth of that packed. */
export const LARGEST_ARTIFACT = 4 * 2 ** 20;
const LIMITS = {
  "result.json": 16 * 2 ** 20,
  "changes.json": 4 * 2 ** 20,
  "pull-request.json": 16 * 2 ** 10,
} as const;

/** What a stranger's workflow left, checked by schema and nothing more: its texts are still a stranger's. */
export interface Artifact {
  readonly pullRequest: z.infer<typeof pullRequestNote>;
  readonly result: Result | undefined;
  readonly changes: ChangeNotes | undefined;
}

/** Reads a packed artifact as hostile. What is thrown may quote a name of it: print it as any other text of a stranger. */
export function readArtifact(zip: Buffer): Artifact {
  if (zip.length > LARGEST_ARTIFACT) {
    throw new StepError(`the artifact has ${zip.length} bytes, needed at most ${LARGEST_ARTIFACT}`);
  }
  const files = readZip(zip, LIMITS);
  const read = <S extends z.ZodType>(name: keyof typeof LIMITS, schema: S): z.infer<S> | undefined => {
    const bytes = files.get(name);
    return bytes === undefined ? undefined : readHostileJson(name, bytes, schema);
  };
  const pullRequest = read("pull-request.json", pullRequestNote);
  if (pullRequest === undefined)
    throw new StepError("the artifact has no pull-request.json, needed to know whose it is");
  const result = read("result.json", resultSchema);
  if (result === undefined && pullRequest.problem === undefined) {
    throw new StepError("the artifact has neither a result nor a reason why not, needed one of them");
  }
  const problem = result === undefined ? undefined : unboundIn(result);
  if (problem !== undefined) throw new StepError(`result.json of the artifact is not to be believed: ${problem}`);
  return { pullRequest, result, changes: read("changes.json", changeNotes) };
}
