import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { type Abstract, abstract } from "../../../src/project/abstracts.ts";
import { type NamedPicture, readPaperPictures } from "./paper-pictures.ts";

const web = z.string().regex(/^https:\/\//);

const works = z.record(
  z.string(),
  z.strictObject({
    title: z.string(),
    authors: z.array(z.string()),
    year: z.int(),
    arxiv: z.string().exactOptional(),
    url: web.exactOptional(),
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

export type SourceWork = z.infer<typeof works>[string];
export type Citations = z.infer<typeof citations>;
export type KeyTerms = z.infer<typeof keyTerms>;

export type { Abstract };

/** A paper whose claims are below `suites/<name>`: files of that folder, none of them measured. */
export interface Paper {
  /** Of its folder. */
  readonly name: string;
  /** The paper itself, and which of the sources it is. */
  readonly source: string;
  readonly work: SourceWork;
  /** In sentences, each with the claims that carry it; undefined where nobody has written that yet. */
  readonly abstract: Abstract | undefined;
  readonly citations: Citations | undefined;
  readonly keyTerms: KeyTerms | undefined;
  readonly pictures: readonly NamedPicture[];
}

/** What claims may name as their source, by that name. */
export type SourceWorks = ReadonlyMap<string, SourceWork>;

/** Throws where a file is not what its schema says. */
export function readSourceWorks(root: string): SourceWorks {
  return new Map(
    foldersOf(root).flatMap((folder) => Object.entries(readFile(join(folder, "papers.json"), works) ?? {})),
  );
}

/**
 * The papers below `suites/`: each folder that says in its papers.json which work it is. Throws where a file is not what its schema says, or where an
 * abstract names a claim that no suite has.
 */
export function readPapers(root: string, known: ReadonlySet<string>): readonly Paper[] {
  const sources = readSourceWorks(root);
  return foldersOf(root).flatMap((folder) => {
    const name = basename(folder);
    const found = readFile(join(folder, "abstract.json"), abstract);
    if (found !== undefined) requireKnown(found, { known, sources, path: join(folder, "abstract.json") });
    const source = found?.paper ?? ownSource(name, readFile(join(folder, "papers.json"), works));
    const work = source === undefined ? undefined : sources.get(source);
    if (source === undefined || work === undefined) return [];
    return [
      {
        ...{ name, source, work, abstract: found },
        citations: readFile(join(folder, "citations.json"), citations),
        keyTerms: readFile(join(folder, "key-terms.json"), keyTerms),
        pictures: readPaperPictures(folder),
      },
    ];
  });
}

/** Of the works that a paper's claims may name, the paper itself: the one that is called as its folder, in its first version. */
function ownSource(folder: string, named: Readonly<Record<string, SourceWork>> | undefined): string | undefined {
  return Object.keys(named ?? {})
    .filter((name) => name.split("@")[0] === folder)
    .sort()[0];
}

function requireKnown(
  { paper, statements }: Abstract,
  {
    known,
    sources,
    path,
  }: { readonly known: ReadonlySet<string>; readonly sources: SourceWorks; readonly path: string },
): void {
  if (!sources.has(paper)) throw new Error(`${path} requires a paper of papers.json, it names ${paper}`);
  const named = statements.flatMap(({ claims, picture }) => (picture === undefined ? claims : [...claims, picture]));
  const unknown = named.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Error(`${path} requires claims of a suite, it names ${unknown}`);
}

/** `Curie et al. 1903`. */
export function shortName({ authors, year }: SourceWork): string {
  const [first = "", second] = authors.map((name) => name.split(" ").at(-1)!);
  const names = authors.length > 2 ? `${first} et al.` : second === undefined ? first : `${first} and ${second}`;
  return `${names} ${year}`.trim();
}

function foldersOf(root: string): readonly string[] {
  const suites = join(root, "suites");
  return readdirSync(suites, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [join(suites, entry.name)] : []))
    .sort();
}

function readFile<S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined {
  if (!existsSync(path)) return undefined;
  const found = schema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`${path} requires a file of the paper: ${issue!.path.join(".")}: ${issue!.message}`);
}
