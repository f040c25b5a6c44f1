import type { ArmState, UnitEvidence } from "../../../src/claim/result.ts";
import { worstUnit } from "../../../src/report/worst-unit.ts";
import type { Row } from "../../browser/overview/overview-row.ts";
import { plain } from "../html/tex.ts";
import type { Site } from "../site.ts";
import type { EngineRun, ShownClaim, TierName } from "../sources/sources.ts";
import { topicOf, topicsOf } from "../sources/topics.ts";
import { claimsOnEngines } from "./engine-view.ts";
import { pageText } from "./page-text.ts";

/** A verdict of one engine on a claim. */
export interface EngineVerdict {
  readonly engine: string;
  readonly state: ArmState;
}

export const TIERS = ["smoke", "full", "deep"] as const;

/** Claims by topic, as the page has them. */
export function overviewRows({ sources: { claims, engineRun }, slugs, topics }: Site): readonly Row[] {
  const order = topicsOf(
    claims.map(({ id }) => id),
    topics,
  );
  const sorted = [...claims].sort((a, b) => order.indexOf(topicOf(a.id)) - order.indexOf(topicOf(b.id)));
  return sorted.map((claim) => {
    const unit = worstOf(claim);
    return {
      id: plain(claim.id),
      slug: slugs.get(claim.id)!,
      title: plain(claim.title),
      topic: topicOf(claim.id),
      outcome: claim.outcome,
      state: stateOf(claim),
      grade: claim.source.grade,
      tiers: tiersOf(claim),
      engines: verdictsOf(claim, engineRun).map(({ engine }) => engine),
      ...(unit ? { ...inMargins(unit), ...inNumbers(unit) } : NOTHING),
    };
  });
}

export function tiersOf(claim: ShownClaim): readonly TierName[] {
  return TIERS.filter((tier) => claim.tier === tier || claim.accepted[tier] !== undefined);
}

/** The engines that came to a verdict about a claim, the shown one first. */
export function verdictsOf(claim: ShownClaim, run: EngineRun | undefined): readonly EngineVerdict[] {
  const shown = { engine: plain(claim.engine), state: stateOf(claim) };
  const others = (run ? claimsOnEngines(run) : []).find(({ id }) => id === claim.id)?.others ?? [];
  const compared = others.flatMap(({ engine, arms }) => {
    const state = arms?.find(({ kind }) => kind === "claimed")?.other ?? "skipped";
    return state === "skipped" ? [] : [{ engine: plain(engine), state }];
  });
  return [shown, ...compared.filter(({ engine }) => engine !== shown.engine)];
}

export function worstOf(claim: ShownClaim): UnitEvidence | undefined {
  const claimed = claim.arms.find(({ kind }) => kind === "claimed");
  return claimed && worstUnit(claimed);
}

function stateOf({ arms }: ShownClaim): ArmState {
  return arms.find(({ kind }) => kind === "claimed")?.state ?? "skipped";
}

const NOTHING = {
  ...{ middle: null, low: null, high: null, opens: null },
  ...{ measured: null, interval: null, predicted: null },
} as const;

function inNumbers(unit: UnitEvidence): Pick<Row, "opens" | "measured" | "interval" | "predicted"> {
  const { predicted, margin, measured, interval } = pageText(unit);
  const [from, to] = unit.region;
  return {
    opens: from === null && to !== null ? "below" : to === null && from !== null ? "above" : null,
    measured,
    interval,
    predicted: `${predicted} ${margin}`.trim(),
  };
}

/** The region goes to -1 … 1. Where it has one end, the unit is the distance to the nearest rival, or the interval's half-width. */
function inMargins(unit: UnitEvidence): Pick<Row, "middle" | "low" | "high"> {
  const [from, to] = unit.region;
  const [low, high] = unit.interval;
  const place = (value: number | null): number | null => {
    if (value === null) return null;
    if (from !== null && to !== null) return to === from ? 0 : (2 * (value - from)) / (to - from) - 1;
    const end = from ?? to ?? 0;
    const half = low !== null && high !== null ? (high - low) / 2 : 0;
    const rival = Math.min(...unit.rivals.map((one) => Math.abs(one - end)));
    const scale = Number.isFinite(rival) && rival > 0 ? rival : half || 1;
    return (from === null ? 1 : -1) + (value - end) / scale;
  };
  return { middle: place(unit.estimate), low: place(low), high: place(high) };
}
