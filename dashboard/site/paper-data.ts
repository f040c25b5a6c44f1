import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const web = z.string().regex(/^https:\/\//);

const papers = z.record(
  z.string(),
  z.strictObject({
    title: z.string(),
    authors: z.array(z.string()),
    year: z.int(),
    arxiv: z.string(),
    url: web,
    read: z.string(),
  }),
);

const citations = z.strictObject({
  paper: z.string(),
  published: z.string(),
  licence: z.string(),
  works: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      authors: z.array(z.string()),
      year: z.int(),
      url: web.nullable(),
      /** What is known of it: it cites the paper, the paper references it, or neither is known. */
      relation: z.enum(["cites", "referenced", "same-topic"]),
      /** How the relation is known. */
      basis: z.string(),
      claim: z.string().nullable(),
      /** Whether its claim can be an experiment here. */
      fits: z.enum(["yes", "partly", "no"]).nullable(),
      read: z.string(),
    }),
  ),
});

const keyTerms = z.strictObject({
  paper: z.string(),
  weights: z.string(),
  terms: z.array(z.strictObject({ term: z.string(), weight: z.number() })),
});

const abstract = z.strictObject({
  paper: z.string(),
  summary: z.array(z.string()),
  statements: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      words: z.string(),
      claims: z.array(z.string()),
      notCovered: z.array(z.strictObject({ what: z.string(), why: z.string() })),
    }),
  ),
});

export type Papers = z.infer<typeof papers>;
export type Citations = z.infer<typeof citations>;

/** What is known of the paper: files of its suite, none of them measured. */
export interface PaperData {
  readonly papers: Papers;
  readonly citations: Citations;
  readonly keyTerms: z.infer<typeof keyTerms>;
  readonly abstract: z.infer<typeof abstract>;
}

/** Throws where a file is not what its schema says, or where the abstract names a claim that no suite has. */
export function readPaper(root: string, known: ReadonlySet<string>): PaperData {
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> =>
    schema.parse(JSON.parse(readFileSync(join(root, "suites/orvieto2021", name), "utf8")));
  const data = {
    papers: read("papers.json", papers),
    citations: read("citations.json", citations),
    keyTerms: read("key-terms.json", keyTerms),
    abstract: read("abstract.json", abstract),
  };
  const unknown = data.abstract.statements.flatMap(({ claims }) => claims).find((id) => !known.has(id));
  if (unknown !== undefined) throw new Error(`abstract.json requires claims of a suite, it names ${unknown}`);
  return data;
}
