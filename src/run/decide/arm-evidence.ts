import { hash } from "node:crypto";
import { KEPT, lostRateOf } from "../../claim/origin/origin.ts";
import {
  type ArmEvidence,
  type ArmState,
  type CellEvidence,
  DIGEST_BLOCK,
  type UnitEvidence,
} from "../../claim/result.ts";
import { rounded } from "../../claim/rounded.ts";
import type { Unit } from "../../claim/unit.ts";
import { kindOf } from "../../predictions/kinds.ts";
import { decide } from "../../statistics/decide.ts";
import type { Finding, FoundPart, Group, PlanningErrors } from "../../statistics/judges/judge.ts";
import { largestCount } from "../../statistics/largest-count.ts";
import { SHARE_OF_CHECK } from "../../statistics/planning/budget.ts";
import { bytesOf } from "../files/atomic-file.ts";
import type { PlannedArm, PlannedSeries } from "../plan/plan.ts";
import type { Samples } from "../sample/sampler.ts";
import type { Failure } from "../sample/task.ts";

/** Samples of one source of an arm, or why there are none. */
export interface SourceSamples {
  readonly series: PlannedSeries;
  readonly samples: Samples | Failure;
}

/**
 * An arm's evidence at one look: every number in it is computed from samples and plan by deterministic functions, or is
 * rounded. A cell without samples, or a judge that refuses what it is given, makes the whole arm crashed or timed out.
 */
export function armEvidence(planned: PlannedArm, sources: readonly SourceSamples[], look: number): ArmEvidence {
  const { name, kind } = planned.arm;
  const cells = sources.map((source, index) => cellEvidence(planned, source, index));
  const evidence = (state: ArmState, units: UnitEvidence[], reason?: string): ArmEvidence => ({
    name,
    kind,
    state,
    ...(reason === undefined ? {} : { reason }),
    looks: look,
    cells,
    units,
  });
  const failure = firstFailure(planned, sources);
  if (failure) return evidence(failure.state, [], failure.reason);
  const units: UnitEvidence[] = [];
  for (const unit of planned.arm.units) {
    const judged = judgeUnit(unit, sources, planned.levels);
    if (typeof judged === "string") return evidence("crashed", [], `${unit.label}: ${judged}`);
    units.push(judged);
  }
  return evidence(stateOfUnits(units), units);
}

/** Refuted by any unit, supported by all together (intersection-union): what the split of the error budget assumes. */
export function stateOfUnits(units: readonly UnitEvidence[]): ArmState {
  if (units.some(({ state }) => state === "refuted")) return "refuted";
  return units.every(({ state }) => state === "supported") ? "supported" : "inconclusive";
}

/** The first in the order of the cells; crashes before time-outs, which say less, and both before what the engine refused. */
function firstFailure({ arm }: PlannedArm, sources: readonly SourceSamples[]): Failure | undefined {
  const failures = sources.flatMap(({ samples }, index) => {
    if (!("state" in samples)) return [];
    const cell = Object.entries(arm.sources[index]!.cell).map(([axis, value]) => `${axis} ${value}`);
    return [{ state: samples.state, reason: `${cell.join(", ")}: ${samples.reason}` }];
  });
  const first = (wanted: Failure["state"]) => failures.find(({ state }) => state === wanted);
  return first("crashed") ?? first("timed-out") ?? first("skipped");
}

function cellEvidence({ arm }: PlannedArm, { series, samples }: SourceSamples, index: number): CellEvidence {
  const { cell, role, experiment } = arm.sources[index]!;
  const given = arm.units.flatMap(({ groups }) => groups).find(({ source }) => source === index)?.given;
  const found = "state" in samples ? undefined : samples;
  return {
    cell: { ...cell },
    role,
    experiment: experiment.name,
    stream: series.stream,
    replicates: found?.count ?? 0,
    counted: found ? countOf(series, found, given) : 0,
    blocks: found ? blockDigests(found) : [],
  };
}

/** First 16 hexadecimal digits of the SHA-256 of each block of 64 replicates: the measures one after the other, by name. */
function blockDigests({ count, columns }: Samples): string[] {
  const digests: string[] = [];
  const block = new Float64Array(DIGEST_BLOCK * columns.length);
  for (let first = 0; first < count; first += DIGEST_BLOCK) {
    const length = Math.min(DIGEST_BLOCK, count - first);
    columns.forEach((column, at) => {
      block.set(column.subarray(first, first + length), at * length);
    });
    digests.push(hash("sha256", bytesOf(block.subarray(0, length * columns.length))).slice(0, 16));
  }
  return digests;
}

function countOf(series: PlannedSeries, samples: Samples, given: string | undefined): number {
  return given === undefined ? samples.count : countedRows(series, samples, given).length;
}

/** Indices of the replicates where the measure `given` is 1. */
function countedRows(series: PlannedSeries, samples: Samples, given: string): readonly number[] {
  const flags = columnOf(series, samples, given);
  const rows: number[] = [];
  for (let row = 0; row < samples.count; row++) if (flags[row] === 1) rows.push(row);
  return rows;
}

