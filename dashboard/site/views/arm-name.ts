import type { ArmEvidence } from "../../../src/claim/result.ts";

/** Controls by their number among the arms: their headings say which assumption each breaks, and its key in the code says less. */
export function armName({ kind, name }: Named, arms: readonly Named[]): string {
  if (kind === "claimed") return "claimed";
  return `control ${arms.filter((one) => one.kind === "control").findIndex((one) => one.name === name) + 1}`;
}

type Named = Pick<ArmEvidence, "kind" | "name">;

/** The same claims with each control's number for its name, for words that are made elsewhere: `control 1`. */
export function withNumbers<Claim extends { readonly arms: readonly Named[] }>(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => ({
    ...claim,
    arms: claim.arms.map((arm) => ({ ...arm, name: numberOf(arm, claim.arms) })),
  }));
}

/** `claimed`, else the control's number. */
export function numberOf(arm: Named, arms: readonly Named[]): string {
  return armName(arm, arms).replace("control ", "");
}
