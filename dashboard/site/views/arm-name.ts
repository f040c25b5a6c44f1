import type { ArmEvidence } from "../../../src/claim/result.ts";

/** Controls by their number among the arms: their headings say which assumption each breaks, and its key in the code says less. */
export function armName({ kind, name }: Named, arms: readonly Named[]): string {
  if (kind === "claimed") return "claimed";
  return `control ${arms.filter((one) => one.kind === "control").findIndex((one) => one.name === name) + 1}`;
}

type Named = Pick<ArmEvidence, "kind" | "name">;
