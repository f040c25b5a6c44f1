import type { ArmEvidence, ClaimEvidence, UnitEvidence } from "../claim/result.ts";
import { sanitise } from "./layout/sanitise.ts";
import { originLabel } from "./words/origin-words.ts";
import { worstUnit } from "./worst-unit.ts";

/** How the controls of a claim came out: each breaks one assumption, so the claim must fail there. */
export interface ControlCount {
  readonly total: number;
  readonly refuted: number;
  readonly supported: readonly string[];
  readonly undecided: readonly string[];
  /** Crashed, timed out or skipped. */
  readonly broken: readonly string[];
}

/** What every report says of a claim, in safe text. */
export interface ClaimSummary {
  readonly claim: ClaimEvidence;
  readonly title: string;
  readonly claimed: ArmEvidence;
  readonly worst: UnitEvidence | undefined;
  readonly controls: ControlCount;
  /** One sentence for each thing that is not as it must be. */
  readonly problems: readonly string[];
}

export function summariseClaim(claim: ClaimEvidence): ClaimSummary {
  const claimed = claimedArm(claim);
  const controls = countControls(claim.arms.filter(({ kind }) => kind === "control"));
  return {
    claim,
    title: sanitise(`${claim.title}${originLabel(claim)}`),
    claimed,
    worst: worstUnit(claimed),
    controls,
    problems: problemsOf(claim, claimed),
  };
}

/** Every result has one: the schema's reader has checked it. */
function claimedArm(claim: ClaimEvidence): ArmEvidence {
  const arm = claim.arms.find(({ kind }) => kind === "claimed");
  if (arm !== undefined) return arm;
  return { name: "claimed", kind: "claimed", state: "skipped", reason: "no arm", looks: 0, cells: [], units: [] };
}

function countControls(arms: readonly ArmEvidence[]): ControlCount {
  const named = (...states: readonly ArmEvidence["state"][]) =>
    arms.filter(({ state }) => states.includes(state)).map(({ name }) => sanitise(name));
  return {
    total: arms.length,
    refuted: named("refuted").length,
    supported: named("supported"),
    undecided: named("inconclusive"),
    broken: named("crashed", "timed-out", "skipped"),
  };
}

function problemsOf(claim: ClaimEvidence, claimed: ArmEvidence): readonly string[] {
  const problems: string[] = [];
  const refuted = claimed.units.filter(({ state }) => state === "refuted");
  if (claimed.state === "refuted") {
    problems.push(`refuted${refuted.length === 0 ? "" : ` at ${labels(refuted)}`}`);
  }
  for (const arm of claim.arms) {
    const name = arm.kind === "claimed" ? "" : `control ${sanitise(arm.name)}: `;
    if (arm.kind === "control" && arm.state === "supported") {
      problems.push(`${name}supported, so the claim tells nothing apart there`);
    }
    if (arm.state === "crashed") problems.push(`${name}crashed: ${reason(arm)}`);
    if (arm.state === "timed-out") problems.push(`${name}timed out: ${reason(arm)}`);
    if (arm.state === "skipped") problems.push(`${name}skipped: ${reason(arm)}`);
  }
  return problems;
}

function labels(units: readonly UnitEvidence[]): string {
  const shown = units.slice(0, 3).map(({ label }) => sanitise(label) || "its one cell");
  const more = units.length > shown.length ? ` and ${units.length - shown.length} more` : "";
  return shown.join("; ") + more;
}

function reason(arm: ArmEvidence): string {
  return sanitise(arm.reason ?? "no reason recorded");
}
