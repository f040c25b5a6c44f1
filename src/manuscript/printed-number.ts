/** A number as a text prints it. */
export interface PrintedNumber {
  readonly text: string;
  readonly value: number;
  /** Half a unit of the last printed digit: what rounding to it can take away. */
  readonly half: number;
}

const DIGITS = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+`;
/** A minus after a digit, a letter or another minus is a range or a hyphen; digits after a letter, `_` or `^` are part of a name. */
const NUMBER = new RegExp(
  String.raw`(?<![\w.^]|[_^]\{)(?:(?<![\w)\-])-)?(?:(?<power>10\^-?\d+)|(?<digits>${DIGITS})(?:e(?<e>[+-]?\d+)|×10\^?(?<x>-?\d+))?)(?<percent>%)?(?![\d_])`,
  "gi",
);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** All numbers in a text of LaTeX, Markdown or Typst, in their order. */
export function numbersIn(text: string): readonly PrintedNumber[] {
  return [...plainText(text).matchAll(NUMBER)].map((match) => {
    const { power, digits = "1", e, x, percent } = match.groups!;
    const exponent = Number(power === undefined ? (e ?? x ?? 0) : power.slice("10^".length));
    const scale = 10 ** exponent / (percent === undefined ? 1 : 100);
    const plain = digits.replaceAll(",", "");
    const sign = match[0].startsWith("-") ? -1 : 1;
    const decimals = (plain.split(".")[1] ?? "").length;
    return { text: match[0], value: sign * Number(plain) * scale, half: 0.5 * 10 ** -decimals * scale };
  });
}

/** Whether a value, rounded to the digits that are printed, is what is printed. */
export function printsAs(printed: PrintedNumber, value: number): boolean {
  // the last factor is for the rounding of double precision, at the ties
  return Math.abs(printed.value - value) <= printed.half * (1 + 1e-9) + Math.abs(value) * 1e-15;
}

/** One way of writing signs, products and powers; thousands without thin spaces. */
function plainText(text: string): string {
  return text
    .replace(
      /[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g,
      (power) => `^${[...power].map((sign) => (sign === "⁻" ? "-" : SUPERSCRIPTS.indexOf(sign))).join("")}`,
    )
    .replace(/[−‑]/g, "-")
    .replace(/(\d)(?:\{,\}|\\,|[\u2009\u202f])(?=\d{3})/g, "$1,")
    .replace(/\\(?:num|qty)\{([^}]*)\}/g, " $1 ")
    .replace(/\s*(?:\\times|\\cdot|×|⋅|\btimes\b)\s*/g, "×")
    .replace(/10\s*\^\s*[{(]\s*([+-]?\d+)\s*[})]/g, "10^$1")
    .replace(/(\d)[\s~]*(?:\\,)?\\?%/g, "$1%")
    .replace(/\\[a-zA-Z]+/g, " ")
    .replaceAll("$", " ");
}
