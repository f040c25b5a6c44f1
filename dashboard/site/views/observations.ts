import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArmEvidence, CellEvidence, Provenance } from "../../../src/claim/result.ts";
import { shownAs } from "../../../src/predictions/named.ts";
import { isotonicFit } from "../../../src/statistics/isotonic.ts";
import { type KeptLaw, shownLaw } from "../../../src/statistics/shown-law.ts";
import type { Group, Raw } from "../../browser/claim/claim-data.ts";
import { firstPart } from "../html/words.ts";
import type { KnownClaim } from "../sources/known-claims.ts";

type ManifestArm = KnownClaim["manifest"]["tiers"][string][number];
type ManifestUnit = ManifestArm["units"][number];

/** Observations of a cell that a page shows: enough to see the law, few enough for a phone. */
const SHOWN = 160;
const STEPS = 160;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const DIGITS = 4;

/** An arm, what was asked of it, and its measures in words. */
export interface ObservedArm {
  readonly manifest: ManifestArm;
  readonly evidence: ArmEvidence;
  readonly measures: Readonly<Record<string, string>>;
}

/** Where the samples of a result lie and what they are. */
export interface SampleFolder {
  readonly folder: string;
  readonly samples: Provenance["samples"];
}

/** The raw points of one unit, or nothing where its samples are not beside the result or are not what was recorded. */
export function observationsOf(unit: ManifestUnit, arm: ObservedArm, place: SampleFolder): Raw | undefined {
  const groups = unit.groups.map(({ source, columns, given }) => {
    const cell = arm.evidence.cells[source];
    const label = cellLabel(arm.manifest.sources[source]);
    return { label, columns: cell ? readColumns(cell, { columns, given }, place) : undefined };
  });
  if (groups.length === 0 || groups.some(({ columns }) => columns === undefined)) return undefined;
  const first = groups[0]!.columns!;
  const values = () => groups.map(({ label, columns }) => groupOf(label, columns![0]!));
  switch (shownAs(unit.statistic).chart) {
    case "cloud":
    case "scatter":
      return scatter(first, measureWords(unit, arm));
    case "law":
      return lawSteps(first[0]!, unit.detail);
    case "slope": {
      const through = unit.detail["through"] === "median" ? "median" : "mean";
      return { kind: "slope", at: unit.detail["at"] as readonly number[], through, groups: values() };
    }
    case "pairs":
      return scatter(first.toReversed(), measureWords(unit, arm).toReversed());
    case "band": {
      const names = measureWords(unit, arm);
      const each = groups.flatMap(({ label, columns }) =>
        columns!.map((column, at) => ({ ...groupOf(label, column), measure: names[at]! })),
      );
      return { kind: "values", groups: each };
    }
    case "trend":
      return { kind: "values", ...trendOf(values(), unit.detail) };
    case "values":
    case "zeros-and-ones":
    case "spread":
    case "values-apart":
    case "profile":
    case "times":
    case "reported":
    case "tasks":
      return { kind: "values", groups: values() };
  }
}

/** Groups and the isotonic fit through their means or medians, each with the weight of its replicates; none where one is not finite. */
function trendOf(groups: readonly Group[], { through, order }: ManifestUnit["detail"]) {
  const middles = groups.map(({ mean, quantiles }) => (through === "median" ? (quantiles[2] ?? Number.NaN) : mean));
  if (!middles.every(Number.isFinite)) return { groups };
  const weights = groups.map(({ count }) => count);
  return { groups, fit: isotonicFit(middles, weights, order === "descending" ? "descending" : "ascending") };
}

interface Wanted {
  readonly columns: readonly string[];
  readonly given: string | undefined;
}

/** The columns of one stream, of the replicates that count; undefined where its file is not what was recorded. */
export function readColumns(
  { stream, replicates }: Pick<CellEvidence, "stream" | "replicates">,
  { columns, given }: Wanted,
  place: SampleFolder,
): readonly Float64Array[] | undefined {
  const entry = place.samples[stream];
  // The digest becomes a path: only what a digest can be.
  if (entry === undefined || !/^[0-9a-f]{64}$/.test(entry.digest)) return undefined;
  const path = join(place.folder, "samples", `${entry.digest}.f64`);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const whole = entry.measures.length * entry.replicates * 8;
  if (bytes.length !== whole || createHash("sha256").update(bytes).digest("hex") !== entry.digest) return undefined;
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
  const column = (name: string) => {
    const at = entry.measures.indexOf(name);
    const first = at * entry.replicates;
    // Another claim may have drawn more of the same stream: this one was judged by its own share.
    return at < 0 ? undefined : all.subarray(first, first + Math.min(replicates, entry.replicates));
  };
  const flags = given === undefined ? undefined : column(given);
  const found = columns.map((name) => column(name)?.filter((_, row) => flags === undefined || flags[row] === 1));
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** Some observations of a cell, and what they all come to. */
export function groupOf(label: string, column: Float64Array): Group {
  const finite = column.filter(Number.isFinite);
  const sorted = column.filter((value) => !Number.isNaN(value)).toSorted();
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const deviation = Math.sqrt(
    finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, finite.length - 1),
  );
  return {
    label,
    count: column.length,
    values: [...finite.subarray(0, SHOWN)].map(short),
    quantiles: QUANTILES.map((at) => finiteOrNull(short(quantile(sorted, at)))),
    mean: short(mean),
    deviation: short(deviation),
    zeros: countOf(column, Number.NEGATIVE_INFINITY),
    endless: countOf(column, Number.POSITIVE_INFINITY),
  };
}

function scatter([regressor, response]: readonly Float64Array[], [across, up]: readonly string[]): Raw {
  const count = regressor!.length;
  const points = Array.from({ length: Math.min(SHOWN, count) }, (_, row): readonly [number, number] => {
    return [short(regressor![row]!), short(response![row]!)];
  });
  return { kind: "scatter", count, names: [across ?? "", up ?? ""], points };
}

function lawSteps(column: Float64Array, detail: ManifestUnit["detail"]): Raw {
  const sorted = column.filter(Number.isFinite).toSorted();
  const below = shownLaw(detail as unknown as KeptLaw, sorted);
  const steps = Array.from({ length: STEPS }, (_, index): readonly [number, number, number] => {
    const share = (index + 0.5) / STEPS;
    const at = quantile(sorted, share);
    return [short(at), short(share), short(below(at))];
  });
  return { kind: "law", count: column.length, steps };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function countOf(column: Float64Array, wanted: number): number {
  return column.reduce((count, value) => count + (value === wanted ? 1 : 0), 0);
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

function measureWords({ groups }: ManifestUnit, { measures }: ObservedArm): readonly string[] {
  return groups[0]!.columns.map((name) => firstPart(measures[name] ?? name));
}

function cellLabel(source: ManifestArm["sources"][number] | undefined): string {
  if (source === undefined) return "";
  const cell = Object.entries(source.cell).map(([axis, value]) => `${axis} ${value}`);
  return [...cell, ...(source.role === "against" ? ["compared with"] : [])].join(", ");
}
