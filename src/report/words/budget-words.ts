import type { Evidence } from "../../claim/result.ts";
import { chanceText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { originWords } from "./origin-words.ts";

/** The error budget of each suite of a run, one sentence or two each, for somebody who has never heard of one. */
export function budgetWords(evidence: Evidence): readonly string[] {
  return [
    ...evidence.suites.map((suite) => suiteWords(evidence, suite)),
    ...assumedWords(evidence),
    ...originWords(evidence),
  ];
}

/** How sure a whole run is, in one sentence: the suites' chances added up; undefined where it has no suite. */
export function wholeBudgetWords(evidence: Evidence): string | undefined {
  const { suites, claims } = evidence;
  if (suites.length === 0) return undefined;
  const chance = suites.reduce((sum, suite) => sum + suite.errors.falseVerdict * spentShare(evidence, suite.name), 0);
  return `The chance that even one verdict on ${countOf(claims.length, "these")} is false is at most ${chanceText(chance)}.`;
}

function spentShare({ claims }: Evidence, suite: string): number {
  return claims.filter((claim) => claim.suite === suite).reduce((sum, { share }) => sum + share, 0);
}

function suiteWords(evidence: Evidence, { name, errors }: Evidence["suites"][number]): string {
  const count = evidence.claims.filter(({ suite }) => suite === name).length;
  const spent = spentShare(evidence, name);
  const falseVerdict = `the chance of even one false verdict among ${countOf(count, "its")} is at most ${chanceText(errors.falseVerdict * spent)}`;
  const undecided =
    evidence.tier === "smoke"
      ? ""
      : `; the chance that any stays undecided, where theory's values are right, is at most ${chanceText(errors.undecided * spent)}`;
  return `Suite ${sanitise(name)}: ${falseVerdict}${undecided}.`;
}

/** What the claims declare of their measures' laws and the samples cannot show. */
function assumedWords({ claims }: Evidence): readonly string[] {
  return claims.flatMap(({ id, declared = [] }) =>
    declared.map((words) => `Declared, not shown, in ${sanitise(id)}: ${sanitise(words)}.`),
  );
}

/** The error budget that suites have unless their authors say otherwise. */
const USUAL_FALSE_VERDICT = 1e-3;

/** Of suites with a wider budget than the usual one: what must stand beside every verdict. */
export function wideBudgetWords({ suites }: Evidence): readonly string[] {
  return suites
    .filter(({ errors }) => errors.falseVerdict > USUAL_FALSE_VERDICT)
    .map(({ name, errors }) => {
      const times = Math.round(errors.falseVerdict / USUAL_FALSE_VERDICT);
      return `WIDE ERROR BUDGET: suite ${sanitise(name)} allows a false verdict with a chance of ${chanceText(errors.falseVerdict)}, ${times} times the usual ${chanceText(USUAL_FALSE_VERDICT)}`;
    });
}

/** How sure the printed intervals are. */
export function levelWords({ claims }: Evidence): readonly string[] {
  const levels = claims.flatMap(({ arms }) => arms.flatMap(({ units }) => units.map(({ level }) => level)));
  const most = Math.max(...levels);
  const least = Math.min(...levels);
  if (levels.length === 0 || most <= 0) return [];
  const chance = least === most ? chanceText(most) : `${chanceText(least)} to ${chanceText(most)}`;
  return [`Each end of a measured interval is wrong with a chance of at most ${chance}: that is why they are wide.`];
}

function countOf(claims: number, whose: "its" | "these"): string {
  if (claims === 1) return whose === "its" ? "its one claim and its controls" : "this claim and its controls";
  return `${whose} ${claims} claims and their controls`;
}
