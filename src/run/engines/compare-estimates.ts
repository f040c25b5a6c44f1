import type { EstimateComparison } from "../../claim/engine-comparison.ts";
import type { EnginesApart } from "../../claim/engines-apart.ts";
import { rounded } from "../../claim/rounded.ts";
import type { Unit } from "../../claim/unit.ts";
import { kindOf } from "../../predictions/kinds.ts";
import { decide } from "../../statistics/decide.ts";
import type { Finding, Group, Levels } from "../../statistics/judges/judge.ts";
import { normalQuantile } from "../../statistics/quantiles.ts";
import { groupsOf, type SourceSamples } from "../decide/arm-evidence.ts";
import { type ObservationPairs, pairObservations } from "./pair-observations.ts";

/** P(any estimate of a run is called outside though its engines differ by what was derived, or by chance alone). */
const ALARM = 1e-3;

/** The samples of an arm's sources on two engines, at the same look. */
export interface TwoSides {
  readonly primary: readonly SourceSamples[];
  readonly other: readonly SourceSamples[];
}

export interface ComparedUnit extends TwoSides {
  readonly unit: Unit;
  readonly levels: Levels;
  readonly apart: EnginesApart;
  /** Estimates of the whole run, among which the chance of a false alarm is split. */
  readonly estimates: number;
}

/** One estimate on two engines; undefined where one of them has no samples of it, or its judge refuses them. */
export function compareEstimates(compared: ComparedUnit): EstimateComparison | undefined {
  const { unit, primary, other, levels, apart } = compared;
  const needed = unit.groups.map(({ source }) => source);
  if (needed.some((source) => "state" in primary[source]!.samples || "state" in other[source]!.samples))
    return undefined;
  const groups = [groupsOf(unit, primary), groupsOf(unit, other)] as const;
  const findings = groups.map((each) => findingOf(unit, each, levels));
  const [was, is] = findings;
  if (was === undefined || is === undefined) return undefined;
  const common = {
    label: unit.label,
    statistic: unit.question.statistic,
    replicates: was.replicates,
    primary: orNull(was.estimate),
    other: orNull(is.estimate),
  };
  // two infinities of one sign have not moved
  const difference = was.estimate === is.estimate ? 0 : is.estimate - was.estimate;
  const inLaw = (why: string) => unpaired(compared, groups, [was, is], { difference, why });
  if (!apart.paired) return { ...common, ...inLaw("draws of its own") };
  const alarm = ALARM / Math.max(1, compared.estimates);
  const pairs = pairObservations(unit, { primary, other }, { boundOf: apart.boundOf, alarm });
  if (pairs.differing === 0 || pairs.shifts !== undefined) {
    return { ...common, ...paired(unit, groups[0], pairs, difference) };
  }
  return { ...common, ...inLaw(UNDERIVED), paired: pairedOf(pairs) };
}

/** The same streams bring two engines closer than chance would, so that a false alarm is rarer than is said. */
const UNDERIVED = "no bound is derived, so that laws are compared";

function findingOf(unit: Unit, groups: readonly Group[], levels: Levels): Finding | undefined {
  try {
    return decide(kindOf(unit.question).judge, unit.question, groups, levels);
  } catch {
    // the arm's own evidence says what the judge refused
    return undefined;
  }
}

type Compared = Omit<EstimateComparison, "label" | "statistic" | "replicates" | "primary" | "other">;

function paired(unit: Unit, groups: readonly Group[], pairs: ObservationPairs, difference: number): Compared {
  const { worst, shifts, because } = pairs;
  const reach = shifts && kindOf(unit.question).estimateShift(unit.question, groups, shifts);
  const shares = [worst?.share ?? 0, reach === undefined ? undefined : shareOf(difference, reach)];
  return {
    difference: orNull(difference),
    bound: reach === undefined ? null : orNull(reach),
    because: because || "every observation is equal to the last bit",
    ...judged(shares.filter((share) => share !== undefined)),
    paired: pairedOf(pairs),
    ...(pairs.inLaw ? { standardError: null } : {}),
  };
}

function pairedOf({ differing, largest, worst }: ObservationPairs): NonNullable<Compared["paired"]> {
  return {
    differing,
    largest: orNull(largest),
    ...(worst === undefined
      ? { bound: null, beyond: null, allowed: null }
      : { bound: orNull(worst.bound), beyond: worst.beyond, allowed: worst.allowed }),
  };
}

/** No difference takes no part of a bound, be it 0. */
function shareOf(difference: number, bound: number): number {
  return difference === 0 ? 0 : Math.abs(difference) / bound;
}

function judged(shares: readonly number[]): Pick<Compared, "share" | "inside"> {
  if (shares.length === 0) return { share: null, inside: null };
  const share = Math.max(...shares);
  return { share: orNull(share), inside: share <= 1 };
}

function unpaired(
  { unit, estimates }: ComparedUnit,
  groups: readonly [readonly Group[], readonly Group[]],
  findings: readonly [Finding, Finding],
  { difference, why }: { readonly difference: number; readonly why: string },
): Compared {
  const errors = groups.map((each, side) => kindOf(unit.question).standardError(unit.question, each, findings[side]!));
  const joint = Math.hypot(...errors.map((error) => error ?? Number.NaN));
  if (!Number.isFinite(joint)) {
    const because = `${why}, and no standard error follows from the spread: verdicts alone are compared`;
    return { difference: orNull(difference), bound: null, because, ...judged([]), standardError: null };
  }
  const quantile = normalQuantile(ALARM / (2 * Math.max(1, estimates)));
  const bound = quantile * joint;
  return {
    difference: orNull(difference),
    bound: orNull(bound),
    because: `${why}: ${quantile.toFixed(1)} joint standard errors, by chance in one run of ${1 / ALARM}`,
    ...judged([shareOf(difference, bound)]),
    standardError: orNull(joint),
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : rounded(value);
}
