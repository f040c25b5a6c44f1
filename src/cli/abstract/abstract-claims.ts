import type { TierName } from "../../claim/claim.ts";
import type { Rates } from "../../claim/experiment.ts";
import type { Abstract } from "../../project/abstracts.ts";
import type { KnownClaim } from "../../project/known-claims.ts";
import { planRun } from "../../run/plan/plan.ts";
import { UsageError } from "../errors.ts";
import { secondsOfClaim } from "../plan-claim.ts";

/** How much of what an abstract says is run. */
interface AbstractRun {
  readonly tier: TierName;
  readonly seed: string;
  readonly rates: Rates;
  readonly workers: number;
  /** Seconds of predicted computing, all together; Infinity for all of it. */
  readonly within: number;
}

/**
 * The abstracts of the papers that are named by their folders below suites/; all where none is named. Throws `UsageError` for a
 * name that is no paper's with an abstract.
 */
export function abstractsOf(names: readonly string[], abstracts: readonly Abstract[]): readonly Abstract[] {
  if (names.length === 0) return abstracts;
  const folderOf = ({ paper }: Abstract) => paper.split("@")[0]!;
  const known = abstracts.map(folderOf);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--abstract takes papers that have an abstract, got ${unknown}, there are ${known.join(" ")}`);
  }
  return abstracts.filter((one) => names.includes(folderOf(one)));
}

/**
 * Ids of the claims, stated by the paper itself, that carry the sentences of its abstract: of those that have the tier the
 * cheapest first, as far as the seconds go, in the order of the abstract. Throws `UsageError` where no paper has an abstract.
 */
export function abstractClaims(
  all: readonly KnownClaim[],
  abstracts: readonly Abstract[],
  { tier, seed, rates, workers, within }: AbstractRun,
): readonly string[] {
  if (abstracts.length === 0) {
    throw new UsageError("--abstract needs suites/<paper>/abstract.json, the sentences of an abstract, there is none");
  }
  const stated = new Map(
    all
      .filter(({ claim }) => claim.source.grade === "stated" && claim.tiers[tier] !== undefined)
      .map((known) => [known.claim.id as string, known]),
  );
  const ids = [...new Set(abstracts.flatMap(({ statements }) => statements.flatMap(({ claims }) => claims)))];
  const carrying = ids.filter((id) => stated.has(id));
  if (carrying.length === 0)
    throw new UsageError("--abstract needs claims of grade stated in an abstract, there is none");
  const plan = planRun(
    carrying.map((id) => stated.get(id)!),
    tier,
    seed,
  );
  const seconds = new Map(carrying.map((id) => [id, secondsOfClaim(plan, id, rates) / workers]));
  let left = within;
  const chosen = new Set(
    carrying
      .toSorted((a, b) => seconds.get(a)! - seconds.get(b)!)
      .filter((id) => {
        left -= seconds.get(id)!;
        return left >= 0;
      }),
  );
  return carrying.filter((id) => chosen.has(id));
}
