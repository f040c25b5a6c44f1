import type { ComparedArm } from "../../../../src/claim/engine-comparison.ts";
import { badge, stateBadge } from "../../html/badges.ts";
import { list, table } from "../../html/parts.ts";
import { type Content, type Html, html, joined } from "../../html/template.ts";
import { timeWord } from "../../html/words.ts";
import type { EngineRun, ShownClaim } from "../../sources/sources.ts";
import { armName } from "../../views/arm-name.ts";
import {
  type ClaimOnEngines,
  claimsOnEngines,
  ESTIMATE_HEAD,
  estimateCells,
  smallText,
} from "../../views/engine-view.ts";

/** A claim's verdicts and estimates on the other engines; nothing where no run with several engines has it. */
export function claimEnginesSection(claim: ShownClaim, run: EngineRun | undefined, root: string): Content {
  const found = run && claimsOnEngines(run).find(({ id }) => id === claim.id);
  if (run === undefined || found === undefined) return undefined;
  const primary = run.provenance.engine.name;
  return html`<h2 id="engines">On other engines</h2>
<p>The same claim on ${names(found)} beside <b>${primary}</b>, in the run of ${timeWord(run.provenance.startedAt)}, tier ${run.evidence.tier}. <a href="${root}engines">All claims, and what the engines are</a>.${otherVersion(claim, found)}</p>
${verdicts(found, primary)}
${found.others.map(({ engine, arms }) => (arms === undefined ? "" : differences(engine, arms, primary)))}`;
}

function names({ others }: ClaimOnEngines): Html {
  return joined(
    others.map(({ engine }) => html`<b>${engine}</b>`),
    ", ",
  );
}

function otherVersion(claim: ShownClaim, { hash }: ClaimOnEngines): Content {
  return hash === claim.hash ? "" : " <b>That run judged another version of this claim.</b>";
}

function verdicts({ arms, others }: ClaimOnEngines, primary: string): Html {
  const rows = arms.map((arm) => [
    armName(arm, arms),
    stateBadge(arm.state),
    ...others.map(({ arms: compared }) => {
      const other = compared?.find(({ name }) => name === arm.name);
      return other === undefined ? "–" : html`${stateBadge(other.other)}${reasonText(other)}`;
    }),
  ]);
  const head = ["arm", primary, ...others.map(({ engine }) => engine)];
  return table(head, rows, "Verdicts on each engine");
}

/** What was refused stands below, cell by cell. */
function reasonText({ reason, unsupported }: ComparedArm): Content {
  return reason === undefined || unsupported.length > 0 ? undefined : html`<br><small>${reason}</small>`;
}

function differences(engine: string, arms: readonly ComparedArm[], primary: string): Html {
  const rows = arms.flatMap((arm) =>
    arm.estimates.map((estimate) => [
      armName(arm, arms),
      estimate.label || "the one cell",
      smallText(estimate.primary),
      smallText(estimate.other),
      ...estimateCells(estimate),
    ]),
  );
  const head = ["arm", "cell", primary, engine, ...ESTIMATE_HEAD];
  const numbers = table(head, rows, `Estimates on ${engine}`);
  const equal = arms.every(({ estimates }) => estimates.every(({ paired }) => paired?.differing === 0));
  return html`<h3>${engine}</h3>
${rows.length === 0 ? html`<p class="muted">No estimate could be compared.</p>` : equal ? folded(rows.length, numbers) : numbers}
${refusedCells(arms)}`;
}

/** Where no observation differs, the numbers are those above. */
function folded(count: number, numbers: Html): Html {
  const words = count === 1 ? "The one estimate is" : `All ${count} estimates are`;
  return html`<p>${words} equal, and so is every observation to its last bit.</p>
<details><summary>The numbers</summary>
${numbers}
</details>`;
}

/** One list a reason: whole families of cells are refused for the same one. */
function refusedCells(arms: readonly ComparedArm[]): Content {
  const cells = arms.flatMap((arm) => arm.unsupported.map((one) => ({ ...one, arm })));
  const reasons = [...new Set(cells.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const own = cells.filter((one) => one.reason === reason);
    const places = own.map(
      ({ arm, cell, role }) =>
        `${armName(arm, arms)}: ${cell || "the one cell"}${role === "against" ? ", what it is held against" : ""}`,
    );
    return html`<p>${badge("open", "○", "refused")} ${reason}</p>
${list([...new Set(places)])}`;
  });
}
