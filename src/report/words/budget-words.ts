import type { Evidence } from "../../claim/result.ts";
import { chanceText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";

/** The error budget of each suite of a run, one sentence or two each, for somebody who has never heard of one. */
export function budgetWords(evidence: Evidence): readonly string[] {
  return evidence.suites.map(({ name, errors }) => {
    const claims = evidence.claims.filter(({ suite }) => suite === name);
    const spent = claims.reduce((sum, { share }) => sum + share, 0);
    const falseVerdict = `the chance of even one false verdict among its ${countOf(claims.length)} is at most ${chanceText(errors.falseVerdict * spent)}`;
    const undecided =
      evidence.tier === "smoke"
        ? ""
        : `; the chance that any stays undecided, where theory's values are right, is at most ${chanceText(errors.undecided * spent)}`;
    return `Suite ${sanitise(name)}: ${falseVerdict}${undecided}.`;
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

function countOf(claims: number): string {
  return claims === 1 ? "one claim and its controls" : `${claims} claims and their controls`;
}
