/** Words of evidence as a page prints them: signs for minus and infinity, and powers of ten written as such. */
export function readable(words: string): string {
  return words
    .replace(/\bInfinity\b/g, "∞")
    .replace(/(\d)e([+-]?)(\d+)\b/g, (_, digit: string, sign: string, power: string) => {
      return `${digit} × 10${raised(`${sign === "-" ? "-" : ""}${power}`)}`;
    })
    .replace(/(^|[\s(])-(?=[\d∞])/g, "$1−");
}

const RAISED: Readonly<Record<string, string>> = {
  ...{ "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴" },
  ...{ "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹" },
};

function raised(power: string): string {
  return [...power].map((digit) => RAISED[digit]).join("");
}
