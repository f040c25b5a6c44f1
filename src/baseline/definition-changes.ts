import { cellWords } from "./cell-words.ts";
import type { DefinedArm, DefinedSource, DefinedUnit, Definition } from "./definition.ts";

/** One thing in which two versions of a claim differ, old and new side by side. */
export interface DefinitionChange {
  readonly what:
    | "prediction"
    | "statistic"
    | "margin"
    | "rival"
    | "assumption"
    | "grid"
    | "tier"
    | "control"
    | "cell"
    | "experiment"
    | "replicates"
    | "other";
  /** Tier, arm and cell in words, several joined; empty where it is the whole claim. */
  readonly where: string;
  /** Null: was not there, or is not there any more. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether the new version asks less of the evidence: a wider margin, a control, rival, cell or tier less, fewer replicates. */
  readonly weakens: boolean;
}

/**
 * What differs between two versions of a claim, what weakens it first. Parts that one side does not know (evidence alone has
 * one tier and no setups) are not compared. Never empty: versions with other hashes differ in something.
 */
export function definitionChanges(before: Definition, after: Definition): readonly DefinitionChange[] {
  const all = grouped([
    ...wholeChanges(before, after),
    ...Object.entries(before.tiers).flatMap(([tier, arms]) => {
      const now = after.tiers[tier];
      return now === undefined ? [] : tierChanges(tier, arms, now);
    }),
  ]);
  if (all.length === 0) return [change("other", "", "the accepted version", "another one", false)];
  return [...all].sort((a, b) => Number(b.weakens) - Number(a.weakens));
}

/** `± 0.05`, `at most 0.3`, `0 to 0.2`: a region in words, with the numbers as they are. */
function regionWords({ predicted, region: [low, high] }: DefinedUnit): string {
  if (low === null) return high === null ? "anything" : `at most ${high}`;
  if (high === null) return `at least ${low}`;
  const half = (high - low) / 2;
  const centred = predicted !== null && Math.abs((low + high) / 2 - predicted) <= 1e-6 * half;
  return centred ? `± ${short(half)}` : `${low} to ${high}`;
}

function wholeChanges(before: Definition, after: Definition): readonly DefinitionChange[] {
  if (!bothWhole(before, after)) return [];
  const prediction =
    before.prediction === after.prediction
      ? []
      : [change("prediction", "", before.prediction ?? null, after.prediction ?? null, false)];
  return [
    ...prediction,
    ...listChanges("assumption", "", before.assumptions ?? [], after.assumptions ?? []),
    ...gridChanges(before.grid ?? {}, after.grid ?? {}),
    ...listChanges("tier", "", Object.keys(before.tiers), Object.keys(after.tiers)),
  ];
}

function bothWhole(before: Definition, after: Definition): boolean {
  return before.prediction !== undefined && after.prediction !== undefined;
}

function gridChanges(before: NonNullable<Definition["grid"]>, after: NonNullable<Definition["grid"]>) {
  const axes = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return axes.flatMap((axis) => {
    const [from, to] = [before[axis]?.join(", ") ?? null, after[axis]?.join(", ") ?? null];
    const weakens = (before[axis] ?? []).some((value) => !(after[axis] ?? []).includes(value));
    return from === to ? [] : [change("grid", axis, from, to, weakens)];
  });
}

function tierChanges(
  tier: string,
  before: readonly DefinedArm[],
  after: readonly DefinedArm[],
): readonly DefinitionChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((name): readonly DefinitionChange[] => {
    const [was, is] = [before, after].map((arms) => arms.find((arm) => arm.name === name));
    if (was === undefined || is === undefined) {
      return [
        change("control", tier, was === undefined ? null : name, is === undefined ? null : name, is === undefined),
      ];
    }
    const where = name === "claimed" ? tier : `${tier}, control ${name}`;
    return [...sourceChanges(where, was.sources, is.sources), ...unitChanges(where, was.units, is.units)];
  });
}

