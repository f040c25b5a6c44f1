import { type KeptLaw, shownLaw } from "../../../../src/statistics/shown-law.ts";
import type { LawPicture } from "../../../browser/picture/picture-data.ts";
import type { CellPoint } from "./arm-points.ts";
import { capital, short } from "./picture-sentence.ts";

const BINS = 36;

/** Of what is claimed the bins hold all but a thousandth; of controls, whose tails may be far, all but a twenty-fifth. */
const BEYOND = { claimed: 1 / 2000, control: 1 / 50 } as const;

/** The shares of all arms' observations in bins, beside the shares that the predicted laws have there. */
export function lawPicture(points: readonly CellPoint[], measure: string): LawPicture {
  const all = points.map(({ columns }) => columns[0]!.filter(Number.isFinite).toSorted());
  const beyond = points.map(({ arm }) => BEYOND[arm.evidence.kind]);
  const atoms = atomsOf(points, all);
  const low = Math.min(...all.map((sorted, at) => sorted[Math.floor(sorted.length * beyond[at]!)]!));
  const high = Math.max(...all.map((sorted, at) => sorted[Math.ceil(sorted.length * (1 - beyond[at]!)) - 1]!));
  const edges = atoms ? between(atoms) : Array.from({ length: BINS + 1 }, (_, at) => low + ((high - low) * at) / BINS);
  const bins = edges.slice(1).map((to, at) => ({ low: digits(edges[at]!), high: digits(to) }));
  const laws = points.flatMap(({ arm, unit }, at) => {
    if (arm.evidence.kind !== "claimed") return [];
    const below = shownLaw(unit.detail as unknown as KeptLaw, all[at]!);
    return [edges.slice(1).map((to, bin) => digits(below(to) - below(edges[bin]!)))];
  });
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
    ...(atoms ? { atoms } : {}),
    laws: laws.filter((law, at) => laws.findIndex((other) => String(other) === String(law)) === at),
    series,
    sentence: `${capital(measure)}: how often each value came, beside the predicted law. ${distances.join(" ")}`,
  };
}

/** The values, where they are few: counts, or the faces of a die, each of which has a bin of its own. */
function atomsOf(points: readonly CellPoint[], all: readonly Float64Array[]): readonly number[] | undefined {
  const seen = new Set(all.flatMap((sorted) => [...sorted]));
  if (seen.size > BINS) return undefined;
  const predicted = points.flatMap(({ unit: { detail } }) => {
    const { at, chances } = detail as { readonly at?: readonly number[]; readonly chances?: readonly number[] };
    return detail["name"] === "discrete" ? at!.filter((_, index) => chances![index]! >= BEYOND.claimed) : [];
  });
  return [...new Set([...seen, ...predicted])].sort((a, b) => a - b);
}

/** Edges half way from each value to the next, and as far beyond the last ones. */
function between(atoms: readonly number[]): readonly number[] {
  const middles = atoms.slice(1).map((atom, at) => (atom + atoms[at]!) / 2);
  const [first, last] = [atoms[0]!, atoms.at(-1)!];
  return [2 * first - (middles[0] ?? first + 0.5), ...middles, 2 * last - (middles.at(-1) ?? last - 0.5)];
}

function sharesOf(sorted: Float64Array, edges: readonly number[]): readonly number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    if (value < edges[0]! || value > edges.at(-1)!) continue;
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin += 1;
    counts[bin] = counts[bin]! + 1;
  }
  return counts.map((count) => digits(count / sorted.length));
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}
