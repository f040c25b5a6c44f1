import type { ArmEvidence } from "../../../src/claim/result.ts";
import type { ShownDetail } from "../../../src/predictions/kind.ts";
import { shownAs, statisticWords } from "../../../src/predictions/named.ts";
import type { ArmData, ClaimData, Raw, UnitData } from "../../browser/claim/claim-data.ts";
import { plain } from "../html/tex.ts";
import { firstPart } from "../html/words.ts";
import type { KnownClaim } from "../sources/known-claims.ts";
import type { ShownClaim } from "../sources/sources.ts";
import { observationsOf, type SampleFolder } from "./observations.ts";
import { pageText } from "./page-text.ts";

/** The numbers that a claim's page draws. `known` is the claim of this checkout where its content hash is the result's. */
export function claimData(
  claim: ShownClaim,
  known: KnownClaim | undefined,
  place: SampleFolder | undefined,
): ClaimData {
  return {
    id: claim.id,
    arms: claim.arms.map((arm) => armData(arm, { claim, known, place })),
  };
}

interface Context {
  readonly claim: ShownClaim;
  readonly known: KnownClaim | undefined;
  readonly place: SampleFolder | undefined;
}

function armData(arm: ArmEvidence, context: Context): ArmData {
  const measure = plain(context.known?.measure ?? "");
  const statistic = arm.units[0]?.statistic ?? "";
  return {
    name: plain(arm.name),
    kind: arm.kind,
    axis: axisOf(statistic, { measure: firstPart(context.known?.measure ?? ""), detail: detailOf(arm, context) }),
    measure,
    units: arm.units.map((unit): UnitData => {
      const raw = rawOf(unit.label, arm, context);
      const { label, predicted, region, rivals, estimate, interval, state, parts = [] } = unit;
      return {
        label: plain(label) || "the one cell",
        chart: shownAs(unit.statistic).chart,
        predicted,
        region,
        rivals,
        estimate,
        interval,
        state,
        measured: pageText(unit).measured,
        parts: parts.map((part) => ({ ...part, label: plain(part.label) })),
        ...(raw === undefined ? {} : { raw }),
      };
    }),
  };
}

/** What the numbers of an estimate's axis are: `ratio of steps until |x| reaches the radius`. */
export function axisOf(statistic: string, { measure, detail }: AxisWords): string {
  const words = statisticWords(statistic, detail);
  const { answer, chart } = shownAs(statistic);
  return answer !== "value" || measure === "" || chart === "pairs" || chart === "cloud"
    ? words
    : `${words} of ${measure}`;
}

interface AxisWords {
  readonly measure: string;
  readonly detail: ShownDetail | undefined;
}

/** Of an arm's first question, as the claim of this checkout asks it: which quantile, until when. */
export function detailOf(
  arm: ArmEvidence,
  { claim, known }: Pick<Context, "claim" | "known">,
): ShownDetail | undefined {
  const manifest = known?.manifest.tiers[claim.tier]?.find(({ name }) => name === arm.name);
  return manifest?.units.find(({ label }) => label === arm.units[0]?.label)?.detail;
}

function rawOf(label: string, evidence: ArmEvidence, { claim, known, place }: Context): Raw | undefined {
  const manifest = known?.manifest.tiers[claim.tier]?.find(({ name }) => name === evidence.name);
  const unit = manifest?.units.find((one) => one.label === label);
  if (manifest === undefined || unit === undefined || place === undefined) return undefined;
  return observationsOf(unit, { manifest, evidence, measures: known?.measures ?? {} }, place);
}
