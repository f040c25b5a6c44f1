import { decimalsFor, numberText } from "../report/layout/number-text.ts";
import { OUTCOME_WORDS } from "../report/words/verdict-words.ts";
import type { CitedClaim, CitedUnit } from "./cited-claim.ts";

/** First words of a generated file, by which `check` knows it. */
export const GENERATED = "% Written by plateau cite";

const SPECIAL: { readonly [sign: string]: string } = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Plain text as TeX that prints it. */
export function texText(text: string): string {
  return text.replace(/[\\~^]|[&%$#_{}]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`).replace(/\s+/g, " ");
}

/**
 * A file of macros: `\plateauvalue{CLAIM}{FIELD}`, `\plateauvalue{CLAIM|UNIT}{FIELD}` print evidence, `\plateau{marker}{text}`
 * prints its text. A value that is not there stops TeX with its name.
 */
export function claimsTex(claims: readonly CitedClaim[]): string {
  const head = [
    `${GENERATED}; do not edit: write it again when the evidence changes.`,
    "\\makeatletter",
    "\\providecommand\\plateau[2]{#2}",
    "\\providecommand\\plateauvalue[2]{\\ifcsname plateau@#1@#2\\endcsname\\csname plateau@#1@#2\\endcsname\\else\\errmessage{plateau: no #2 of #1}\\fi}",
    "\\providecommand\\plateau@define[3]{\\expandafter\\def\\csname plateau@#1@#2\\endcsname{#3}}",
  ];
  return [...head, ...claims.flatMap(definitions), "\\makeatother", ""].join("\n");
}

function definitions(cited: CitedClaim): readonly string[] {
  const { claim, outcome, tier, digest, commit, units } = cited;
  const define = (name: string, field: string, value: string) => `\\plateau@define{${name}}{${field}}{${value}}`;
  const whole = [
    define(claim, "verdict", OUTCOME_WORDS[outcome].word),
    define(claim, "tier", tier),
    define(claim, "digest", digest),
    define(claim, "commit", commit === null ? "uncommitted" : commit.slice(0, 10)),
    define(claim, "cite", `\\cite{${citationKey(claim)}}`),
  ];
  const named = units.flatMap((unit) => unitDefinitions(`${claim}|${keyText(unit.label)}`, unit, define));
  const only = units.length === 1 ? unitDefinitions(claim, units[0]!, define) : [];
  return [`% ${claim}`, ...whole, ...only, ...named];
}

function unitDefinitions(
  name: string,
  unit: CitedUnit,
  define: (name: string, field: string, value: string) => string,
): readonly string[] {
  const [estimate, low, high] = shownUnit(unit);
  const { predicted } = unit;
  return [
    define(name, "estimate", estimate),
    define(name, "interval", `[${low}, ${high}]`),
    define(name, "low", low),
    define(name, "high", high),
    ...(predicted === null
      ? []
      : [define(name, "predicted", texNumber(predicted, decimalsFor(Math.abs(predicted) / 100)))]),
    define(name, "replicates", String(unit.replicates)),
  ];
}

/** Estimate and interval with two digits of the interval's width. */
function shownUnit({ estimate, low, high }: CitedUnit): readonly [string, string, string] {
  const width = low === null || high === null ? Math.abs((estimate ?? 0) - (low ?? high ?? 0)) : high - low;
  const decimals = decimalsFor(width > 0 ? width : Math.abs(estimate ?? 0) / 100);
  const shown = (value: number | null, open: string) => (value === null ? open : texNumber(value, decimals));
  return [shown(estimate, "--"), shown(low, "\\ensuremath{-\\infty}"), shown(high, "\\ensuremath{\\infty}")];
}

function texNumber(value: number, decimals: number): string {
  const [digits, exponent] = numberText(value, decimals).split("e");
  return exponent === undefined ? `\\ensuremath{${digits}}` : `\\ensuremath{${digits} \\times 10^{${exponent}}}`;
}

/** A unit's label as part of a control sequence's name, where only these signs are harmless. */
export function keyText(label: string): string {
  return label.replace(/[^A-Za-z0-9 .,:;+*/=()<>-]/g, "-");
}

/** Key of a claim's entry: claims' ids have slashes, which not every style takes. */
export function citationKey(claim: string): string {
  return `plateau:${claim.replaceAll("/", ":")}`;
}

/** An entry for each claim: what was judged, at which tier, of which code, by which digest. */
export function claimsBib(claims: readonly CitedClaim[]): string {
  return claims
    .map(({ claim, title, outcome, tier, at, digest, commit, seed }) => {
      const code = commit === null ? "uncommitted code" : `commit ${commit.slice(0, 10)}`;
      const note = `${claim}: ${OUTCOME_WORDS[outcome].word} at tier ${tier}, seed ${seed}, ${code}, evidence ${digest}`;
      return `@misc{${citationKey(claim)},
  title = {{${texText(title)}}},
  howpublished = {Evidence judged by Plateau},
  year = {${at.slice(0, 4)}},
  note = {${texText(note)}}
}
`;
    })
    .join("\n");
}
