import type { StreamKey } from "../../numerics/stream.ts";
import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import { normalQuantile } from "../../statistics/quantiles.ts";
import { wordOf } from "../judges/case-key.ts";
import { EVERYWHERE, type Instrument } from "../judges/judge-case.ts";
import { FALSE_ALARM } from "../rate.ts";
import type { NamedArm } from "../suites/suite-arms.ts";
import { type AdversaryCase, declaredIn, shownJudge } from "./adversary-cases.ts";
import { attacksOn } from "./attacks-on.ts";
import { exactWorst } from "./exact-worst.ts";
import { fewestFinite, findWorst, type Worst } from "./find-worst.ts";

/** Levels that verdicts really use, and those around them. */
export const ADVERSARY_LEVELS = [1e-3, 1e-4, 1e-5, 1e-6] as const;

/** The worst law found for a judge at a level and numbers of values. */
export interface AdversaryRow extends Worst {
  readonly judge: string;
  readonly declared: string;
  /** Where the sizes and the level come from: a claim's arm, or the list of `ADVERSARY_CASES`. */
  readonly claim?: string;
  readonly alpha: number;
  /** Values a group. */
  readonly sizes: readonly number[];
  /** How many laws were tried. */
  readonly laws: number;
  /** The rate does not exceed the level beyond chance. */
  readonly kept: boolean;
}

export interface AdversaryOptions {
  /** Final trials of a case whose `part` is 1; a tenth of them screen each law. */
  readonly trials: number;
  /** 32 bits. */
  readonly seed: number;
  readonly levels?: readonly number[];
}

/** Values a group over the fewest at which both bounds are finite, where they are too wide to err: about where claims are. */
const MULTIPLE = 8;

/** The worst laws of one case. `instrument`: its judge, or one planted in its place. Pure: equal options give equal rows. */
export function attackCase(
  subject: AdversaryCase,
  { trials, seed, levels = ADVERSARY_LEVELS }: AdversaryOptions,
  instrument: Instrument = kindOf(subject.question).judge as Instrument,
): readonly AdversaryRow[] {
  const { judge, declared, question, groups, replicates, part = 1 } = subject;
  return levels.map((alpha): AdversaryRow => {
    const key = adversaryKey(seed, `${judge}, ${declared}`, alpha);
    const attacksAt = (sizes: readonly number[]) => attacksOn(question, sizes);
    const count = replicates ?? MULTIPLE * fewestFinite(instrument, question, attacksAt, { alpha, key, groups });
    const sizes = Array<number>(groups).fill(count);
    const exact = exactWorst(instrument, question, sizes, alpha);
    if (exact) return { judge, declared, alpha, sizes, ...exact, kept: isKept(exact, alpha) };
    const attacks = evenly(attacksAt(sizes), part < 1 ? LAWS_OF_DEAR : Number.POSITIVE_INFINITY);
    const final = Math.max(60, Math.round(trials * part));
    const search = { alpha, key, trials: { screen: Math.max(12, Math.round(final / 10)), final } };
    const worst = findWorst(instrument, question, attacks, search);
    return { judge, declared, alpha, sizes, laws: attacks.length, ...worst, kept: isKept(worst, alpha) };
  });
}

/** Laws that are tried where a trial is dear, an even part of the list: of a case, and of each claim's arm. */
const LAWS_OF_DEAR = 12;
const LAWS_OF_CLAIM = 8;

/** Values that an arm's search may draw a level, so that large ones do not take all of the time. */
const VALUES_OF_CLAIM = 1e6;

/**
 * The worst laws of a claim's arm at its own sizes and levels, that of support and that of refutation, on its unit of the fewest values.
 * Empty where nothing can be tried: facts about the replicates seen.
 */
export function attackArm(named: NamedArm, { seed }: Pick<AdversaryOptions, "seed">): readonly AdversaryRow[] {
  const { question, sizes } = attackedUnit(named);
  const attacks = evenly(attacksOn(question, sizes), LAWS_OF_CLAIM);
  if (attacks.length === 0) return [];
  const trials = Math.min(2000, Math.max(12, Math.round(VALUES_OF_CLAIM / total(sizes) / 25)));
  return placesOf(named).map(({ alpha, ...place }): AdversaryRow => {
    const judge = kindOf(question).judge as Instrument;
    const exact = exactWorst(judge, question, sizes, alpha);
    if (exact) return { ...place, alpha, ...exact, kept: isKept(exact, alpha) };
    const key = adversaryKey(seed, named.name, alpha);
    const search = { alpha, key, trials: { screen: trials, final: 5 * trials } };
    const worst = findWorst(judge, question, attacks, search);
    return { ...place, alpha, laws: attacks.length, ...worst, kept: isKept(worst, alpha) };
  });
}

/** Whether rows hold what there is to try of an arm as it stands: its question, sizes and levels. */
export function isTried(named: NamedArm, rows: readonly AdversaryRow[]): boolean {
  const own = rows.filter(({ claim }) => claim === named.name);
  const { question, sizes } = attackedUnit(named);
  if (own.length === 0) return attacksOn(question, sizes).length === 0;
  const text = ({ judge, declared, alpha, sizes }: Place) => JSON.stringify([judge, declared, alpha, sizes]);
  return own.map(text).join() === placesOf(named).map(text).join();
}

/** The same of a case of the list. */
export function isCaseTried({ judge, declared }: AdversaryCase, rows: readonly AdversaryRow[]): boolean {
  return rows.some((row) => row.claim === undefined && row.judge === judge && row.declared === declared);
}

type Place = Pick<AdversaryRow, "judge" | "declared" | "alpha" | "sizes">;

/** Where an arm is tried: at its level of support and at that of refutation. */
function placesOf(named: NamedArm): readonly (Place & { readonly claim: string })[] {
  const { question, sizes } = attackedUnit(named);
  const place = { judge: shownJudge(question), declared: declaredIn(question), claim: named.name };
  return [named.levels.support, named.levels.refute].map((alpha) => ({ ...place, alpha, sizes }));
}

/** Its unit of the fewest values. */
function attackedUnit({ arm }: NamedArm): { readonly question: AnyQuestion; readonly sizes: readonly number[] } {
  const units = arm.units.map(({ question, groups }) => ({
    question: { ...question, region: EVERYWHERE },
    sizes: groups.map(({ source }, g) => countedOf(arm.sources[source]!.looks.at(-1)!, question.known?.[g]?.counts)),
  }));
  return units.reduce((least, unit) => (total(unit.sizes) < total(least.sizes) ? unit : least));
}

/** As many as are expected to count. */
function countedOf(replicates: number, counts = 1): number {
  return Math.max(2, Math.round(replicates * counts));
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}

/** Whether a rate, less as many standard errors as a false alarm allows, is within the promise. */
export function isKept({ rate, standardError }: Worst, alpha: number): boolean {
  return rate - normalQuantile(FALSE_ALARM) * standardError <= alpha;
}

export function adversaryKey(seed: number, name: string, alpha: number): StreamKey {
  return [seed, wordOf(name, 0), wordOf(name, 1), Math.round(1 / alpha)];
}
