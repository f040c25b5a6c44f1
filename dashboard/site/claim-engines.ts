import type { ComparedArm } from "../../src/claim/engine-comparison.ts";
import type { ArmEvidence } from "../../src/claim/result.ts";
import { type ClaimOnEngines, claimsOnEngines, ESTIMATE_HEAD, estimateCells, smallText } from "./engine-view.ts";
import { table, text } from "./html.ts";
import type { EngineRun, ShownClaim } from "./sources.ts";
import { stateBadge, timeWord } from "./words.ts";

/** A claim's verdicts and estimates on the other engines; nothing where no run with several engines has it. */
export function claimEnginesSection(claim: ShownClaim, run: EngineRun | undefined, root: string): string {
  const found = run && claimsOnEngines(run).find(({ id }) => id === claim.id);
  if (run === undefined || found === undefined) return "";
  const primary = run.provenance.engine.name;
  return `<h2 id="engines">On other engines</h2>
<p>The same claim on ${names(found)} beside <b>${text(primary)}</b>, in the run of ${timeWord(run.provenance.startedAt)}, tier ${run.evidence.tier}. <a href="${root}engines">All claims, and what the engines are</a>.${otherVersion(claim, found)}</p>
${verdicts(found, primary)}
${found.others.map(({ engine, arms }) => (arms === undefined ? "" : differences(engine, arms, primary))).join("\n")}`;
}

function names({ others }: ClaimOnEngines): string {
  return others.map(({ engine }) => `<b>${text(engine)}</b>`).join(", ");
}

function otherVersion(claim: ShownClaim, { hash }: ClaimOnEngines): string {
  return hash === claim.hash ? "" : " <b>That run judged another version of this claim.</b>";
}

function verdicts({ arms, others }: ClaimOnEngines, primary: string): string {
  const rows = arms.map((arm) => [
    armText(arm),
    stateBadge(arm.state),
    ...others.map(({ arms: compared }) => {
      const other = compared?.find(({ name }) => name === arm.name);
      return other === undefined ? "–" : `${stateBadge(other.other)}${reasonText(other)}`;
    }),
  ]);
  const head = ["arm", text(primary), ...others.map(({ engine }) => text(engine))];
  return table(head, rows, "Verdicts on each engine");
}

/** What was refused stands below, cell by cell. */
function reasonText({ reason, unsupported }: ComparedArm): string {
  return reason === undefined || unsupported.length > 0 ? "" : `<br><small>${text(reason)}</small>`;
}

function differences(engine: string, arms: readonly ComparedArm[], primary: string): string {
  const rows = arms.flatMap((arm) =>
    arm.estimates.map((estimate) => [
      armText(arm),
      text(estimate.label) || "the one cell",
      smallText(estimate.primary),
      smallText(estimate.other),
      ...estimateCells(estimate),
    ]),
  );
  const head = ["arm", "cell", text(primary), text(engine), ...ESTIMATE_HEAD];
  const numbers = table(head, rows, `Estimates on ${text(engine)}`);
  const equal = arms.every(({ estimates }) => estimates.every(({ paired }) => paired?.differing === 0));
  return `<h3>${text(engine)}</h3>
${rows.length === 0 ? `<p class="muted">No estimate could be compared.</p>` : equal ? folded(rows.length, numbers) : numbers}
${refusedCells(arms)}`;
}

/** Where no observation differs, the numbers are those above. */
function folded(count: number, numbers: string): string {
  const words = count === 1 ? "The one estimate is" : `All ${count} estimates are`;
  return `<p>${words} equal, and so is every observation to its last bit.</p>
<details><summary>The numbers</summary>
${numbers}
</details>`;
}

/** One list a reason: whole families of cells are refused for the same one. */
function refusedCells(arms: readonly ComparedArm[]): string {
  const cells = arms.flatMap((arm) => arm.unsupported.map((one) => ({ ...one, arm })));
  const reasons = [...new Set(cells.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const own = cells.filter((one) => one.reason === reason);
      const list = own.map(
        ({ arm, cell, role }) =>
          `${armText(arm)}: ${text(cell) || "the one cell"}${role === "against" ? ", what it is held against" : ""}`,
      );
      return `<p><span class="badge open"><span aria-hidden="true">○</span> refused</span> ${text(reason)}</p>
<ul>${[...new Set(list)].map((one) => `<li>${one}</li>`).join("\n")}</ul>`;
    })
    .join("\n");
}

function armText({ kind, name }: Pick<ArmEvidence, "kind" | "name">): string {
  return kind === "claimed" ? "claimed" : `control ${text(name)}`;
}
