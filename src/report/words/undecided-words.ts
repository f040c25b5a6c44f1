import type { ArmEvidence, Evidence } from "../../claim/result.ts";
import { countText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { openParts, partInterval } from "./part-words.ts";

/** One line for each arm that could not be decided: what it is, how much was sampled and how much would have done. */
export function undecidedWords(evidence: Evidence): readonly string[] {
  return evidence.claims.flatMap((claim) => [
    ...claim.arms
      .filter(({ state }) => state === "inconclusive")
      .map((arm) => {
        const control = arm.kind === "control" ? `, control ${sanitise(arm.name)}` : "";
        return `${sanitise(claim.id)}${control}: ${cellsWords(arm)}${refusalWords(arm)}${openWords(arm)}${needWords(arm)}`;
      }),
    ...(claim.outcome === "undecided" && !claim.arms.some(({ kind }) => kind === "control")
      ? [`${sanitise(claim.id)}: no control at this tier, so nothing shows that it could fail`]
      : []),
  ]);
}

/** The first refusal, in the judge's own words. */
function refusalWords(arm: ArmEvidence): string {
  const refused = arm.units.find((unit) => unit.refused !== undefined);
  return refused === undefined ? "" : `, refused: ${sanitise(refused.label)}: ${sanitise(refused.refused!)}`;
}

/** Which parts of a question keep it open, with their intervals. */
function openWords(arm: ArmEvidence): string {
  const open = arm.units.flatMap(openParts).map((part) => `${sanitise(part.label)} (${partInterval(part)})`);
  return open.length === 0 ? "" : `, open: ${open.join(", ")}`;
}

function cellsWords(arm: ArmEvidence): string {
  const open = arm.units.filter(({ state }) => state === "inconclusive");
  const sampled = Math.max(0, ...open.flatMap(({ cells }) => cells.map((at) => arm.cells[at]?.replicates ?? 0)));
  const which = arm.units.length === 1 ? "" : `${open.length} of ${arm.units.length} cells, `;
  return `${which}${countText(sampled)} replicates a cell`;
}

/** The most that any cell would need; a cell whose true value lies on the margin needs more than any number. */
function needWords(arm: ArmEvidence): string {
  const needs = arm.units.flatMap(({ wouldNeed }) => wouldNeed ?? []);
  return needs.length === 0 ? "" : `, about ${countText(Math.max(...needs))} would decide it`;
}
