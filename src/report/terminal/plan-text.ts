import { chanceText, countText, decimalsFor, exactText, secondsText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { type Column, type TableRow, table } from "../layout/table.ts";
import { wrap } from "../layout/wrap.ts";

/** What a plan's table shows of one arm. */
interface ArmSizeRow {
  readonly name: string;
  readonly kind: "claimed" | "control";
  readonly support: number;
  readonly cell: string;
  readonly has: readonly number[];
  readonly needs: readonly number[] | null;
  readonly enough: boolean | null;
  readonly detects: number | null;
  readonly region: readonly [number | null, number | null];
  readonly problem?: string;
}

export interface ClaimSizeRow {
  readonly id: string;
  readonly title: string;
  readonly suite: string;
  readonly share: number;
  readonly arms: readonly ArmSizeRow[];
  readonly replicates: number;
  readonly seconds: number;
}

export interface PlanTextOptions {
  readonly columns: number;
  readonly tier: string;
  readonly workers: number;
  /** Whether the times come from this machine, measured just now. */
  readonly fitted: boolean;
}

const BUDGET = 12;
const REPLICATES = 17;
const EFFECT = 11;
const TIME = 8;
const GAPS = 8;

/** What each claim needs to be decided, has, and costs, as a table; then the sums. */
export function planText(claims: readonly ClaimSizeRow[], options: PlanTextOptions): string {
  const columns: readonly Column[] = [
    { head: "Claim", width: options.columns - BUDGET - REPLICATES - EFFECT - TIME - GAPS },
    { head: "Share, error", width: BUDGET },
    { head: "Replicates/cell", width: REPLICATES },
    { head: "Sees, margin", width: EFFECT },
    { head: "Time", width: TIME },
  ];
  const suites = [...new Set(claims.map(({ suite }) => suite))];
  const sections = suites.flatMap((suite) => [
    `suite ${sanitise(suite)}, tier ${options.tier}`,
    "",
    ...table(
      columns,
      claims.filter((claim) => claim.suite === suite).map((claim) => row(claim)),
    ),
    "",
  ]);
  return `${[...sections, ...footer(claims, options).flatMap((line) => wrap(line, options.columns))].join("\n")}\n`;
}

function row({ id, title, share, arms, seconds }: ClaimSizeRow): TableRow {
  const claimed = arms.find(({ kind }) => kind === "claimed")!;
  const controls = arms.filter(({ kind }) => kind === "control");
  const ready = controls.filter(({ enough }) => enough === true).length;
  const problems = arms.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`${sanitise(name)}: ${sanitise(problem)}`],
  );
  return {
    cells: [
      [{ text: sanitise(title) }, ...problems.map((text) => ({ text: `! ${text}` }))],
      [{ text: exactText(share, 4) }, { text: chanceText(claimed.support) }],
      [
        { text: `${symbol(claimed.enough)} has ${counts(claimed.has)}` },
        { text: `needs ${claimed.needs === null ? "unknown" : counts(claimed.needs)}` },
        { text: `${symbol(ready === controls.length)} controls ${ready}/${controls.length}` },
      ],
      [{ text: seen(claimed) }, { text: margin(claimed.region) }],
      [{ text: secondsText(seconds) }],
    ],
    below: { text: sanitise(id) },
  };
}

/** Of a judge that so few values give no bound, nothing is seen, however wide the margin; of a claim that says too little, unknown. */
function seen({ detects, enough }: ArmSizeRow): string {
  if (detects !== null) return `± ${small(detects)}`;
  return enough === null ? "unknown" : "nothing";
}

function footer(claims: readonly ClaimSizeRow[], { tier, workers, fitted }: PlanTextOptions): readonly string[] {
  const seconds = claims.reduce((sum, claim) => sum + claim.seconds, 0);
  const replicates = claims.reduce((sum, claim) => sum + claim.replicates, 0);
  const short = claims.filter(({ arms }) => arms.some(({ enough }) => enough === false)).length;
  const unknown = claims.filter(({ arms }) => arms.some(({ enough }) => enough === null)).length;
  const all = claims.length === 1 ? "1 claim" : `${claims.length} claims`;
  const sentences = [
    ...(short === 0
      ? []
      : [
          `${short} of ${all} have an arm with fewer replicates than would decide it${tier === "smoke" ? ": the smoke tier is a quick look" : ""}.`,
        ]),
    ...(unknown === 0
      ? []
      : [`${unknown} of ${all} have an arm of which it is not known whether its replicates suffice.`]),
  ];
  return [
    sentences.length === 0 ? "Every arm has the replicates that it needs to be decided." : sentences.join(" "),
    `${countText(replicates)} replicates, about ${secondsText(seconds)} on ${workers} workers, nothing found from earlier runs (${fitted ? "speed measured on this machine just now" : "speed as committed; --fit measures this machine"}).`,
    "Share: part of the suite's error budget. Error: chance that a bound of the interval is wrong. Sees: the smallest margin that these replicates would confirm around the known value, nothing where so few give no bound. Times of samples that several claims share are counted at the first.",
  ];
}

function symbol(enough: boolean | null): string {
  return enough === null ? "?" : enough ? "✓" : "?";
}

function counts(values: readonly number[]): string {
  const texts = values.map((value) => (Number.isFinite(value) ? countText(value) : "no number"));
  const distinct = [...new Set(texts)];
  return distinct.length <= 2 ? distinct.join(" / ") : `${distinct[0]} to ${distinct.at(-1)}`;
}

function margin([low, high]: readonly [number | null, number | null]): string {
  if (low !== null && high !== null) return `of ± ${small((high - low) / 2)}`;
  return low === null ? `bound ${small(high ?? 0)}` : `bound ${small(low)}`;
}

function small(value: number): string {
  return exactText(value, decimalsFor(Math.abs(value)));
}
