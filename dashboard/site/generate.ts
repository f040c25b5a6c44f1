import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ClaimData } from "../src/components/claim-data.ts";
import { agreementPage } from "./agreement-page.ts";
import { changedClaims } from "./changes.ts";
import { claimCsv } from "./claim-csv.ts";
import { claimPage } from "./claim-page.ts";
import { claimData } from "./claim-view.ts";
import { comparePage } from "./compare-page.ts";
import { enginesData } from "./engine-view.ts";
import { enginesPage } from "./engines-page.ts";
import { historyPage } from "./history-page.ts";
import { page, plain } from "./html.ts";
import { type KnownClaim, readKnownClaims } from "./known-claims.ts";
import { overviewPage, overviewRows } from "./overview-page.ts";
import { readPaper } from "./paper-data.ts";
import { paperPage } from "./paper-page.ts";
import { runPage } from "./run-page.ts";
import { claimHistories, siteRuns } from "./runs.ts";
import { type Places, placesFrom, REPOSITORY, readSources, type ShownClaim, type Sources } from "./sources.ts";
import { speedPage } from "./speed-page.ts";
import { speedData } from "./speed-view.ts";
import { slugOf } from "./words.ts";

const FONTS = [
  "Main-Regular",
  "Main-Italic",
  "Math-Italic",
  "AMS-Regular",
  "Size1-Regular",
  "Size2-Regular",
  "Size3-Regular",
  "Size4-Regular",
];

/** Writes Framework's source folder: the style as it is, pages and data made from the files in `places`. */
export async function generate(places: Places, folder: string): Promise<void> {
  const known = await readKnownClaims(REPOSITORY);
  const sources = await readSources(places, known);
  const paper = readPaper(REPOSITORY, new Set(known.keys()));
  const slugs = new Map(sources.claims.map(({ id }, index) => [id, slugOf(id, index)]));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const json = (path: string, value: unknown) => write(path, JSON.stringify(value));

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["style.css", "favicon.svg"]) cpSync(join(REPOSITORY, "dashboard/src", name), join(folder, name));
  copyKatex(join(folder, "katex"));
  write("index.md", overviewPage(sources, changedClaims(sources, known), slugs));
  json("data/overview.json", overviewRows(sources, slugs));
  for (const claim of sources.claims) {
    const slug = slugs.get(claim.id)!;
    const checkedOut = sameClaim(claim, known);
    const data = claimData(claim, checkedOut, samplesOf(sources));
    json(`data/claims/${slug}.json`, data);
    json(`data/evidence/${slug}.json`, evidenceOf(claim));
    write(`data/claims/${slug}.csv`, claimCsv(claim));
    const runs = sources.history.filter((line) => line.claims.some(({ id }) => id === claim.id)).length;
    write(
      `claims/${slug}.md`,
      claimPage({ claim, slug, known: checkedOut, observed: isObserved(data), sources, papers: paper.papers, runs }),
    );
  }
  write("paper.md", paperPage(paper, sources.claims, slugs));
  json("data/paper.json", {
    ...paper.citations,
    title: paper.papers[paper.citations.paper]?.title,
    authors: paper.papers[paper.citations.paper]?.authors,
    terms: paper.keyTerms.terms,
  });
  const runs = siteRuns(sources);
  write("compare.md", comparePage(runs));
  for (const { key, line } of runs) json(`data/runs/${key}.json`, line);
  write("history.md", historyPage(sources.claims, slugs, sources.history.length));
  for (const [at, one] of claimHistories(sources).entries()) {
    json(`data/history/${slugs.get(sources.claims[at]!.id)!}.json`, one);
  }
  json("data/titles.json", titlesOf(sources.claims, slugs));
  json(
    "data/page-titles.json",
    Object.fromEntries(sources.claims.map(({ id, title }) => [slugs.get(id), plain(title)])),
  );
  write("run.md", runPage(sources));
  json("data/timings.json", timingsOf(sources, slugs));
  const agreement = join(REPOSITORY, "docs/engines/agreement.md");
  if (existsSync(agreement)) write("agreement.md", agreementPage(readFileSync(agreement, "utf8")));
  write("engines.md", enginesPage(sources.engineRun, slugs, existsSync(agreement)));
  if (sources.engineRun !== undefined) json("data/engines.json", enginesData(sources.engineRun, slugs));
  write("speed.md", speedPage(sources.speed));
  json("data/speed.json", speedData(sources.speed));
  write("interpreting.md", interpretingPage());
}

function sameClaim(claim: ShownClaim, known: ReadonlyMap<string, KnownClaim>): KnownClaim | undefined {
  const found = known.get(claim.id);
  return found?.hash === claim.hash ? found : undefined;
}

function samplesOf({ result }: Sources) {
  return result && { folder: result.folder, samples: result.result.provenance.samples };
}

function isObserved({ arms }: ClaimData): boolean {
  return arms.some(({ units }) => units.some(({ raw }) => raw !== undefined));
}

function evidenceOf({ origin, engine, commit, at, accepted, ...claim }: ShownClaim) {
  return { ...claim, provenance: { origin, engine, commit, at } };
}

/** By id; an id such as `__proto__` is a name like any other. */
function titlesOf(claims: readonly ShownClaim[], slugs: ReadonlyMap<string, string>) {
  return Object.fromEntries(claims.map(({ id, title }) => [id, { title: plain(title), slug: slugs.get(id) }]));
}

function timingsOf({ claims, provenance }: Sources, slugs: ReadonlyMap<string, string>) {
  return claims.map(({ id, title }) => ({
    title: plain(title),
    slug: slugs.get(id),
    seconds: provenance?.claimSeconds[id] ?? 0,
  }));
}

/** INTERPRETING.md as it is; Framework is kept from reading an expression into it, and its links go to the repository's pages. */
function interpretingPage(): string {
  const words = readFileSync(join(REPOSITORY, "INTERPRETING.md"), "utf8").replaceAll("${", "&#36;{");
  return page({ title: "How to read a verdict", toc: true }).concat(words);
}

function copyKatex(folder: string): void {
  const from = join(REPOSITORY, "node_modules/katex/dist");
  mkdirSync(join(folder, "fonts"), { recursive: true });
  const css = readFileSync(join(from, "katex.min.css"), "utf8");
  // Browsers that know modules know woff2.
  writeFileSync(join(folder, "katex.css"), css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ""));
  for (const font of FONTS) {
    const path = join(from, "fonts", `KaTeX_${font}.woff2`);
    if (existsSync(path)) cpSync(path, join(folder, "fonts", `KaTeX_${font}.woff2`));
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("generate requires the folder to write into");
await generate(placesFrom(process.env), folder);
