import type { BytesChange, Change, ClaimComparison, EstimateChange } from "../../baseline/compare/change.ts";
import type { DefinitionChange } from "../../baseline/definition-changes.ts";
import type { PairedShift } from "../../baseline/samples/paired-shift.ts";
import { numberText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { OUTCOME_WORDS, STATE_WORDS } from "./verdict-words.ts";

/** Digits of values beside each other: two more than evidence needs to tell most moves apart. */
const DECIMALS = 6;

/** One change in words that are safe for one line of a terminal; details follow in `detailWords`. */
export function changeWords(change: Change): string {
  switch (change.kind) {
    case "verdict":
      return `verdict changed${ofArm(change.arm)}: ${stateWord(change.from)} before, ${stateWord(change.to)} now`;
    case "claim":
      return `the claim itself was changed: ${change.from.slice(0, 10)} before, ${change.to.slice(0, 10)} now; what was accepted of it is void`;
    case "missing":
      return `baseline missing: nothing was accepted for tier ${change.tier}`;
    case "removed":
      return "claim removed: no suite has it any more, the base still has";
    case "added":
      return "new claim: the base does not have it";
    case "renamed":
      return `renamed from ${sanitise(change.from)}: its baseline and history go on under the new name`;
    case "expectation":
      return `known deviation is none any more: expected that it ${outcomeWord(change.expects)}, it ${outcomeWord(change.found)}; its entry in expectations.json has to go`;
    case "estimate":
      return `${change.from === change.to ? "interval changed" : "estimate moved"}${ofArm(change.arm)} at ${place(change.unit)}: ${estimateWords(change)}`;
    case "bytes":
      return `bytes changed at ${place(change.cell)}${ofArm(change.arm)}: ${spanWords(change)}`;
  }
}

/** Lines below a change: what was changed in the claim, old and new; which observation differs, and how far measures moved. */
export function detailWords(change: Change): readonly string[] {
  if (change.kind === "claim") return change.differences.map(differenceWords);
  if (change.kind !== "bytes") return [];
  const moved = (change.shifts ?? []).filter(({ changed }) => changed > 0);
  return [...(change.first === undefined ? [] : [observationWords(change.first)]), ...moved.map(shiftWords)];
}

/** `margin widened: ± 0.05 before, ± 0.08 now (smoke, depth 4)`. */
export function differenceWords(difference: DefinitionChange): string {
  const { from, to, where } = difference;
  const values = from === null ? `: ${to}` : to === null ? `: ${from}` : `: ${from} before, ${to} now`;
  return sanitise(`${differenceName(difference)}${values}${where === "" ? "" : ` (${where})`}`);
}

/** `margin widened`, `control dropped`. */
export function differenceName({ what, from, to, weakens }: DefinitionChange): string {
  if (what === "other") return "changed in what the baseline does not hold";
  if (from === null) return `${what} added`;
  if (to === null) return `${what} dropped`;
  if (what === "margin") return weakens ? "margin widened" : "margin narrowed";
  if (what === "replicates") return weakens ? "fewer replicates" : "more replicates";
  return weakens ? `${what} cut` : `${what} changed`;
}

/** `28 claims compared with their smoke baselines: 26 the same, 1 verdict changed, 1 with other bytes`. */
export function comparisonSentence(comparisons: readonly ClaimComparison[], base: string): string {
  const kinds = comparisons.map(({ changes }) => new Set(changes.map(({ kind }) => kind)));
  const having = (kind: Change["kind"]) => kinds.filter((set) => set.has(kind)).length;
  const parts = [
    [kinds.filter((set) => [...set].every((kind) => kind === "renamed")).length, "unchanged"],
    [having("verdict"), "with another verdict"],
    [having("claim"), "whose claim itself was changed"],
    [having("missing"), "without a baseline"],
    [having("removed"), "removed"],
    [having("added"), "new"],
    [having("renamed"), "renamed"],
    [having("expectation"), "that no longer deviates as expected"],
    [having("estimate"), "with a moved estimate"],
    [having("bytes"), "with other bytes"],
  ] as const;
  const counts = parts
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, words]) => `${count} ${words}`);
  const otherwise = (kind: ClaimComparison["bytes"], how: string) => {
    const count = comparisons.filter(({ bytes }) => bytes === kind).length;
    return count === 0 ? "" : ` (${count} ${how}: only verdicts are compared)`;
  };
  const unpromised = comparisons.filter(({ bytes }) => bytes === "not-promised").length;
  const note =
    otherwise("other-seed", "drawn with another seed") +
    otherwise("other-engine", "computed by an engine with bytes of its own") +
    (unpromised === 0
      ? ""
      : ` (${unpromised} by programs that promise no bytes: verdicts are compared, and estimates beyond chance)`);
  const noun = comparisons.length === 1 ? "1 claim" : `${comparisons.length} claims`;
  return `${noun} compared with ${sanitise(base)}: ${counts.join(", ")}${note}`;
}

