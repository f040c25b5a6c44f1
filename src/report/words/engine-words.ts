import type { EngineComparison, EstimateComparison } from "../../claim/engine-comparison.ts";
import type { Provenance } from "../../claim/result.ts";
import { type ArmPlace, type EngineSummary, type EstimatePlace, summariseEngine } from "../engine-summary.ts";
import { exactText, numberText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { STATE_WORDS } from "./verdict-words.ts";

/** An engine with what it is made of: `tensorflow 2.15.1 (tfjs 4.22.0, threads 1)`. */
export function engineText({ name, versions }: Provenance["engine"]): string {
  const parts = Object.entries(versions)
    .filter(([part]) => part !== name)
    .map(([part, version]) => `${sanitise(part)} ${sanitise(version)}`);
  const own = versions[name] === undefined ? sanitise(name) : `${sanitise(name)} ${sanitise(versions[name])}`;
  return parts.length === 0 ? own : `${own} (${parts.join(", ")})`;
}

/** What another engine came to beside the primary one: a sentence, then what contradicts, what broke and what was refused. */
export function comparisonWords(comparison: EngineComparison, primary: string): readonly string[] {
  const summary = summariseEngine(comparison);
  const other = sanitise(comparison.engine.name);
  return [
    ...[verdictSentence(summary, sanitise(primary), other), estimateSentence(summary)],
    ...summary.disagreeing.map(({ claim, arm }) => {
      const words = `${STATE_WORDS[arm.primary].word} on ${sanitise(primary)}, ${STATE_WORDS[arm.other].word} on ${other}`;
      return `✗ ${placeText({ claim, arm })}: ${words}`;
    }),
    ...summary.outside.map((place) => `✗ ${outsideText(place)}`),
    ...summary.broken.map((place) => {
      const { symbol, word } = STATE_WORDS[place.arm.other];
      return `${symbol} ${placeText(place)}: ${word} on ${other}: ${sanitise(place.arm.reason ?? "no reason recorded")}`;
    }),
    ...unsupportedLines(summary.unsupported),
  ];
}

/** An estimate on two engines as the cells of a row: place, statistic, primary, other, difference, bound. */
export function estimateCells({ claim, arm, estimate }: EstimatePlace): readonly string[] {
  const { primary, other, difference, bound, inside, statistic, label } = estimate;
  const verdict =
    inside === null ? "none derived" : `${inside ? "✓" : "✗"} ${bound === null ? "" : numeral(bound)}`.trim();
  return [
    `${placeText({ claim, arm })}${label === "" ? "" : `, ${sanitise(label)}`}`,
    sanitise(statistic),
    ...[primary, other, difference].map((value) => (value === null ? "unbounded" : numeral(value))),
    `${verdict}${observationText(estimate)}`,
  ];
}

/** Of outcomes that were counted, for want of a bound; undefined for other estimates. */
export function countedText({ paired, standardError }: EstimateComparison): string | undefined {
  if (standardError !== null || !paired || paired.allowed === null) return undefined;
  const { differing, beyond, allowed } = paired;
  return `${plural(differing, "outcome")} differ${differing === 1 ? "s" : ""}, ${beyond} more one way than the other of ${allowed} allowed`;
}

function observationText(estimate: EstimateComparison): string {
  const { paired, standardError } = estimate;
  const counted = countedText(estimate);
  if (counted !== undefined) return `; ${counted}`;
  const law = standardError ? `; joint standard error ${numeral(standardError)}` : "";
  if (paired === undefined) return law;
  const { largest, bound, differing, beyond, allowed } = paired;
  if (differing === 0) return "; observations equal";
  const size = largest === null ? "by an infinity" : `by up to ${numeral(largest)}`;
  const most =
    bound === null ? "" : ` of ${numeral(bound)}${allowed ? `, ${beyond} beyond it of ${allowed} allowed` : ""}`;
  return `; observations differ ${size}${most}${law}`;
}

function verdictSentence({ arms, disagreeing, broken, unsupported }: EngineSummary, primary: string, other: string) {
  const counts = [
    `${disagreeing.length} contradict`,
    ...(broken.length === 0 ? [] : [`${broken.length} crashed or timed out`]),
    `${unsupported.length} unsupported`,
  ];
  return `Verdicts of ${plural(arms.length, "arm")} on ${other} beside ${primary}: ${counts.join(", ")}`;
}

function estimateSentence({ estimates, outside, unbounded, inLaw, largestShare }: EngineSummary): string {
  const inside = estimates.length - outside.length - unbounded.length;
  const share =
    largestShare === null ? "" : `; the largest part of a bound that is taken is ${shareText(largestShare)}`;
  const law = inLaw.length === 0 ? "" : `, ${inLaw.length} of all compared in law`;
  const rest = unbounded.length === 0 ? "" : `, ${unbounded.length} without a derived one`;
  return `Of ${plural(estimates.length, "estimate")} ${inside} inside their bounds, ${outside.length} outside${rest}${law}${share}`;
}

function outsideText(place: EstimatePlace): string {
  const [where, statistic, primary, other, difference, bound] = estimateCells(place);
  return `${where}: ${statistic} ${primary} and ${other}, difference ${difference}, bound ${bound!.replace(/^✗ /, "")}`;
}

/** One line for each reason: an engine refuses whole families of claims for the same one. */
function unsupportedLines(places: readonly ArmPlace[]): readonly string[] {
  const refused = places.flatMap(({ claim, arm }) => arm.unsupported.map(({ reason }) => ({ claim, reason })));
  return [...new Set(refused.map(({ reason }) => reason))].map((reason) => {
    const own = refused.filter((each) => each.reason === reason);
    const claims = [...new Set(own.map(({ claim }) => sanitise(claim)))];
    return `○ ${sanitise(reason)}: ${plural(own.length, "cell")} of ${claims.join(", ")}`;
  });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function placeText({ claim, arm }: ArmPlace): string {
  return arm.kind === "claimed" ? sanitise(claim) : `${sanitise(claim)}, control ${sanitise(arm.name)}`;
}

function shareText(share: number): string {
  return `${numeral(Number((100 * share).toPrecision(3)))} %`;
}

/** Differences of engines are small: four significant digits, whatever the size. */
function numeral(value: number): string {
  const size = Math.abs(value);
  return size >= 1e-3 || value === 0 ? exactText(value, 6) : numberText(value, 16);
}