function columnOf({ measures, experiment }: PlannedSeries, { columns }: Samples, measure: string): Float64Array {
  const column = columns[measures.indexOf(measure)];
  if (!column) throw new TypeError(`experiment ${experiment.name} requires the measure ${measure}, it has ${measures}`);
  return column;
}

/** The unit's evidence, or why there is none. */
function judgeUnit(unit: Unit, sources: readonly SourceSamples[], levels: PlanningErrors): UnitEvidence | string {
  try {
    const { judge } = kindOf(unit.question);
    const losing = unit.groups.filter(({ source }) => lostRateOf(sources[source]!.series.experiment) !== undefined);
    // the checks of losses and of families share what checking may cost
    const undecided = losing.length === 0 ? levels.undecided : levels.undecided / 2;
    const found = decide(judge, unit.question, groupsOf(unit, sources), { ...levels, undecided });
    const refused = tooManyLost(
      losing.map(({ source }) => sources[source]!),
      SHARE_OF_CHECK * undecided,
    );
    const finding: Finding = refused === undefined ? found : { ...found, state: "inconclusive", refused };
    return unitEvidence(unit, sources, { finding, levels });
  } catch (error) {
    // A judge that refuses is an answer; so is one that breaks: the rest of the run must not be lost with it.
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Why more replicates were lost than the declared rate explains, or undefined: by the exact binomial law, with a probability of
 * at most `level` where the rate holds. A refusal is inconclusive, so that it may cost a decision and never a false one.
 */
function tooManyLost(sources: readonly SourceSamples[], level: number): string | undefined {
  for (const { series, samples } of sources) {
    const rate = lostRateOf(series.experiment)!;
    const { count } = samples as Samples;
    const lost = count - countedRows(series, samples as Samples, KEPT).length;
    if (lost <= largestCount(count, rate, level / sources.length)) continue;
    return `the declared rate of lost replicates, ${rate}, is contradicted by ${lost} lost of ${count}`;
  }
  return undefined;
}

/** What the judge of a unit is given: the columns of its groups, without the replicates that do not count. */
export function groupsOf({ groups }: Unit, sources: readonly SourceSamples[]): readonly Group[] {
  return groups.map((group) => groupOf(group, sources[group.source]!));
}

function groupOf(group: Unit["groups"][number], { series, samples }: SourceSamples): Group {
  const found = samples as Samples;
  const columns = group.columns.map((measure) => columnOf(series, found, measure));
  if (group.given === undefined) return { columns };
  const rows = countedRows(series, found, group.given);
  return { columns: columns.map((column) => valuesAt(rows, column)) };
}

/** A loop: `from` with a function takes many times as long. */
function valuesAt(rows: readonly number[], column: Float64Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let at = 0; at < values.length; at++) values[at] = column[rows[at]!]!;
  return values;
}

function unitEvidence(
  unit: Unit,
  sources: readonly SourceSamples[],
  { finding, levels }: { readonly finding: Finding; readonly levels: PlanningErrors },
): UnitEvidence {
  const { region, rivals, statistic } = unit.question;
  const { refused } = finding;
  const wouldNeed =
    finding.state === "inconclusive" && refused === undefined ? wouldNeedOf(unit, sources, levels) : undefined;
  return {
    label: unit.label,
    cells: unit.groups.map(({ source }) => source),
    statistic,
    predicted: unit.predicted === null ? null : rounded(unit.predicted),
    region: [rounded(region.low), rounded(region.high)],
    rivals: rivals.map((rival) => rounded(rival)!),
    level: rounded(levels.support)!,
    estimate: orNull(finding.estimate),
    interval: [orNull(finding.low), orNull(finding.high)],
    spread: finding.spread.map(orNull),
    state: finding.state,
    ...(finding.parts ? { parts: finding.parts.map(partEvidence) } : {}),
    ...(refused === undefined ? {} : { refused }),
    ...(wouldNeed ? { wouldNeed } : {}),
  };
}

function partEvidence({ label, estimate, low, high }: FoundPart): NonNullable<UnitEvidence["parts"]>[number] {
  return { label, estimate: orNull(estimate), interval: [orNull(low), orNull(high)] };
}

/** Evidence has no NaN: what could not be estimated is null, as an open end is. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : rounded(value);
}

/** Replicates a cell that decide the unit at its known value; undefined where that is not known or no number suffices. */
function wouldNeedOf(unit: Unit, sources: readonly SourceSamples[], levels: PlanningErrors): number[] | undefined {
  if (!unit.question.known) return undefined;
  const counts = unit.groups.map(({ source }) => (sources[source]!.samples as Samples).count);
  const needs = kindOf(unit.question).judge.needs(counts, unit.question, levels);
  return needs.every(Number.isSafeInteger) ? [...needs] : undefined;
}
