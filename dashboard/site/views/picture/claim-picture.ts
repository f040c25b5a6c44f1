import { shownAs } from "../../../../src/predictions/named.ts";
import type { Picture } from "../../../browser/picture/picture-data.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { armName } from "../arm-name.ts";
import { firstPart } from "../claim-view.ts";
import type { SampleFolder } from "../observations.ts";
import { acrossPicture } from "./across-picture.ts";
import { cellPoints, type DrawnArm } from "./arm-points.ts";
import { lawPicture } from "./law-picture.ts";
import { pairsPicture } from "./pairs-picture.ts";
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
      const [across, up] = first.unit.groups[0]!.columns.map((name) => firstPart(known.measures[name] ?? name));
      return pairsPicture(points, [across!, up!]);
    }
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
