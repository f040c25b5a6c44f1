/** What `drawn.py` beside it draws: the recipes of a file of answers, and their values. */
interface Term {
  readonly draw: number;
  readonly law: "normal" | "uniform" | "exponential" | "coin" | "poisson";
  readonly by: number;
  readonly at?: number;
}

export type Recipe =
  | { readonly plus: number; readonly terms: readonly Term[] }
  | { readonly least: readonly [Recipe, Recipe] }
  | { readonly lost: readonly [Recipe, Recipe] };

const DIGITS = 1e4;

export function drawn(recipe: Recipe, key: number, count: number): Float64Array {
  if ("least" in recipe) {
    const [first, second] = recipe.least.map((each) => drawn(each, key, count));
    return first!.map((value, i) => Math.min(value, second![i]!));
  }
  if ("lost" in recipe) {
    const [first, second] = recipe.lost.map((each) => drawn(each, key, count));
    return first!.map((value, i) => (second![i]! < value ? 1 : 0));
  }
  const total = new Float64Array(count).fill(recipe.plus);
  for (const term of recipe.terms) {
    const own = ofLaw(term, key, count);
    for (let i = 0; i < count; i++) total[i]! += term.by * own[i]!;
  }
  return total.map((value) => Math.floor(value * DIGITS + 0.5) / DIGITS);
}

function ofLaw({ law, at = Number.NaN, draw }: Term, key: number, count: number): Float64Array {
  if (law === "normal") {
    const u = uniforms(key, draw, 2 * count);
    return Float64Array.from(
      { length: count },
      (_, i) => Math.sqrt(-2 * Math.log(u[2 * i]!)) * Math.cos(2 * Math.PI * u[2 * i + 1]!),
    );
  }
  const u = uniforms(key, draw, count);
  if (law === "uniform") return u;
  if (law === "exponential") return u.map((each) => -Math.log(each));
  if (law === "coin") return u.map((each) => (each < at ? 1 : 0));
  return u.map((each) => {
    let [k, chance] = [0, Math.exp(-at)];
    let total = chance;
    while (each > total) {
      k++;
      chance *= at / k;
      total += chance;
    }
    return k;
  });
}

function uniforms(key: number, draw: number, count: number): Float64Array {
  const stream = mixed(mixed(key) ^ draw);
  return Float64Array.from({ length: count }, (_, i) => (mixed(mixed(i + 1) ^ stream) + 0.5) / 2 ** 32);
}

/** The finaliser of MurmurHash3, of 32 bits. */
function mixed(key: number): number {
  let x = key >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
