import { readProject } from "../../src/project/project.ts";
import { packageRoot } from "../../src/project/roots.ts";
import type { Picture } from "../browser/picture/picture-data.ts";
import { type KnownClaim, readKnownClaims } from "./sources/known-claims.ts";
import { type Paper, readPapers, readSourceWorks, type SourceWorks } from "./sources/papers.ts";
import { type Places, readSources, type ShownClaim, type Sources } from "./sources/sources.ts";
import { readTopics, type Topics } from "./sources/topics.ts";
import type { SampleFolder } from "./views/observations.ts";
import { claimPicture } from "./views/picture/claim-picture.ts";

/** All that pages are made of: what was read, checked, and named. */
export interface Site {
  /** What the project calls itself. */
  readonly title: string;
  /** Whether the project is plateau itself, whose engines are its own. */
  readonly ownEngines: boolean;
  /** Whether readers can draw: the engine that they draw with is bundled from the sources of a clone. */
  readonly plays: boolean;
  readonly sources: Sources;
  /** Claims of this checkout, by id. */
  readonly known: ReadonlyMap<string, KnownClaim>;
  readonly papers: readonly Paper[];
  readonly works: SourceWorks;
  readonly topics: Topics;
  readonly slugs: Slugs;
  /** Of each claim that this checkout has as it was judged, and whose samples lie beside the result; by id. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** The page of each claim below `claims/`, by the claim's id. */
export type Slugs = ReadonlyMap<string, string>;

/** A file of Framework's source folder: a page, or data that pages draw or offer. */
export interface SiteFile {
  readonly path: string;
  readonly content: string;
}

/** One kind of page: the one list of them is `page-list.ts`. */
export interface PageKind {
  /** Its path; a part in brackets stands for one page a claim or paper. */
  readonly path: string;
  /** Its entries in the sidebar, which may depend on what was read. */
  readonly entries: (site: Site) => readonly { readonly name: string; readonly path: string }[];
  /** The folder below `browser/` whose module of the same name draws it. */
  readonly draws?: string;
  readonly files: (site: Site) => Iterable<SiteFile> | AsyncIterable<SiteFile>;
}

/** Reads all that the site is made of. Throws where a file is there and cannot be believed. */
export async function readSite(places: Places): Promise<Site> {
  const { suites, repository } = places.roots;
  const known = await readKnownClaims(suites);
  const sources = await readSources(places, known);
  return {
    sources,
    known,
    ownEngines: repository === packageRoot(),
    plays: repository === packageRoot() && import.meta.url.endsWith(".ts"),
    title: readProject(repository).title ?? "Plateau",
    papers: readPapers(repository, new Set(known.keys())),
    works: readSourceWorks(repository),
    topics: readTopics(repository),
    pictures: picturesOf(sources, known),
    slugs: new Map(sources.claims.map(({ id }, index) => [id, slugOf(id, index)])),
  };
}

function picturesOf(sources: Sources, known: ReadonlyMap<string, KnownClaim>): ReadonlyMap<string, Picture> {
  return new Map(
    sources.claims.flatMap((claim) => {
      const picture = claimPicture(claim, asJudged(claim, known), samplesOf(sources));
      return picture === undefined ? [] : [[claim.id, picture] as const];
    }),
  );
}

/** The claim of this checkout where its content hash is that of the evidence. */
export function asJudged(claim: ShownClaim, known: ReadonlyMap<string, KnownClaim>): KnownClaim | undefined {
  const found = known.get(claim.id);
  return found?.hash === claim.hash ? found : undefined;
}

/** Where the samples of the shown result lie. */
export function samplesOf({ result }: Sources): SampleFolder | undefined {
  return result && { folder: result.folder, samples: result.result.provenance.samples };
}

/** A file of data. */
export function jsonFile(path: string, value: unknown): SiteFile {
  return { path, content: JSON.stringify(value) };
}

/** The page of a claim: its id where that is a plain path, else a made one. */
function slugOf(id: string, index: number): string {
  return /^[a-z0-9-]{1,80}(\/[a-z0-9-]{1,80}){2}$/.test(id) ? id : `other/${index}`;
}
