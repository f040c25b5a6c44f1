import { type ArmEvidence, type CellEvidence, DIGEST_BLOCK } from "../claim/result.ts";
import { cellLabel } from "../predictions/cells.ts";

/** Where two sets of samples first differ. */
export interface BlockDifference {
  readonly arm: string;
  /** The cell in words; the second experiment of a comparison says so. */
  readonly cell: string;
  /** Replicates of the first block that differs, or null when the experiment or its setup is another. */
  readonly replicates: readonly [first: number, last: number] | null;
}

/**
 * The first differing block of each cell. `whole`: the same cells with as many replicates are expected. `shared`: only
 * what both have, whole blocks of equal streams, as between a tier and the longer one that it is a prefix of.
 */
export function differingBlocks(
  before: readonly ArmEvidence[],
  after: readonly ArmEvidence[],
  extent: "whole" | "shared",
): readonly BlockDifference[] {
  return after.flatMap((arm) => {
    const other = before.find(({ name }) => name === arm.name);
    return arm.cells.flatMap((cell) => {
      const was = other?.cells.find((each) => sameCell(each, cell));
      const difference = was === undefined ? missing(extent) : compareCells(was, cell, extent);
      return difference === "same" ? [] : [{ arm: arm.name, cell: cellWords(cell), replicates: difference }];
    });
  });
}

type Difference = "same" | BlockDifference["replicates"];

function missing(extent: "whole" | "shared"): Difference {
  return extent === "whole" ? null : "same";
}

function compareCells(was: CellEvidence, now: CellEvidence, extent: "whole" | "shared"): Difference {
  if (was.stream !== now.stream) return missing(extent);
  const replicates = Math.min(was.replicates, now.replicates);
  // a block that is not full in both digests another number of replicates
  const equalLength = was.replicates === now.replicates;
  const comparable = equalLength ? Math.ceil(replicates / DIGEST_BLOCK) : Math.floor(replicates / DIGEST_BLOCK);
  for (let block = 0; block < comparable; block++) {
    if (was.blocks[block] === now.blocks[block]) continue;
    const first = block * DIGEST_BLOCK;
    return [first, Math.min(first + DIGEST_BLOCK, replicates) - 1];
  }
  if (extent === "whole" && !equalLength) return [replicates, Math.max(was.replicates, now.replicates) - 1];
  return "same";
}

function sameCell(a: CellEvidence, b: CellEvidence): boolean {
  return cellWords(a) === cellWords(b);
}

/** A cell in words; the second experiment of a comparison says so. */
export function cellWords({ cell, role }: CellEvidence): string {
  // JSON keeps the order of axes, but a baseline edited by a formatter may not
  const sorted = Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
  const label = cellLabel(sorted);
  return role === "against" ? `${label} (second experiment)` : label;
}
