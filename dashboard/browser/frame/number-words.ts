/** A number on a chart: `−0.6352`, `12345`, `5.4 × 10¹³`, `−∞`. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const words =
    size !== 0 && (size < 1e-3 || size >= 1e5)
      ? powerText(Number(value.toPrecision(6)))
      : String(Number(value.toPrecision(6)));
  return words.replace("-", "−");
}

/** `10⁻³`: powers of ten alone, others with their digits. */
function powerText(value: number): string {
  const [digits, power] = value.toExponential().split("e") as [string, string];
  const ten = `10${raised(power.replace("+", ""))}`;
  return digits === "1" ? ten : digits === "-1" ? `-${ten}` : `${digits} × ${ten}`;
}

const RAISED: Readonly<Record<string, string>> = {
  ...{ "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴" },
  ...{ "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹" },
};

/** An exponent in small digits. */
export function raised(power: string): string {
  return [...power].map((digit) => RAISED[digit]).join("");
}
