/** Digits after the point that a value can need: what lies beyond is shown with an exponent. */
const MOST_DECIMALS = 8;
const LARGE = 1e7;

/** Decimals that show `scale` with two significant digits. */
export function decimalsFor(scale: number): number {
  if (!(scale > 0) || !Number.isFinite(scale)) return 4;
  return Math.min(Math.max(1 - Math.floor(Math.log10(scale)), 0), 15);
}

/** A number for people, with as many decimals as matter: `-0.6352`, `1.2e-11`, `12,800`. */
export function numberText(value: number, decimals: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= LARGE || decimals > MOST_DECIMALS || size < 0.5 * 10 ** -MOST_DECIMALS) return exponentText(value);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** The same without trailing zeros, for numbers that people wrote: a margin, a predicted value. */
export function exactText(value: number, decimals: number): string {
  const text = numberText(value, decimals);
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

/** A whole number with separated thousands. */
export function countText(value: number): string {
  const whole = Math.round(value);
  if (!Number.isSafeInteger(whole)) return whole.toLocaleString("en-US");
  // by hand: the tables behind toLocaleString take several milliseconds to load
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Seconds for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 05 min`. */
export function secondsText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  if (whole < 6000) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** A probability for people: `1 in 1,000`. */
export function chanceText(probability: number): string {
  return probability <= 0 ? "0" : `1 in ${countText(1 / probability)}`;
}

function exponentText(value: number): string {
  const [digits, exponent] = value.toExponential(2).split("e");
  return `${digits!.replace(/\.?0+$/, "")}e${exponent!.replace("+", "")}`;
}
