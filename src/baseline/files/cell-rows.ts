import type { TierName } from "../../claim/claim.ts";
import { type AcceptedCell, type Baseline, BaselineError } from "../baseline.ts";
import { cellWords } from "../cell-words.ts";
import type { DefinedSource } from "../definition.ts";
import type { Line } from "./line.ts";

export const TIERS: readonly TierName[] = ["smoke", "full", "deep"];

/** An arm's cell with what its tiers take of it. */
interface CellRow {
  readonly source: DefinedSource;
  readonly stream: string | undefined;
  readonly tiers: Map<TierName, { readonly planned: number | undefined; readonly evidence: AcceptedCell | undefined }>;
}

/** The cells of each arm by the arm's name, each once for all tiers that draw it from one stream. */
export type CellRows = ReadonlyMap<string, readonly CellRow[]>;

/** Puts the tiers' cells together. The longest tier gives the order: it has most of them. */
export function cellRows({ claim, definition, tiers }: Baseline): CellRows {
  const rows = new Map<string, CellRow[]>();
  for (const tier of [...TIERS].reverse()) {
    for (const { name, sources } of definition.tiers[tier] ?? []) {
      const cells = tiers[tier]?.arms.find((arm) => arm.name === name)?.cells;
      const known = rows.get(name) ?? [];
      rows.set(name, known);
      sources.forEach((source, index) => {
        const stream = cells?.[index]?.stream;
        const row = known.find((each) => sameCell(each, source, stream)) ?? { source, stream, tiers: new Map() };
        if (row.tiers.has(tier)) throw new BaselineError(`${claim}, arm ${name}, has ${cellWords(source)} twice`);
        if (row.tiers.size === 0) known.push(row);
        row.tiers.set(tier, { planned: source.replicates, evidence: cells?.[index] });
      });
    }
  }
  return rows;
}

/** Place of a tier's cell, the `index`-th of its arm there, among all cells of the arm. */
export function placeOf(rows: readonly CellRow[], tier: TierName, cell: AcceptedCell): number {
  return rows.findIndex(({ tiers }) => tiers.get(tier)?.evidence === cell);
}

/** The lines of an arm's cells. */
export function cellLines(arm: string, rows: readonly CellRow[]): readonly Line<"cell">[] {
  return rows.map(({ source: { cell, role, experiment, setup }, stream, tiers }) => {
    const counts = (of: (tier: TierName) => number | undefined) =>
      Object.fromEntries(
        TIERS.flatMap((tier) => {
          const count = tiers.has(tier) ? of(tier) : undefined;
          return count === undefined ? [] : [[tier, count]];
        }),
      );
    const at = (tier: TierName) => tiers.get(tier)!;
    const taken = counts((tier) => unless(at(tier).planned, at(tier).evidence?.replicates));
    const counted = counts((tier) => unless(at(tier).evidence?.replicates, at(tier).evidence?.counted));
    return {
      cell,
      arm,
      role: role === "against" ? role : undefined,
      experiment,
      setup,
      stream,
      replicates: counts((tier) => at(tier).planned),
      taken: Object.keys(taken).length === 0 ? undefined : taken,
      counted: Object.keys(counted).length === 0 ? undefined : counted,
    };
  });
}

function unless(usual: number | undefined, value: number | undefined): number | undefined {
  return value === usual ? undefined : value;
}

function sameCell({ source, stream }: CellRow, other: DefinedSource, otherStream: string | undefined): boolean {
  return (
    cellWords(source) === cellWords(other) &&
    source.experiment === other.experiment &&
    source.setup === other.setup &&
    stream === otherStream
  );
}
