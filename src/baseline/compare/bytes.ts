import type { CellEvidence, ClaimEvidence } from "../../claim/result.ts";
import type { AcceptedCell, Baseline, TierBaseline } from "../baseline.ts";
import { cellWords } from "../cell-words.ts";
import { firstDifferingSpan, type ReplicateSpan } from "../prefixes.ts";
import type { BytesChange } from "./change.ts";

/** Cells whose samples are not those that were accepted: one change a cell, where it first differs. */
export function bytesChanges(
  claim: ClaimEvidence,
  before: TierBaseline,
  streams: Baseline["streams"],
): readonly BytesChange[] {
  return claim.arms.flatMap((arm) => {
    const cells = before.arms.find(({ name }) => name === arm.name)?.cells ?? [];
    return arm.cells.flatMap((cell): readonly BytesChange[] => {
      const words = cellWords(cell);
      const was = cells.find((each) => cellWords(each) === words);
      const replicates = differingReplicates(was, cell, streams);
      return replicates === undefined ? [] : [{ kind: "bytes", arm: arm.name, cell: words, replicates }];
    });
  });
}

/** Null: of another stream, or of none that was accepted. Undefined: the same samples, and as many. */
function differingReplicates(
  was: AcceptedCell | undefined,
  now: CellEvidence,
  streams: Baseline["streams"],
): ReplicateSpan | null | undefined {
  if (was === undefined || was.stream !== now.stream) return null;
  const span = firstDifferingSpan(streams.get(now.stream) ?? new Map(), now);
  if (span !== undefined || was.replicates === now.replicates) return span;
  return [Math.min(was.replicates, now.replicates), Math.max(was.replicates, now.replicates) - 1];
}