/** `known deviation: it fails, because …, https://…`. */
export function knownWords({ expects, reason, link }: NonNullable<ClaimComparison["known"]>): string {
  return sanitise(`known deviation: it ${outcomeWord(expects)}; ${reason} (${link})`);
}

/** `-0.63 (-0.64 to -0.62) before, -0.61 (-0.62 to -0.60) now, 1.20 margins`. */
export function estimateWords({ from, to, intervals, margins }: EstimateChange): string {
  return `${valueWords(from, intervals[0])} before, ${valueWords(to, intervals[1])} now${from === to ? "" : `, ${marginsWord(margins)}`}`;
}

export function stateWord(state: Extract<Change, { readonly kind: "verdict" }>["from"]): string {
  return state === "absent" ? "absent" : STATE_WORDS[state].word;
}

export function marginsWord(margins: number): string {
  if (!Number.isFinite(margins)) return "beyond any margin";
  return margins < 0.01 ? "less than 0.01 margins" : `${margins.toFixed(2)} margins`;
}

/** The most that a table says of a claim: its gravest change. */
export function symbolOf(change: Change): string {
  switch (change.kind) {
    case "bytes":
    case "estimate":
      return "~";
    case "missing":
      return "?";
    case "added":
      return "+";
    case "renamed":
      return "=";
    case "claim":
    case "verdict":
    case "removed":
    case "expectation":
      return "✗";
  }
}

function spanWords({ replicates }: BytesChange): string {
  return replicates === null
    ? "another experiment or setup, so other streams"
    : `first among replicates ${replicates[0]}-${replicates[1]}`;
}

function observationWords({ replicate, measure, from, to }: NonNullable<BytesChange["first"]>): string {
  return sanitise(`first differing observation: replicate ${replicate}, ${measure}: ${from} before, ${to} now`);
}

/** `logNormSquared moved by 0.012 (0.008 to 0.016) over 512 pairs, of which 40 changed, 0.24 margins (0.16 to 0.32)`; intervals at 99 %. */
function shiftWords({ measure, pairs, changed, broken, mean, interval, margins }: PairedShift): string {
  const by =
    mean === null
      ? "nowhere that can be paired"
      : `by ${numbers(mean, interval)} over ${pairs} pairs, of which ${changed} changed`;
  const inMargins =
    margins === null || margins.mean === null ? "" : `, ${numbers(margins.mean, margins.interval)} margins`;
  const lost = broken === 0 ? "" : `, ${broken} finite on one side only`;
  return sanitise(`${measure} moved ${by}${inMargins}${lost}`);
}

function numbers(value: number, [low, high]: readonly [number | null, number | null]): string {
  const interval = low === null || high === null ? "" : ` (${threeDigits(low)} to ${threeDigits(high)})`;
  return `${threeDigits(value)}${interval}`;
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function valueWords(value: number | null, [low, high]: readonly [number | null, number | null]): string {
  if (value === null) return "no value";
  const interval = low === null && high === null ? "" : ` (${end(low, "-∞")} to ${end(high, "∞")})`;
  return `${numberText(value, DECIMALS)}${interval}`;
}

function end(value: number | null, open: string): string {
  return value === null ? open : numberText(value, DECIMALS);
}

function outcomeWord(outcome: keyof typeof OUTCOME_WORDS): string {
  const { word } = OUTCOME_WORDS[outcome];
  return outcome === "holds" || outcome === "fails" ? word : `is ${word}`;
}

function place(words: string): string {
  return sanitise(words) || "its one cell";
}

function ofArm(arm: string): string {
  return arm === "claimed" ? "" : ` of control ${sanitise(arm)}`;
}
