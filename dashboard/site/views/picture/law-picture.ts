import { type KeptLaw, shownLaw } from "../../../../src/statistics/shown-law.ts";
import type { LawPicture } from "../../../browser/picture/picture-data.ts";
import type { CellPoint } from "./arm-points.ts";
import { capital, short } from "./picture-sentence.ts";

const BINS = 36;

/** The shares of all arms' observations, beside the share that the predicted law has, in bins that hold all but a thousandth. */
export function lawPicture(points: readonly CellPoint[], measure: string): LawPicture {
  const [first] = points;
  const all = points.map(({ columns }) => columns[0]!.filter(Number.isFinite).toSorted());
  const below = shownLaw(first!.unit.detail as unknown as KeptLaw, all[0]!);
  const low = Math.min(...all.map((sorted) => sorted[Math.floor(sorted.length / 2000)]!));
  const high = Math.max(...all.map((sorted) => sorted[Math.ceil((sorted.length * 1999) / 2000) - 1]!));
  const edges = Array.from({ length: BINS + 1 }, (_, at) => low + ((high - low) * at) / BINS);
  const bins = edges.slice(1).map((to, at) => ({
    low: digits(edges[at]!),
    high: digits(to),
    predicted: digits(below(to) - below(edges[at]!)),
  }));
  const series = points.map(({ arm, columns, command }, at) => ({
    name: arm.name,
    arm: arm.name,
    kind: arm.evidence.kind,
    shares: sharesOf(all[at]!, edges),
    count: columns[0]!.length,
    command,
  }));
  const distances = points.map(
    ({ arm, found }) =>
      `${capital(arm.name)}: the largest distance from the predicted law is ${found.estimate === null ? "unknown" : short(found.estimate)}, at most ${short(found.region[1] ?? 1)} is predicted.`,
  );
  return {
    form: "law",
    across: { words: measure, scale: "linear" },
    up: { words: "share of replicates", scale: "linear" },
    bins,
    series,
    sentence: `${capital(measure)}: how often each value came, beside the predicted law. ${distances.join(" ")}`,
  };
}

function sharesOf(sorted: Float64Array, edges: readonly number[]): readonly number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [low, high] = [edges[0]!, edges.at(-1)!];
  for (const value of sorted) {
    const bin = Math.min(counts.length - 1, Math.floor(((value - low) / (high - low)) * counts.length));
    if (bin >= 0 && value <= high) counts[bin] = counts[bin]! + 1;
  }
  return counts.map((count) => digits(count / sorted.length));
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}
