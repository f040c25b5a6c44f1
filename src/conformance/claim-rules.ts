import type { AnyClaim, TierName } from "../claim/claim.ts";
import { resolveArms } from "../claim/resolve.ts";
import type { Arm, SampleSource, Unit } from "../claim/unit.ts";
import { cellLabel } from "../predictions/cells.ts";

/** What stands around a claim in its project. */
export interface ClaimSurroundings {
  /** Names of the suites that hold it. */
  readonly suites: readonly string[];
  /** What `papers.json` of its paper's folder has. */
  readonly papers: readonly string[];
}

export interface ClaimRule {
  /** What has to be so, as words that follow "a claim". */
  readonly rule: string;
  /** What was found instead, and where; nothing for a claim that keeps the rule. Pure, and nothing is drawn. */
  readonly faults: (claim: AnyClaim, around: ClaimSurroundings) => readonly string[];
}

/** What fits a line of a terminal's table, and of a page's. */
const LONGEST_TITLE = 90;

/** Rules that TypeScript cannot hold an author to, or does not where claims are JavaScript. In the order of their reports. */
export const CLAIM_RULES: readonly ClaimRule[] = [
  { rule: "is in exactly one suite", faults: oneSuite },
  { rule: "has a source in papers.json", faults: knownSource },
  { rule: "has a statement whose dollar signs come in pairs", faults: pairedDollars },
  { rule: `has a title of at most ${LONGEST_TITLE} characters without TeX`, faults: plainTitle },
  { rule: "has controls that break listed assumptions", faults: listedAssumptions },
  { rule: "resolves at each of its tiers", faults: resolvableTiers },
  { rule: "has an experiment that reads every axis of the grid", faults: axesRead },
  { rule: "has a smoke tier that is part of the full one", faults: smokeWithinFull },
  { rule: "has a deep tier that asks for more than the full one", faults: deepBeyondFull },
];

function oneSuite(_: AnyClaim, { suites }: ClaimSurroundings): readonly string[] {
  if (suites.length === 0) return ["no suite names it, so that it is never judged"];
  return suites.length === 1 ? [] : [`suites ${suites.join(" and ")} name it: its error would be paid for twice`];
}

function knownSource({ source }: AnyClaim, { papers }: ClaimSurroundings): readonly string[] {
  if (papers.includes(source.paper)) return [];
  return [`source ${source.paper} is not in papers.json, which has ${papers.join(", ") || "none"}`];
}

function pairedDollars({ statement }: AnyClaim): readonly string[] {
  const dollars = statement.split("$").length - 1;
  return dollars % 2 === 0 ? [] : [`the statement has ${dollars} dollar signs, formulas need two each`];
}

function plainTitle({ title }: AnyClaim): readonly string[] {
  const long = title.length > LONGEST_TITLE ? [`the title has ${title.length} characters`] : [];
  return /[$\\]/.test(title) ? [...long, "the title has TeX, which tables show as it stands"] : long;
}

function listedAssumptions({ controls, assumptions }: AnyClaim): readonly string[] {
  const unlisted = controls.map(({ breaks }) => String(breaks)).filter((name) => !Object.hasOwn(assumptions, name));
  return unlisted.map((name) => `a control breaks ${name}, assumptions are ${Object.keys(assumptions).join(", ")}`);
}

function resolvableTiers(claim: AnyClaim): readonly string[] {
  return tiersOf(claim).flatMap((tier) => {
    try {
      resolveArms(claim, tier);
      return [];
    } catch (error) {
      return [`tier ${tier}: ${(error as Error).message}`];
    }
  });
}

/** One that ignores an axis cannot be sampled at any cell, and cells that differ in it alone share their samples. */
function axesRead(claim: AnyClaim): readonly string[] {
  const cell = resolvedArms(claim, tiersOf(claim)[0]!)?.[0]?.sources[0]?.cell;
  if (cell === undefined) return [];
  const read = new Set<PropertyKey>();
  const everyAxis = () => {
    for (const axis of Object.keys(cell)) read.add(axis);
    return Reflect.ownKeys(cell);
  };
  claim.experiment(
    new Proxy(cell, {
      get: (target, axis) => {
        read.add(axis);
        return Reflect.get(target, axis);
      },
      ownKeys: everyAxis,
    }),
  );
  return Object.keys(cell)
    .filter((axis) => !read.has(axis))
    .map((axis) => `the experiment never reads ${axis}`);
}

/** So that a pull request's check sees what the night's does, only less of it. */
function smokeWithinFull(claim: AnyClaim): readonly string[] {
  const [smoke, full] = [resolvedArms(claim, "smoke"), resolvedArms(claim, "full")];
  if (smoke === undefined || full === undefined) return [];
  return smoke.flatMap((arm) => {
    const whole = full.find(({ name }) => name === arm.name);
    return whole === undefined ? [`arm ${arm.name} is at smoke alone`] : cellsBeyond(arm, whole);
  });
}

function cellsBeyond(arm: Arm, whole: Arm): readonly string[] {
  return arm.sources.flatMap((source) => {
    const where = `arm ${arm.name}, ${cellLabel(source.cell) || "its one cell"}`;
    const same = whole.sources.find((other) => sameSource(other, source));
    if (same === undefined) return [`${where}: a cell of smoke that full does not have`];
    const [few, many] = [source.looks.at(-1)!, same.looks.at(-1)!];
    return few <= many ? [] : [`${where}: ${few} replicates at smoke, ${many} at full`];
  });
}

function deepBeyondFull(claim: AnyClaim): readonly string[] {
  const [full, deep] = [resolvedArms(claim, "full")?.[0], resolvedArms(claim, "deep")?.[0]];
  if (full === undefined || deep === undefined) return [];
  const before = new Map(full.units.map((unit) => [unit.label, widthOf(unit)]));
  const shared = deep.units.filter(({ label }) => before.has(label));
  const wider = shared.filter((unit) => widthOf(unit) > before.get(unit.label)!);
  const more = shared.length < deep.units.length || shared.some((unit) => widthOf(unit) < before.get(unit.label)!);
  return [
    ...wider.map(({ label }) => `${label || "its region"}: wider at deep than at full`),
    ...(more ? [] : ["deep has no cell more and no region narrower"]),
  ];
}

/** Of a one-sided region: how far its end reaches. */
function widthOf({ question: { region } }: Unit): number {
  if (region.low === -Infinity) return region.high;
  return region.high === Infinity ? -region.low : region.high - region.low;
}

function sameSource(a: SampleSource, b: SampleSource): boolean {
  return (
    a.role === b.role && JSON.stringify(Object.entries(a.cell).sort()) === JSON.stringify(Object.entries(b.cell).sort())
  );
}

export function tiersOf(claim: AnyClaim): readonly TierName[] {
  return (["smoke", "full", "deep"] as const).filter((tier) => claim.tiers[tier] !== undefined);
}

/** Undefined for a tier that there is not, and for one that does not resolve, which is a rule of its own. */
export function resolvedArms(claim: AnyClaim, tier: TierName): readonly Arm[] | undefined {
  if (claim.tiers[tier] === undefined) return undefined;
  try {
    return resolveArms(claim, tier);
  } catch {
    return undefined;
  }
}
