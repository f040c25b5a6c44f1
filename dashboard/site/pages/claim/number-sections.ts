import type { ArmEvidence, UnitEvidence } from "../../../../src/claim/result.ts";
import { chanceText, countText } from "../../../../src/report/layout/number-text.ts";
import { type PartPlace, placeOfPart } from "../../../../src/report/words/part-words.ts";
import { badge, shortControlBadge, stateBadge } from "../../html/badges.ts";
import { table } from "../../html/parts.ts";
import { readable } from "../../html/readable.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { armName } from "../../views/arm-name.ts";
import { pageText } from "../../views/page-text.ts";
import { smallestEffect } from "../../views/power.ts";

/** What would have been seen, had it been there. */
export function powerSection({ arms }: ShownClaim): Content {
  const claimed = arms.find(({ kind }) => kind === "claimed");
  if (claimed === undefined || claimed.units.length === 0) return undefined;
  const rows = claimed.units.map((unit) => [
    unit.label || "the one cell",
    marginText(unit),
    pageText(unit).interval,
    readable(smallestEffect(unit)),
    neededText(unit),
  ]);
  return html`<h2 id="power">Power</h2>
<p class="muted">The smallest effect that would have been seen: with intervals as wide as here, such a true value is refuted but for a chance of about ${chanceText(claimed.units[0]!.level)}.</p>
${table(["cell", "region", "measured interval", "would have been seen", "needed to decide"], rows, "Power")}`;
}

function marginText(unit: UnitEvidence): string {
  const { predicted, margin } = pageText(unit);
  return `${predicted} ${margin}`.trim();
}

function neededText({ wouldNeed, state }: UnitEvidence): string {
  if (wouldNeed) return `${countText(Math.max(...wouldNeed))} replicates a cell`;
  return state === "inconclusive" ? "not known" : "enough here";
}

/** Every question of every arm, and its answer. */
export function numbersSection({ arms }: ShownClaim): Html {
  const rows = arms.flatMap((arm) => {
    const named = { arm, name: armName(arm, arms) };
    return arm.units.flatMap((unit) => [numbersRow(named, unit), ...partRows(named, unit)]);
  });
  const head = ["arm", "cell", "predicted", "margin", "rivals", "measured", "interval", "replicates", "verdict"];
  return html`<h2 id="numbers">Numbers</h2>
${table(head, rows, "Numbers")}`;
}

interface NamedArm {
  readonly arm: ArmEvidence;
  readonly name: string;
}

function numbersRow({ arm, name }: NamedArm, unit: UnitEvidence): readonly Content[] {
  const { predicted, margin, measured, interval } = pageText(unit);
  return [
    name,
    unit.label || "the one cell",
    predicted || "–",
    margin,
    unit.rivals.map((rival) => readable(String(Number(rival.toPrecision(4))))).join(", ") || "–",
    html`<b>${measured}</b>`,
    interval,
    countText(unit.cells.reduce((sum, cell) => sum + (arm.cells[cell]?.counted ?? 0), 0)),
    arm.kind === "claimed" ? stateBadge(unit.state) : shortControlBadge(unit.state),
  ];
}

/** What a question asks for together, part by part: each with its own interval against the question's region. */
function partRows({ arm, name }: NamedArm, unit: UnitEvidence): readonly (readonly Content[])[] {
  return (unit.parts ?? []).map((part) => {
    const { measured, interval } = pageText({ ...unit, estimate: part.estimate, interval: part.interval });
    const place = placeOfPart(part, unit);
    return [
      name,
      html`<span class="part">${part.label}</span>`,
      "",
      "",
      "",
      measured,
      interval,
      "",
      partBadge(place, arm),
    ];
  });
}

/** A control may lie where it will part by part: the claim must fail there as a whole. */
function partBadge(place: PartPlace, { kind }: ArmEvidence): Html {
  if (place === "open") return badge("open", "?", place);
  if (kind === "control") return badge("open", "○", place);
  return place === "inside" ? badge("good", "✓", place) : badge("bad", "✗", place);
}
