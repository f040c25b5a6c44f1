import type { ShownClaim } from "./sources.ts";

const COLUMNS = [
  "claim",
  "arm",
  "kind",
  "cell",
  "statistic",
  "predicted",
  "region_low",
  "region_high",
  "rivals",
  "estimate",
  "low",
  "high",
  "level",
  "state",
] as const;

/** A claim's questions and answers, one row each, for a spreadsheet. */
export function claimCsv({ id, arms }: ShownClaim): string {
  const rows = arms.flatMap(({ name, kind, units }) =>
    units.map((unit) => [
      id,
      name,
      kind,
      unit.label,
      unit.statistic,
      unit.predicted,
      ...unit.region,
      unit.rivals.join(" "),
      unit.estimate,
      ...unit.interval,
      unit.level,
      unit.state,
    ]),
  );
  return [COLUMNS, ...rows]
    .map((cells) => cells.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}

/** RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe. */
function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
