import type { Picture } from "../../../browser/picture/picture-data.ts";
import { originTags, outcomeBadge } from "../../html/badges.ts";
import { page, playFiles } from "../../html/page.ts";
import { html } from "../../html/template.ts";
import { plain } from "../../html/tex.ts";
import { GRADE_WORDS } from "../../html/words.ts";
import { asJudged, jsonFile, type PageKind, type Site, type SiteFile, samplesOf } from "../../site.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { topicOf, topicTitle } from "../../sources/topics.ts";
import { claimCsv } from "../../views/claim-csv.ts";
import { claimData } from "../../views/claim-view.ts";
import { pictureCsv } from "../../views/picture/picture-csv.ts";
import { aboutSection, saidSection } from "./about-section.ts";
import { controlsSection, measuredSection } from "./arm-sections.ts";
import { claimEnginesSection } from "./claim-engines.ts";
import { numbersSection, powerSection } from "./number-sections.ts";
import { pictureSection } from "./picture-section.ts";
import { playSection } from "./play-section.ts";
import { provenanceSection, reproduceSection } from "./reproduce-section.ts";

/** What a claim's page is made of. */
export interface ShownOnPage {
  readonly claim: ShownClaim;
  readonly slug: string;
  /** From the page to the top of the site. */
  readonly root: string;
  /** The claim of this checkout where its content hash is that of the evidence. */
  readonly known: KnownClaim | undefined;
  /** Whether raw observations could be read. */
  readonly observed: boolean;
  readonly site: Site;
}

/** One claim a page: what is said, what was predicted, what was found, what would have been seen, how to do it again. */
export const claimPages: PageKind = {
  path: "claims/[claim]",
  entries: () => [],
  draws: "claim",
  files: async function* (site) {
    for (const claim of site.sources.claims) yield* claimFiles(claim, site);
  },
};

async function* claimFiles(claim: ShownClaim, site: Site): AsyncGenerator<SiteFile> {
  const slug = site.slugs.get(claim.id)!;
  const known = asJudged(claim, site.known);
  const data = claimData(claim, known, samplesOf(site.sources));
  const observed = data.arms.some(({ units }) => units.some(({ raw }) => raw !== undefined));
  const root = "../".repeat(slug.split("/").length);
  const picture = site.pictures.get(claim.id);
  yield { path: `claims/${slug}.md`, content: claimPage({ claim, slug, root, known, observed, site }, picture) };
  yield jsonFile(`data/claims/${slug}.json`, data);
  yield jsonFile(`data/pictures/${slug}.json`, picture ?? null);
  if (picture !== undefined) yield { path: `data/pictures/${slug}.csv`, content: await pictureCsv(picture) };
  yield jsonFile(`data/evidence/${slug}.json`, evidenceOf(claim));
  yield { path: `data/claims/${slug}.csv`, content: await claimCsv(claim) };
}

function evidenceOf({ origin, engine, commit, at, accepted, digests, ...claim }: ShownClaim) {
  return { ...claim, provenance: { origin, engine, commit, at } };
}

function claimPage(shown: ShownOnPage, picture: Picture | undefined): string {
  const { claim, slug, root, site } = shown;
  const topic = topicOf(claim.id);
  return page(
    {
      title: plain(claim.title),
      keywords: [claim.id, claim.outcome, claim.source.grade, topic, ...searchWords(shown)].map(plain).join(", "),
      index: true,
      toc: false,
    },
    [
      html`<p class="crumbs"><a href="${root}">Overview</a> <span aria-hidden="true">/</span> <a rel="external" href="${root}?topic=${encodeURIComponent(topic)}">${topicTitle(topic, site.topics)}</a></p>`,
      html`<h1>${claim.title}</h1>`,
      html`<p class="badges">${outcomeBadge(claim.outcome)} <span class="tag">tier ${claim.tier}</span> <span class="tag grade-${claim.source.grade}">${GRADE_WORDS[claim.source.grade]}</span>${originTags(claim)}${claim.origin === "baseline" && html` <span class="tag">accepted baseline</span>`}</p>`,
      saidSection(shown),
      pictureSection(shown, picture),
      playSection(shown),
      aboutSection(shown),
      measuredSection(shown),
      controlsSection(shown),
      powerSection(claim),
      numbersSection(claim),
      claimEnginesSection(claim, site.sources.engineRun, root),
      reproduceSection(shown),
      provenanceSection(shown),
    ],
    {
      root,
      module: "claim",
      call: "drawClaim",
      data: [`data/claims/${slug}.json`, `data/pictures/${slug}.json`, playFiles(site)],
    },
  );
}

/** What a reader may look for that stands in formulas or names only: the statement, the measure and the axes. */
function searchWords({ claim, known }: ShownOnPage): readonly string[] {
  const axes = known?.axes.map(({ name }) => name) ?? [];
  return [claim.statement, ...(known === undefined ? [] : [known.measure]), ...axes];
}
