import type { ClaimEvidence, Evidence, OriginEvidence } from "../../claim/result.ts";
import { sanitise } from "../layout/sanitise.ts";

type Graded = Pick<ClaimEvidence, "origins" | "withoutControl">;

/** What a reader must know of where a claim's numbers come from: `recorded`, `program`, `without control`. Empty for an engine's. */
export function originParts({ origins = [], withoutControl }: Graded): readonly string[] {
  const by = new Set(origins.map((origin): string => origin.by));
  return [...by, ...(withoutControl === undefined ? [] : ["without control"])];
}

/** The same after a title: ` [recorded, without control]`. */
export function originLabel(claim: Graded): string {
  const parts = originParts(claim);
  return parts.length === 0 ? "" : ` [${parts.join(", ")}]`;
}

/** A sentence for each claim whose numbers no engine made. */
export function originWords({ claims }: Evidence): readonly string[] {
  return claims.flatMap(({ id, origins = [], withoutControl }) => [
    ...origins.map((origin) => `${sanitise(id)}: ${sanitise(wordsOf(origin))}.`),
    ...(withoutControl === undefined ? [] : [`${sanitise(id)}: without control, ${sanitise(withoutControl)}.`]),
  ]);
}

function wordsOf(origin: OriginEvidence): string {
  if (origin.by === "recorded") return `recorded, nothing was run: ${origin.file}, SHA-256 ${origin.digest}`;
  const { program, deterministic, lost } = origin;
  const wavers = deterministic ? "" : ", compared by estimates and never by bytes";
  const losing = lost === undefined ? "" : `, of whose replicates ${100 * lost} % may be lost`;
  return `computed by the program ${program}${wavers}${losing}`;
}
