import type { Outcome } from "../claim/result.ts";
import { OUTCOME_WORDS } from "../report/words/verdict-words.ts";
import type { CitedClaim, CitedUnit } from "./cited-claim.ts";
import type { Binding, Field } from "./marker.ts";
import { numbersIn, printsAs } from "./printed-number.ts";

/** What a manuscript is held to. */
export interface Known {
  /** By claim; the first of a claim's tiers is what a text that names none is about. */
  readonly evidence: ReadonlyMap<string, readonly CitedClaim[]>;
  /** Full ids by an unambiguous ending. */
  readonly nameOf: (claim: string) => string | undefined;
  /** Why a claim's evidence is older than its code; undefined where it is not. */
  readonly stale: (cited: CitedClaim) => string | undefined;
}

/** The evidence that a binding is about, or why there is none. */
export function evidenceFor(
  { claim, tier }: Pick<Binding, "claim" | "tier">,
  { evidence, nameOf }: Pick<Known, "evidence" | "nameOf">,
): CitedClaim | string {
  const id = nameOf(claim);
  if (id === undefined) return `names claim ${claim}, which no suite has`;
  const tiers = evidence.get(id) ?? [];
  if (tiers.length === 0) return `names claim ${id}, of which there is no evidence`;
  const found = tier === undefined ? tiers[0] : tiers.find((one) => one.tier === tier);
  return found ?? `names tier ${tier} of ${id}, there is evidence at ${tiers.map((one) => one.tier).join(" ")}`;
}

/** What a bound text says and its evidence does not; empty where both agree. Pure. */
export function checkBinding(binding: Binding, known: Known): readonly string[] {
  const cited = evidenceFor(binding, known);
  if (typeof cited === "string") return [cited];
  const stale = known.stale(cited);
  return [...(stale === undefined ? [] : [stale]), ...contradictions(binding, cited)];
}

function contradictions(binding: Binding, cited: CitedClaim): readonly string[] {
  const { field, text } = binding;
  if (text === "") return ["binds no text"];
  if (field === "holds") {
    return cited.outcome === "holds"
      ? []
      : [`says that ${cited.claim} holds, the evidence says ${outcomeWord(cited.outcome)}`];
  }
  if (field === "verdict") return text === undefined ? [] : verdictProblems(text, cited);
  const unit = unitOf(binding, cited);
  if (typeof unit === "string") return [unit];
  const values = valuesOf(unit, field);
  if (values.some((value) => value === null)) return [`asks for the ${field} of ${cited.claim}, the evidence has none`];
  return text === undefined ? [] : numberProblems(text, field, values as readonly number[]);
}

function unitOf({ unit }: Binding, { claim, units }: CitedClaim): CitedUnit | string {
  const labels = units.map(({ label }) => `"${label}"`).join(" ");
  if (unit === undefined) {
    return units.length === 1 ? units[0]! : `needs unit= for ${claim}, one of ${labels || "none that was judged"}`;
  }
  return units.find(({ label }) => label === unit) ?? `names unit "${unit}" of ${claim}, there are ${labels}`;
}

/** The numbers of a field; an open end of an interval is null. */
export function valuesOf(unit: CitedUnit, field: Exclude<Field, "holds" | "verdict">): readonly (number | null)[] {
  return field === "interval" ? [unit.low, unit.high] : [unit[field]];
}

function numberProblems(text: string, field: Field, values: readonly number[]): readonly string[] {
  const printed = numbersIn(text);
  if (printed.length !== values.length) {
    const found = printed.length === 0 ? "none" : printed.map((one) => one.text).join(" and ");
    return [
      `needs ${values.length === 1 ? "one number" : "two numbers"} for the ${field}, found ${found}: end the marker where the number ends`,
    ];
  }
  return values.flatMap((value, index) => {
    const one = printed[index]!;
    return printsAs(one, value) ? [] : [`says ${one.text}, the evidence says ${value}`];
  });
}

const VERDICTS: readonly (readonly [Outcome, RegExp])[] = [
  ["holds", /\b(?:holds?|held|supported|supports?|confirmed)\b/i],
  ["fails", /\b(?:fails?|failed|refuted|refutes?)\b/i],
  ["undecided", /\b(?:undecided|inconclusive)\b/i],
];
const DENIED = /\b(?:not|never|no|neither|cannot|unsupported|hardly)\b|n't\b/i;

/** As a text has it. */
const STATED: { readonly [outcome in Outcome]?: string } = {
  holds: "supported",
  fails: "refuted",
  undecided: "undecided",
};

function verdictProblems(text: string, { claim, outcome }: CitedClaim): readonly string[] {
  if (DENIED.test(text)) return [`denies a verdict, needed one word for it: supported, refuted or undecided`];
  const said = VERDICTS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  if (said.length !== 1)
    return [`needs one verdict in words, found ${said.length === 0 ? "none" : said.join(" and ")}`];
  return said[0] === outcome ? [] : [`says ${STATED[said[0]!]} of ${claim}, the evidence says ${outcomeWord(outcome)}`];
}

function outcomeWord(outcome: Outcome): string {
  return OUTCOME_WORDS[outcome].word;
}
