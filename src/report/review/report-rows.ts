import type { ArmEvidence, ClaimEvidence, Evidence } from "../../claim/result.ts";
import { summariseClaim } from "../claim-summary.ts";
import { sanitise } from "../layout/sanitise.ts";
import { unitText } from "../words/unit-text.ts";
import { worstUnit } from "../worst-unit.ts";
import type { ChangeNote } from "./change-note.ts";

/** From the worst to the slightest. */
const RANKS = ["fails", "verdict", "changed", "broken", "undecided", "estimate", "bytes", "accepted"] as const;

/** Where to look in a claim's file. */
const ABOUT: { readonly [rank in (typeof RANKS)[number]]: ReportRow["about"] } = {
  fails: "prediction",
  verdict: "prediction",
  changed: "claim",
  broken: "claim",
  undecided: "prediction",
  estimate: "prediction",
  bytes: "prediction",
  accepted: "claim",
};

/** One claim of which something must be said to a reviewer, in text that holds no control character. */
export interface ReportRow {
  readonly id: string;
  readonly title: string;
  readonly rank: (typeof RANKS)[number];
  /** Among rows of one rank the heavier stands first. */
  readonly weight: number;
  readonly what: readonly string[];
  /** `-0.6349 (-0.6401 to -0.6297)` and `-0.6352 ± 0.01`; empty where nothing was measured. */
  readonly measured: string;
  readonly needed: string;
  /** Where to look in the claim's file. */
  readonly about: "claim" | "prediction" | "controls";
}

/** All claims that are not as they must be or not as they were, the worst first. What smoke leaves undecided is no row. */
export function reportRows(evidence: Evidence, notes: readonly ChangeNote[]): readonly ReportRow[] {
  const ids = new Set(evidence.claims.map(({ id }) => id));
  const judged = evidence.claims.map((claim) => {
    return rowOfClaim(
      claim,
      evidence.tier,
      notes.filter((note) => note.claim === claim.id),
    );
  });
  const gone = [...new Set(notes.map(({ claim }) => claim))]
    .filter((id) => !ids.has(id))
    .map((id) => rowOfAbsent(notes.filter((note) => note.claim === id)));
  return [...judged, ...gone]
    .filter((row) => row !== undefined)
    .sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

/** Whether a row makes the gate red. */
export function isRed({ rank }: ReportRow): boolean {
  return rank !== "accepted";
}

function rowOfClaim(claim: ClaimEvidence, tier: Evidence["tier"], notes: readonly ChangeNote[]): ReportRow | undefined {
  const { title, problems } = summariseClaim(claim);
  const open = tier !== "smoke" && claim.outcome === "undecided" ? [undecided(claim)] : [];
  const what = [...problems, ...open, ...notes.map(noteWords)];
  if (what.length === 0) return undefined;
  // a deviation that expectations.json knows stays shown as what it is and makes nothing red
  const own = notes.some(({ kind }) => kind === "known") ? undefined : rankOfOutcome(claim, tier);
  const rank = worstRank([...(own === undefined ? [] : [own]), ...notes.map(rankOfNote)]);
  const shown = shownArm(claim);
  return {
    id: sanitise(claim.id),
    title,
    rank,
    weight: heaviest(notes),
    what: what.map(sanitise),
    ...numbersOf(shown),
    about: rank === "fails" && shown?.kind === "control" ? "controls" : ABOUT[rank],
  };
}

/** The arm whose numbers say what is wrong: a control that is supported, unless the claim itself is refuted. */
function shownArm({ arms }: ClaimEvidence): ArmEvidence | undefined {
  const claimed = arms.find(({ kind }) => kind === "claimed");
  const control = arms.find(({ kind, state }) => kind === "control" && state === "supported");
  return claimed?.state === "refuted" ? claimed : (control ?? claimed);
}

function numbersOf(arm: ArmEvidence | undefined): Pick<ReportRow, "measured" | "needed"> {
  const worst = arm === undefined ? undefined : worstUnit(arm);
  if (arm === undefined || worst === undefined) return { measured: "", needed: "" };
  const { measured, interval, predicted, margin } = unitText(worst);
  const region = [predicted, margin].filter((part) => part !== "").join(" ");
  return {
    measured: `${measured} (${interval})`,
    needed: arm.kind === "control" ? `control ${sanitise(arm.name)}: outside ${region}` : region,
  };
}

/** A claim that the base knows and the result does not. */
function rowOfAbsent(notes: readonly ChangeNote[]): ReportRow {
  const { claim, title } = notes[0]!;
  return {
    id: sanitise(claim),
    title: sanitise(title),
    rank: worstRank(notes.map(rankOfNote)),
    weight: heaviest(notes),
    what: notes.map(noteWords),
    measured: "",
    needed: "",
    about: "claim",
  };
}

function rankOfOutcome({ outcome }: ClaimEvidence, tier: Evidence["tier"]): ReportRow["rank"] | undefined {
  if (outcome === "fails") return "fails";
  if (outcome === "holds") return undefined;
  if (outcome === "undecided") return tier === "smoke" ? undefined : "undecided";
  return "broken";
}

function rankOfNote({ kind, accepted }: ChangeNote): ReportRow["rank"] {
  if (accepted) return "accepted";
  if (kind === "verdict" || kind === "estimate" || kind === "bytes") return kind;
  return "changed";
}

function worstRank(ranks: readonly ReportRow["rank"][]): ReportRow["rank"] {
  return RANKS.find((rank) => ranks.includes(rank)) ?? "accepted";
}

function undecided({ arms }: ClaimEvidence): string {
  const open = arms.filter(({ state }) => state === "inconclusive");
  const names = open.map(({ kind, name }) => (kind === "claimed" ? "the claim" : `control ${sanitise(name)}`));
  return `undecided (${names.join(", ") || "no arm"}) at a tier that must decide`;
}

function noteWords({ kind, words, accepted }: ChangeNote): string {
  return sanitise(
    accepted && kind !== "known" && kind !== "renamed" ? `${words} (accepted in the head's baselines)` : words,
  );
}

function heaviest(notes: readonly ChangeNote[]): number {
  return notes.reduce((most, { weight }) => Math.max(most, weight), 0);
}
