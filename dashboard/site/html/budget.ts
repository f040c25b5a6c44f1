import type { Evidence } from "../../../src/claim/result.ts";
import { budgetWords, levelWords, wholeBudgetWords, wideBudgetWords } from "../../../src/report/words/budget-words.ts";
import { list } from "./parts.ts";
import { type Html, html } from "./template.ts";

/** How sure a run's verdicts are: what is wider than usual first, then one sentence; suite by suite where a reader asks. */
export function budget(evidence: Evidence): Html {
  return html`${wideBudgetWords(evidence).map((line) => html`<p class="bad"><strong>${line}</strong></p>`)}
<p>${wholeBudgetWords(evidence)}</p>
<details><summary>Suite by suite, and what is assumed</summary>${list([...budgetWords(evidence), ...levelWords(evidence)])}</details>`;
}
