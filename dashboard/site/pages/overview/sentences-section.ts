import { OUTCOME_WORDS } from "../../../../src/report/words/verdict-words.ts";
import { badge, originTags, outcomeBadge } from "../../html/badges.ts";
import { list } from "../../html/parts.ts";
import { type Content, type Html, html, joined } from "../../html/template.ts";
import type { Site } from "../../site.ts";
import { shortName } from "../../sources/papers.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { thumbnail } from "../../views/picture/thumbnail.ts";
import { countOutcomes, type Sentence, sentencesOf } from "../../views/sentences.ts";
import { pathOf } from "../paper/paper-page.ts";

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/**
 * What each paper's abstract says, sentence by sentence: its verdict, what carries it, and what is not covered. A paper of which
 * nothing was run is left to its own page, unless that is so of all.
 */
export function sentencesSection(site: Site): Html {
  const sentences = sentencesOf(site);
  const papers = site.papers
    .filter(({ abstract }) => abstract !== undefined)
    .map((paper) => ({ paper, own: sentences.filter((one) => one.paper === paper) }));
  const checked = papers.filter(({ own }) => own.some(({ verdict }) => verdict !== "nothing"));
  const shown = checked.length > 0 ? checked : papers;
  return html`${shown.map(
    ({ paper, own }) => html`<section aria-labelledby="sentences-${paper.name}">
<h2 id="sentences-${paper.name}">${shown.length === 1 ? "The paper" : shortName(paper.work)} in ${numberWord(own.length)} sentences</h2>
<p>${headline(own)}</p>
<ol class="sentences">${own.map((one) => sentenceItem(one, site))}</ol>
</section>
`,
  )}`;
}

/** `Of the five things that the abstract says, four hold …`: the answer to the page's question. */
function headline(sentences: readonly Sentence[]): Html {
  const gaps = sentences.filter(({ statement }) => statement.notCovered.length > 0).length;
  const covered =
    gaps > 0 &&
    ` Of ${numberWord(gaps)} of them, some part is not covered by any experiment here; it is named beside ${gaps === 1 ? "it" : "each"}.`;
  return html`Of the ${numberWord(sentences.length)} things that the abstract says, ${joined(countWords(sentences), ", ")}.${covered}`;
}

function countWords(sentences: readonly Sentence[]): readonly Html[] {
  const having = (...verdicts: readonly Sentence["verdict"][]) =>
    sentences.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const counts = [
    [having("holds"), "hold", "holds"],
    [having("fails"), "do not hold", "does not hold"],
    [
      having("undecided"),
      "could not be decided with this much evidence",
      "could not be decided with this much evidence",
    ],
    [having("crashed", "timed-out", "skipped"), "could not be measured", "could not be measured"],
    [having("nothing"), "were not checked here", "was not checked here"],
  ] as const;
  return counts.flatMap(([count, many, one]) =>
    count === 0 ? [] : [html`<b>${numberWord(count)}</b> ${count === 1 ? one : many}`],
  );
}

/**
 * Of several papers, one line each: whether what its abstract says holds, with a link to the sentences; of one that has none here,
 * what became of its claims.
 */
export function papersSection(site: Site): Content {
  const papers = site.papers.filter(({ name }) => claimsOf(name, site).length > 0);
  if (papers.length < 2) return undefined;
  const sentences = sentencesOf(site);
  const lines = papers.map((paper) => {
    const own = sentences.filter((one) => one.paper === paper);
    const isShown = own.some(({ verdict }) => verdict !== "nothing");
    const href = isShown ? `#sentences-${paper.name}` : `./${pathOf(paper)}`;
    return html`<a href="${href}">${shortName(paper.work)}</a>: ${isShown ? countsOf(own) : claimsWords(claimsOf(paper.name, site))}`;
  });
  return html`<section aria-labelledby="papers"><h2 id="papers">${papers.length} papers, one line each</h2>
${list(lines, "plain papers")}</section>`;
}

/** `of five sentences three hold, one could not be decided …`. */
function countsOf(sentences: readonly Sentence[]): Html {
  return html`of the ${numberWord(sentences.length)} things that the abstract says, ${joined(countWords(sentences), ", ")}`;
}

