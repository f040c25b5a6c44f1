import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ProjectError } from "./project-error.ts";

/** What a paper's abstract says, sentence by sentence: `suites/<paper>/abstract.json`. */
export const abstract = z.strictObject({
  paper: z.string(),
  summary: z.array(z.string()),
  statements: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      words: z.string(),
      claims: z.array(z.string()),
      /** The claim among them whose picture shows the sentence best. */
      picture: z.string().exactOptional(),
      notCovered: z.array(z.strictObject({ what: z.string(), why: z.string() })),
    }),
  ),
});

export type Abstract = z.infer<typeof abstract>;

/** The abstracts of a project's papers, by the names of their folders; none where no paper has one. Throws `ProjectError`. */
export function readAbstracts(repository: string): readonly Abstract[] {
  const suites = join(repository, "suites");
  if (!existsSync(suites)) return [];
  return readdirSync(suites)
    .sort()
    .map((name) => join(suites, name, "abstract.json"))
    .filter((path) => existsSync(path))
    .map(readAbstract);
}

function readAbstract(path: string): Abstract {
  try {
    return abstract.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const what = issue === undefined ? (error as Error).message : `${issue.path.join(".")}: ${issue.message}`;
    throw new ProjectError(`${path} requires the sentences of an abstract: ${what}`, { cause: error });
  }
}
