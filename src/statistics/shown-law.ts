import { FAMILIES } from "./judges/law/families.ts";
import { nearestOfFamily } from "./judges/law/nearest-of-family.ts";
import { below, cdf } from "./laws.ts";
import type { DiscreteLaw, FittedLaw, Law } from "./question.ts";

/** What a claim's manifest keeps of a law, by name. */
export type KeptLaw =
  | Exclude<Law, { readonly name: "given" }>
  | FittedLaw
  | {
      readonly name: "given";
      readonly words: string;
      readonly over: readonly [number, number];
      readonly upTo: readonly number[];
    };

/** Values of a given law's function that are kept. */
const KEPT = 65;

/** The data of a law, which throws `RangeError` for what is none: a given function by its values at even steps, and the chances below them where it has atoms. */
export function keptLaw(law: Law | FittedLaw): Readonly<Record<string, string | number | readonly number[]>> {
  if (law.name === "fitted") {
    if (Object.hasOwn(FAMILIES, law.family)) return { ...law };
    throw new RangeError(
      `a fitted law requires a family, one of ${Object.keys(FAMILIES).join(", ")}, got ${law.family}`,
    );
  }
  const upTo = cdf(law);
  if (law.name !== "given") return { ...law };
  const { words, over } = law;
  if (!(over[0] < over[1] && Number.isFinite(over[1] - over[0]))) {
    throw new RangeError(`the law ${words} requires \`over\` from low to high, got [${over.join(", ")}]`);
  }
  const left = below(law);
  const at = Array.from({ length: KEPT }, (_, i) => over[0] + ((over[1] - over[0]) * i) / (KEPT - 1));
  return { name: "given", words, over, upTo: at.map(upTo), ...(left ? { below: at.map(left) } : {}) };
}

/** P(X <= x) to draw beside values in ascending order: of a family its nearest law to them, of a given one by lines between what was kept. */
export function shownLaw(kept: KeptLaw, sorted: Float64Array): (x: number) => number {
  if (kept.name === "fitted") return nearestOfFamily(kept, sorted, DRAWN).upTo;
  if (kept.name === "discrete") return cdf(withWholeSum(kept));
  if (kept.name !== "given") return cdf(kept);
  const { over, upTo } = kept;
  return (x) => {
    const place = ((x - over[0]) / (over[1] - over[0])) * (upTo.length - 1);
    const at = Math.min(upTo.length - 2, Math.max(0, Math.floor(place)));
    const part = Math.min(1, Math.max(0, place - at));
    return upTo[at]! + part * (upTo[at + 1]! - upTo[at]!);
  };
}

/** Evidence keeps nine digits of each chance, and many of them add to 1 only nearly. */
function withWholeSum(law: DiscreteLaw): DiscreteLaw {
  const sum = law.chances.reduce((total, chance) => total + chance, 0);
  return { ...law, chances: law.chances.map((chance) => chance / sum) };
}

/** Of a probability, less than a line is wide. */
const DRAWN = 0.003;