function claimsOf(paper: string, { sources: { claims } }: Site): readonly ShownClaim[] {
  return claims.filter(({ id }) => id.startsWith(`${paper}/`));
}

/** `4 claims, of which 3 hold, 1 undecided`. */
export function claimsWords(own: readonly ShownClaim[]): string {
  return `${claimCount(own.length)}, of which ${tally(countOutcomes(own))}`;
}

function claimCount(count: number): string {
  return `${count} ${count === 1 ? "claim" : "claims"}`;
}

function sentenceItem({ paper, statement, verdict, shown, absent }: Sentence, { slugs, pictures }: Site): Html {
  const { id, title, words, notCovered } = statement;
  const links = shown.map(
    (claim) =>
      html`${outcomeBadge(claim.outcome)} <a href="./claims/${slugs.get(claim.id)}">${claim.title}</a> <span class="tag grade-${claim.source.grade}">${claim.source.grade}</span>${originTags(claim)}`,
  );
  const missing = absent.map((one) => html`<span class="muted">not in this run:</span> ${one}`);
  const partly = (notCovered.length > 0 || missing.length > 0) && html` <span class="tag">in part</span>`;
  return html`<li class="sentence">
<div class="pictured">${sentencePicture(statement.picture, shown, pictures)}</div>
<h3><a href="./${pathOf(paper)}#${id.toLowerCase()}">${title}</a></h3>
<p class="verdict">${verdictBadge(verdict)}${verdict !== "nothing" && partly}</p>
<p>${words}</p>
<p class="carried">${carriedBy(shown)}${missing.length > 0 && ` ${missing.length} more ${missing.length === 1 ? "is" : "are"} not in this run.`}</p>
${notCovered.map(({ what, why }) => html`<p class="gap">${badge("open", "○", "Not covered:")} ${what}; ${why}.</p>\n`)}
${links.length + missing.length > 0 && html`<details><summary>${claimCount(links.length + missing.length)}</summary>${list([...links, ...missing], "plain")}</details>`}
</li>
`;
}

/** The picture that the paper's folder chose, else that of the first claim that has one over an axis, or any; its page has it large. */
function sentencePicture(chosen: string | undefined, shown: Sentence["shown"], pictures: Site["pictures"]): Content {
  const drawn = shown.flatMap(({ id }) => pictures.get(id) ?? []);
  const over = drawn.find(({ form, across }) => form === "across" && across.places === undefined);
  const picture = (chosen === undefined ? undefined : pictures.get(chosen)) ?? over ?? drawn[0];
  return picture && thumbnail(picture);
}

function verdictBadge(verdict: Sentence["verdict"]): Html {
  return verdict === "nothing" ? badge("open", "○", "not checked") : outcomeBadge(verdict);
}

/** `6 claims say so with the paper: 6 hold; 3 consequences that we derived: 2 hold, 1 undecided`. */
function carriedBy(claims: Sentence["shown"]): Content {
  const stated = countOutcomes(claims, "stated");
  const derived = countOutcomes(claims, "derived");
  const parts = [
    ...(stated.all > 0
      ? [`${stated.all} ${stated.all === 1 ? "claim" : "claims"} as the paper states it: ${tally(stated)}`]
      : []),
    ...(derived.all > 0
      ? [`${derived.all} ${derived.all === 1 ? "consequence" : "consequences"} that we derived: ${tally(derived)}`]
      : []),
  ];
  return parts.length === 0 ? "No experiment of this run judges it." : `${parts.join(". ")}.`;
}

/** `5 hold, 1 undecided`. */
export function tally({ hold, fail, open, broken }: ReturnType<typeof countOutcomes>): string {
  const parts = [
    [hold, hold === 1 ? OUTCOME_WORDS.holds.word : "hold"],
    [fail, fail === 1 ? OUTCOME_WORDS.fails.word : "fail"],
    [open, OUTCOME_WORDS.undecided.word],
    [broken, "not measured"],
  ] as const;
  return parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(", ") || "none";
}

function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}
