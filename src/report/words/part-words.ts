import type { UnitEvidence } from "../../claim/result.ts";

/** One of the things that a question asks for together. */
export type Part = NonNullable<UnitEvidence["parts"]>[number];

/** Where a part lies that was measured so: with its whole interval in the region, wholly out of it, or neither. */
export type PartPlace = "inside" | "open" | "outside";

export function placeOfPart({ interval: [from, to] }: Part, { region }: Pick<UnitEvidence, "region">): PartPlace {
  const [least, most] = [region[0] ?? Number.NEGATIVE_INFINITY, region[1] ?? Number.POSITIVE_INFINITY];
  const [low, high] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  if (low >= least && high <= most) return "inside";
  return high < least || low > most ? "outside" : "open";
}

/** The parts that keep a question open: those of it that are not inside, while it is undecided. */
export function openParts(unit: Pick<UnitEvidence, "state" | "parts" | "region">): readonly Part[] {
  if (unit.state !== "inconclusive") return [];
  return (unit.parts ?? []).filter((part) => placeOfPart(part, unit) !== "inside");
}

/** `-0.0123 to 0.5`. */
export function partInterval({ interval: [low, high] }: Part): string {
  const end = (value: number | null, open: string) => (value === null ? open : String(Number(value.toPrecision(3))));
  return `${end(low, "-∞")} to ${end(high, "∞")}`;
}
