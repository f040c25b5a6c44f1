import { shownAs } from "../../../../src/predictions/named.ts";
import type { AcrossPicture, Picture } from "../../../browser/picture/picture-data.ts";
import { firstPart } from "../../html/words.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { armName } from "../arm-name.ts";
import type { SampleFolder } from "../observations.ts";
import { acrossPicture } from "./across-picture.ts";
import { besideReported, stripPoints } from "./alone.ts";
import { type CellPoint, cellPoints, type DrawnArm } from "./arm-points.ts";
import { lawPicture } from "./law-picture.ts";
import { measuresPicture } from "./measures-picture.ts";
import { pairsPicture } from "./pairs-picture.ts";
import { answers } from "./picture-sentence.ts";
import { profilePicture } from "./profile-picture.ts";
import { survivalPicture } from "./survival-picture.ts";

/**
 * The picture of a claim: all arms on the same axes, theory with its margin, rivals. Undefined where the claim of this checkout
 * is not the one that was judged, or its samples are not beside the result. Cost: the samples are read once more.
 */
export function claimPicture(
  claim: ShownClaim,
  known: KnownClaim | undefined,
  place: SampleFolder | undefined,
): Picture | undefined {
  const manifests = known?.manifest.tiers[claim.tier];
  if (known === undefined || manifests === undefined || place === undefined) return undefined;
  const arms = claim.arms.flatMap((evidence): readonly DrawnArm[] => {
    const manifest = manifests.find(({ name }) => name === evidence.name);
    return manifest === undefined || evidence.units.length === 0
      ? []
      : [{ evidence, manifest, name: armName(evidence, claim.arms) }];
  });
  const read = arms.map((arm) => cellPoints(arm, claim, place));
  const points = read.flatMap((one) => one ?? []);
  const [first] = points;
  if (first === undefined || first.arm.evidence.kind !== "claimed") return undefined;
  const measure = firstPart(known.measure);
  switch (shownAs(first.unit.statistic).chart) {
    case "scatter": {
      const [across, up] = measureWords(first, known);
      return pairsPicture(points, [across!, up!]);
    }
    case "pairs":
    case "cloud": {
      const isCompared = shownAs(first.unit.statistic).chart === "pairs";
      const [one, other] = measureWords(first, known);
      // A pair's first measure is the one that is claimed of: it belongs up.
      const turned = points.map((point) => ({ ...point, columns: point.columns.toReversed() }));
      return isCompared ? measuresPicture(turned, [other!, one!]) : measuresPicture(points, [one!, other!]);
    }
    case "reported":
      return acrossPicture(besideReported(points), measure);
    case "band":
      return bandPicture(points, measureWords(first, known));
    case "law":
      return lawPicture(points, measure);
    case "profile":
      return profilePicture(points, measure);
    case "times":
      return survivalPicture(points, measure);
    default:
      return acrossPicture(points, measure);
  }
}

function measureWords({ unit }: CellPoint, { measures }: KnownClaim): readonly string[] {
  return unit.groups[0]!.columns.map((name) => firstPart(measures[name] ?? name));
}

/** A picture a measure, each with its own value and margin; what is judged is about all of them. */
function bandPicture(points: readonly CellPoint[], measures: readonly string[]): AcrossPicture {
  const [first, ...further] = measures.map((words, at) => acrossPicture(stripPoints(points, at), words));
  const said = [first!, ...further].map(({ sentence }) => sentence);
  return { ...first!, further, sentence: [...said, ...answers(points)].join(" ") };
}
