import { UsageError } from "../errors.ts";
import { nearest } from "./nearest.ts";

/** A claim as a suite holds it. */
export interface Named {
  readonly claim: { readonly id: string };
  readonly suite: { readonly name: string };
}

/**
 * The claims that words name: a suite by its name, a paper by that of its folder below suites/, a claim by its id or a unique ending of it (whole parts between
 * slashes). In the order of the words, each claim once. Throws `UsageError` with the nearest name.
 */
export function selectClaims<N extends Named>(words: readonly string[], all: readonly N[]): readonly N[] {
  const chosen = words.flatMap((word) => {
    const inSuite = all.filter(({ suite }) => suite.name === word);
    if (inSuite.length > 0) return inSuite;
    const ofPaper = all.filter(({ claim }) => claim.id.split("/")[0] === word);
    return ofPaper.length > 0 ? ofPaper : [selectClaim(word, all)];
  });
  return [...new Set(chosen)];
}

/** The one claim that a word names. */
export function selectClaim<N extends Named>(word: string, all: readonly N[]): N {
  const exact = all.filter(({ claim }) => claim.id === word);
  const found = exact.length > 0 ? exact : all.filter(({ claim }) => claim.id.endsWith(`/${word}`));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const places = found.map(({ claim, suite }) => `${claim.id} (suite ${suite.name})`);
    throw new UsageError(`claim name ${word} is ambiguous, found ${places.join(" and ")}, needed a longer ending`);
  }
  throw new UsageError(`no suite or claim is called ${word}${hint(word, all)}`);
}

function hint(word: string, all: readonly Named[]): string {
  const suites = [...new Set(all.map(({ suite }) => suite.name))];
  if (all.length === 0) return ", and no suite was found";
  const endings = all.map(({ claim }) => claim.id.split("/").slice(-word.split("/").length).join("/"));
  const meant = nearest(word, [...suites, ...endings]);
  const known = `plateau list shows all claims, suites are ${suites.join(" ")}`;
  return meant === undefined ? `, ${known}` : `, did you mean ${meant}?`;
}