function sourceChanges(
  where: string,
  before: readonly DefinedSource[],
  after: readonly DefinedSource[],
): readonly DefinitionChange[] {
  const cells = listChanges("cell", where, before.map(cellWords), after.map(cellWords));
  const same = before.flatMap((was): readonly DefinitionChange[] => {
    const is = after.find((source) => cellWords(source) === cellWords(was));
    if (is === undefined) return [];
    const at = `${where}, ${cellWords(was)}`;
    const comparable = was.setup !== undefined && is.setup !== undefined;
    const [from, to] = [was, is].map(({ experiment, setup }) =>
      comparable ? `${experiment} with setup ${setup}` : experiment,
    );
    return [
      ...(from === to ? [] : [change("experiment", at, from!, to!, false)]),
      ...replicateChanges(at, was.replicates, is.replicates),
    ];
  });
  return [...cells, ...same];
}

function replicateChanges(where: string, from?: number, to?: number): readonly DefinitionChange[] {
  if (from === undefined || to === undefined || from === to) return [];
  return [change("replicates", where, String(from), String(to), to < from)];
}

function unitChanges(
  where: string,
  before: readonly DefinedUnit[],
  after: readonly DefinedUnit[],
): readonly DefinitionChange[] {
  return before.flatMap((was): readonly DefinitionChange[] => {
    const is = after.find(({ label }) => label === was.label);
    // its cells are named as dropped already
    if (is === undefined) return [];
    const at = was.label === "" ? where : `${where}, ${was.label}`;
    const margin =
      regionWords(was) === regionWords(is)
        ? []
        : [change("margin", at, regionWords(was), regionWords(is), widened(was, is))];
    return [
      ...(was.statistic === is.statistic ? [] : [change("statistic", at, was.statistic, is.statistic, false)]),
      ...(was.predicted === is.predicted ? [] : [change("prediction", at, valueWords(was), valueWords(is), false)]),
      ...margin,
      ...listChanges("rival", at, was.rivals.map(String), is.rivals.map(String)),
    ];
  });
}

function listChanges(
  what: DefinitionChange["what"],
  where: string,
  before: readonly string[],
  after: readonly string[],
): readonly DefinitionChange[] {
  const weakens = what !== "assumption";
  return [
    ...before.filter((each) => !after.includes(each)).map((each) => change(what, where, each, null, weakens)),
    ...after.filter((each) => !before.includes(each)).map((each) => change(what, where, null, each, false)),
  ];
}

/** A region with two ends by its width; one with a single end when the bound lets more in; an end that went lets all in. */
function widened(was: DefinedUnit, is: DefinedUnit): boolean {
  const [low, high] = was.region;
  const [newLow, newHigh] = is.region;
  if (low !== null && high !== null && newLow !== null && newHigh !== null) return newHigh - newLow > high - low;
  const lower = low !== null && (newLow === null || newLow < low);
  const higher = high !== null && (newHigh === null || newHigh > high);
  return lower || higher;
}

function valueWords({ predicted }: DefinedUnit): string {
  return predicted === null ? "no value" : String(predicted);
}

/** Halving a difference of rounded numbers leaves a tail of digits that nobody wrote. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}

function change(
  what: DefinitionChange["what"],
  where: string,
  from: string | null,
  to: string | null,
  weakens: boolean,
): DefinitionChange {
  return { what, where, from, to, weakens };
}

/** One line for the same change at several places. */
function grouped(changes: readonly DefinitionChange[]): readonly DefinitionChange[] {
  const groups = new Map<string, DefinitionChange>();
  for (const each of changes) {
    const key = JSON.stringify([each.what, each.from, each.to, each.weakens]);
    const known = groups.get(key);
    const where = [known?.where, each.where].filter((part) => part !== undefined && part !== "").join("; ");
    groups.set(key, { ...each, where });
  }
  return [...groups.values()];
}
