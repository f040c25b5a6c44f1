import { OUTCOME_WORDS } from "../../../../src/report/words/verdict-words.ts";
import { option } from "../../html/parts.ts";
import { type Html, html } from "../../html/template.ts";
import { GRADE_WORDS } from "../../html/words.ts";
import type { Sources } from "../../sources/sources.ts";
import { type Topics, topicTitle } from "../../sources/topics.ts";
import { TIERS, tiersOf, verdictsOf } from "../../views/overview-rows.ts";

/** What the claims can be filtered by; the choice is in the address. */
export function claimFilters({ claims, engineRun }: Sources, topics: readonly string[], titles: Topics): Html {
  const outcomes = [...new Set(claims.map(({ outcome }) => outcome))];
  const engines = [...new Set(claims.flatMap((claim) => verdictsOf(claim, engineRun).map(({ engine }) => engine)))];
  const tiers = TIERS.filter((tier) => claims.some((claim) => tiersOf(claim).includes(tier)));
  const select = (label: string, name: string, options: readonly Html[], all = "all") =>
    html`<label>${label} <select name="${name}">${option("", all)}${options}</select></label>\n`;
  return html`<h2 id="claims">Claims</h2>
<form id="filters" class="filters" role="search" aria-label="Filter the claims">
<label>Search <input type="search" name="q" placeholder="curvature, width, …" autocomplete="off"></label>
${select(
  "Topic",
  "topic",
  topics.map((topic) => option(topic, topicTitle(topic, titles))),
)}
${select(
  "State",
  "outcome",
  outcomes.map((one) => option(one, OUTCOME_WORDS[one].word)),
)}
${select(
  "Grade",
  "grade",
  Object.entries(GRADE_WORDS).map(([grade, word]) => option(grade, word)),
)}
${select(
  "Tier",
  "tier",
  tiers.map((tier) => option(tier, tier)),
  "any",
)}
${select(
  "Engine",
  "engine",
  engines.map((engine) => option(engine, engine)),
  "any",
)}
<output id="shown" role="status">${claims.length} of ${claims.length} claims</output>
</form>`;
}
