import type { Change, ClaimComparison } from "../../../src/baseline/compare/change.ts";
import { compareEvidence } from "../../../src/baseline/compare/compare.ts";
import type { Evidence } from "../../../src/claim/result.ts";
import lab from "../../../src/lab/instrument.ts";
import { changeWords } from "../../../src/report/words/comparison-words.ts";
import type { KnownClaim } from "../sources/known-claims.ts";
import type { Sources } from "../sources/sources.ts";
import { numberOf } from "./arm-name.ts";

export interface ChangedClaim {
  readonly id: string;
  readonly title: string;
  /** In words, the gravest first. */
  readonly changes: readonly string[];
}

/** What the newest result has otherwise than what was accepted, and how closely the two could be compared. */
export interface Changes {
  /** The gravest first. */
  readonly changed: readonly ChangedClaim[];
  /** What an unchanged claim means, in sentences: nothing is said of what was not compared. */
  readonly compared: readonly string[];
}

/** Its control by number, as on the claim's page. */
function numbered(change: Change, id: string, { claims }: Evidence): Change {
  const arms = claims.find((claim) => claim.id === id)?.arms ?? [];
  if (!("arm" in change) || !arms.some(({ kind, name }) => kind === "control" && name === change.arm)) return change;
  return { ...change, arm: numberOf({ kind: "control", name: change.arm }, arms) };
}

/** Nothing where there is no result. */
export function changesSince(
  { result, baselines }: Sources,
  known: ReadonlyMap<string, KnownClaim>,
): Changes | undefined {
  if (result === undefined) return undefined;
  const { evidence, provenance } = result.result;
  const all = compareEvidence(evidence, baselines, [...known.keys()], {
    equalBytes: (engine) => lab.equalBytes(engine, provenance.engine.name),
  });
  const changed = all.flatMap(({ id, title, changes }) =>
    changes.length === 0
      ? []
      : [{ id, title, changes: changes.map((one) => changeWords(numbered(one, id, evidence))) }],
  );
  const unchanged = all.filter(({ changes }) => changes.length === 0);
  const accepted = new Set([...baselines.values()].flatMap(({ tiers }) => tiers[evidence.tier]?.seed ?? []));
  return { changed, compared: comparedWords(unchanged, { seed: evidence.seed, accepted: [...accepted] }) };
}

interface Seeds {
  readonly seed: string;
  readonly accepted: readonly string[];
}

function comparedWords(unchanged: readonly ClaimComparison[], { seed, accepted }: Seeds): readonly string[] {
  const having = (bytes: ClaimComparison["bytes"]) => unchanged.filter((one) => one.bytes === bytes).length;
  const words = (count: number) => (count === 1 ? "1 claim is" : `${count} claims are`);
  const [same, seeds, engines, unpromised, none] = [
    having("same"),
    having("other-seed"),
    having("other-engine"),
    having("not-promised"),
    having("not-compared"),
  ];
  return [
    ...(same > 0 ? [`${words(same)} as accepted: no verdict, no estimate, no byte is another.`] : []),
    ...(unpromised > 0
      ? [
          `${words(unpromised)} by programs that promise no bytes: the verdicts are as accepted, and no estimate moved by more than chance.`,
        ]
      : []),
    ...(seeds > 0
      ? [
          `${words(seeds)} drawn with seed ${seed}, accepted with ${accepted.join(", ")}: the verdicts are as accepted; estimates and bytes differ by chance and are not compared.`,
        ]
      : []),
    ...(engines > 0
      ? [
          `${words(engines)} of an engine with bytes of its own: the verdicts are as accepted, nothing else is compared.`,
        ]
      : []),
    ...(none > 0 ? [`${words(none)} not compared by bytes; the verdicts are as accepted.`] : []),
  ];
}
