import { createColors } from "picocolors";
import type { Change, ClaimComparison } from "../baseline/compare.ts";
import { numberText } from "./number-text.ts";
import { sanitise } from "./sanitise.ts";
import { STATE_WORDS } from "./verdict-words.ts";
import { wrap } from "./wrap.ts";

export interface ComparisonTextOptions {
  readonly columns: number;
  readonly color: boolean;
  readonly tier: string;
  /** Show every change; otherwise of each claim and kind the largest. */
  readonly verbose: boolean;
}

/** What changed against the baselines, for people: one sentence first, then the claims that changed, the gravest first. */
export function comparisonText(comparisons: readonly ClaimComparison[], options: ComparisonTextOptions): string {
  const colors = createColors(options.color);
  const changed = comparisons.filter(({ changes }) => changes.length > 0);
  const blocks = changed.map(({ id, title, changes }) => {
    const lines = shown(changes, options.verbose).map((change) => `${symbol(change)} ${changeWords(change)}`);
    const wrapped = lines.flatMap((line) =>
      wrap(line, options.columns - 4, "keep").map((part, index) => (index === 0 ? "  " : "    ") + part),
    );
    return [
      "",
      colors.bold(sanitise(id)),
      ...wrap(sanitise(title), options.columns - 2).map((line) => `  ${line}`),
      ...wrapped,
    ];
  });
  return [...wrap(comparisonSentence(comparisons, options.tier), options.columns), ...blocks.flat(), ""].join("\n");
}

/** `28 claims compared with their smoke baselines: 26 the same, 1 verdict changed, 1 with other bytes`. */
function comparisonSentence(comparisons: readonly ClaimComparison[], tier: string): string {
  const kinds = comparisons.map(({ changes }) => new Set(changes.map(({ kind }) => kind)));
  const having = (kind: Change["kind"]) => kinds.filter((set) => set.has(kind)).length;
  const parts = [
    [kinds.filter((set) => set.size === 0).length, "unchanged"],
    [having("verdict"), "with another verdict"],
    [having("claim"), "whose claim itself was changed"],
    [having("missing"), "without a baseline"],
    [having("removed"), "removed and its baseline left over"],
    [having("estimate"), "with a moved estimate"],
    [having("bytes"), "with other bytes"],
  ] as const;
  const counts = parts
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, words]) => `${count} ${words}`);
  const otherSeed = comparisons.filter(({ bytes }) => bytes === "other-seed").length;
  const note = otherSeed === 0 ? "" : ` (${otherSeed} drawn with another seed: only verdicts are compared)`;
  const noun = comparisons.length === 1 ? "1 claim" : `${comparisons.length} claims`;
  return `${noun} compared with the ${tier} baselines: ${counts.join(", ")}${note}`;
}

/** One change in words. */
function changeWords(change: Change): string {
  switch (change.kind) {
    case "verdict":
      return `verdict changed${ofArm(change.arm)}: ${stateWord(change.from)} before, ${stateWord(change.to)} now`;
    case "claim":
      return `the claim itself was changed (prediction, margin, grid, experiments, controls or tiers): ${change.from.slice(0, 10)} before, ${change.to.slice(0, 10)} now`;
    case "missing":
      return `baseline missing: nothing was accepted for tier ${change.tier}`;
    case "removed":
      return "baseline of a removed claim: no suite has it any more";
    case "estimate":
      return `estimate moved${ofArm(change.arm)} at ${sanitise(change.unit) || "its one cell"}: ${valueWord(change.from)} before, ${valueWord(change.to)} now, ${marginsWord(change.margins)}`;
    case "bytes": {
      const where = `${sanitise(change.cell) || "its one cell"}${ofArm(change.arm)}`;
      const which =
        change.replicates === null
          ? "another experiment or setup, so other streams"
          : `first at replicates ${change.replicates[0]}-${change.replicates[1]}`;
      return `bytes changed against tier ${change.tier} at ${where}: ${which}`;
    }
  }
}

/** Of each kind the gravest; estimates by how far they moved. */
function shown(changes: readonly Change[], verbose: boolean): readonly Change[] {
  if (verbose) return changes;
  const first = new Map<string, Change>();
  for (const change of changes) {
    const key = change.kind === "verdict" ? `verdict ${change.arm}` : change.kind;
    const known = first.get(key);
    const further = known?.kind === "estimate" && change.kind === "estimate" && change.margins > known.margins;
    if (known === undefined || further) first.set(key, change);
  }
  return [...first.values()];
}

function symbol(change: Change): string {
  return change.kind === "bytes" || change.kind === "estimate" ? "~" : change.kind === "missing" ? "?" : "✗";
}

function ofArm(arm: string): string {
  return arm === "claimed" ? "" : ` of control ${sanitise(arm)}`;
}

function stateWord(state: Extract<Change, { readonly kind: "verdict" }>["from"]): string {
  return state === "absent" ? "absent" : STATE_WORDS[state].word;
}

function valueWord(value: number | null): string {
  return value === null ? "no value" : numberText(value, 6);
}

function marginsWord(margins: number): string {
  if (!Number.isFinite(margins)) return "beyond any margin";
  return margins < 0.01 ? "less than 0.01 margins" : `${margins.toFixed(2)} margins`;
}
