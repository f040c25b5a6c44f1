import type { ComparedArm, EngineComparison, EstimateComparison } from "../../../src/claim/engine-comparison.ts";
import type { ArmEvidence } from "../../../src/claim/result.ts";
import { shownAs } from "../../../src/predictions/named.ts";
import { exactText, numberText } from "../../../src/report/layout/number-text.ts";
import { countedText } from "../../../src/report/words/engine-words.ts";
import type { AgreementDot, EnginesData } from "../../browser/engines/engines-data.ts";
import { readable } from "../html/readable.ts";
import { type Content, type Html, html } from "../html/template.ts";
import { plain } from "../html/tex.ts";
import type { EngineRun } from "../sources/sources.ts";

/** One claim of a run with several engines, on each of them. */
export interface ClaimOnEngines {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  /** Of the primary engine. */
  readonly arms: readonly ArmEvidence[];
  /** Undefined where an engine did not come to the claim. */
  readonly others: readonly { readonly engine: string; readonly arms: readonly ComparedArm[] | undefined }[];
}

export function claimsOnEngines({ evidence, engines }: EngineRun): readonly ClaimOnEngines[] {
  return evidence.claims.map(({ id, title, hash, arms }) => ({
    ...{ id, title, hash, arms },
    others: engines.others.map(({ engine, claims }) => ({
      engine: engine.name,
      arms: claims.find((claim) => claim.id === id)?.arms,
    })),
  }));
}

/** The numbers that the page of engines draws. */
export function enginesData(run: EngineRun, slugs: ReadonlyMap<string, string>): EnginesData {
  const titles = new Map(run.evidence.claims.map(({ id, title }) => [id, plain(title)]));
  return {
    primary: plain(run.provenance.engine.name),
    others: run.engines.others.map((comparison) => {
      const estimates = estimatesOf(comparison);
      const judged = estimates.filter(({ estimate }) => estimate.inside !== null);
      return {
        engine: plain(comparison.engine.name),
        equal: judged.filter(({ estimate }) => estimate.share === 0).length,
        unbounded: estimates.length - judged.length,
        dots: judged
          .filter(({ estimate }) => estimate.share !== 0)
          .map((place) => dotOf(place, titles.get(place.id) ?? plain(place.id), slugs)),
      };
    }),
  };
}

interface Place {
  readonly id: string;
  readonly arm: ComparedArm;
  readonly estimate: EstimateComparison;
}

function estimatesOf({ claims }: EngineComparison): readonly Place[] {
  return claims.flatMap(({ id, arms }) =>
    arms.flatMap((arm) => arm.estimates.map((estimate) => ({ id, arm, estimate }))),
  );
}

function dotOf({ id, arm, estimate }: Place, claim: string, slugs: ReadonlyMap<string, string>): AgreementDot {
  const { label, statistic, share, inside, difference, bound } = estimate;
  return {
    claim,
    slug: slugs.get(id) ?? null,
    label: plain([arm.kind === "claimed" ? "" : `control ${arm.name}`, label].filter((word) => word !== "").join(", ")),
    statistic: shownAs(plain(statistic)).words,
    share,
    inside: inside === true,
    words: `difference ${smallText(difference)}, bound ${bound === null ? "of observations only" : smallText(bound)}`,
  };
}

export const ESTIMATE_HEAD = ["statistic", "difference", "bound", "part of it", "agrees", "observations"] as const;

/** One estimate beside the primary engine's as cells under `ESTIMATE_HEAD`, after place and the two values. */
export function estimateCells(estimate: EstimateComparison): readonly Content[] {
  return [
    shownAs(estimate.statistic).words,
    smallText(estimate.difference),
    estimate.bound === null ? "–" : smallText(estimate.bound),
    partText(estimate),
    insideBadge(estimate),
    observationsText(estimate),
  ];
}

/** `1.7 %` of the bound. */
export function partText({ share, inside }: Pick<EstimateComparison, "share" | "inside">): string {
  if (share === null) return inside === false ? "beyond any" : "–";
  if (share === 0) return "0 %";
  const percent = 100 * share;
  return percent < 0.01 ? "< 0.01 %" : `${exactText(Number(percent.toPrecision(2)), 4)} %`;
}

function observationsText(estimate: EstimateComparison): string {
  const { paired, standardError } = estimate;
  const counted = countedText(estimate);
  if (counted !== undefined) return counted;
  if (paired === undefined)
    return standardError ? `own draws; joint standard error ${smallText(standardError)}` : "own draws";
  const { differing, largest, bound, beyond, allowed } = paired;
  if (differing === 0) return "equal to the last bit";
  const law = standardError ? `; joint standard error ${smallText(standardError)}` : "";
  const size = largest === null ? "differ by an infinity" : `differ by up to ${smallText(largest)}`;
  const most = bound === null ? "" : ` of ${smallText(bound)}`;
  return `${size}${most}${law}${allowed ? `; ${beyond} beyond it, ${allowed} allowed` : ""}`;
}

function insideBadge({ inside, because: title }: Pick<EstimateComparison, "inside" | "because">): Html {
  if (inside === null) return html`<span class="muted" title="${title}">no bound derived</span>`;
  return inside
    ? html`<span class="badge good" title="${title}"><span aria-hidden="true">✓</span> inside</span>`
    : html`<span class="badge bad" title="${title}"><span aria-hidden="true">✗</span> outside</span>`;
}

/** Differences of engines are small: three significant digits, whatever the size. */
export function smallText(value: number | null): string {
  if (value === null) return "∞";
  const size = Math.abs(value);
  return readable(size >= 1e-3 || size === 0 ? exactText(value, 6) : numberText(value, 16));
}
