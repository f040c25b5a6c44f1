import { shownAs } from "../../../../src/predictions/named.ts";
import type { AcrossPicture, Series } from "../../../browser/picture/picture-data.ts";

/** What a picture over an axis shows, for those who do not see it. */
export function acrossSentence(
  { across, up, series, theory }: Pick<AcrossPicture, "across" | "up" | "series" | "theory">,
  statistic: string,
): string {
  const over = across.places === undefined ? ` over ${across.words}` : "";
  const predicted = theory[0]?.points.map(({ y, low, high }) => predictedWords(y, low, high)) ?? [];
  const [same] = new Set(predicted).size === 1 ? predicted : [];
  const theoryWords = same !== undefined && theory.length === 1 && statistic !== "slope" ? ` Predicted: ${same}.` : "";
  return `${capital(up.words)}${over}. ${series.map((one) => seriesWords(one, across, statistic)).join(" ")}${theoryWords}`;
}

function seriesWords({ name, points }: Series, { words, places }: AcrossPicture["across"], statistic: string): string {
  const middle = ["values", "zeros-and-ones"].includes(shownAs(statistic).chart) ? shownAs(statistic).words : "middle";
  const values = points.map(({ middle: value, x, cell }) => {
    const at = places === undefined ? ` at ${words} ${short(x)}` : ` at ${cell}`;
    return `${value === null ? "none" : short(value)}${at}`;
  });
  return `${capital(name)}: ${middle} ${values.join(", ")}.`;
}

function predictedWords(y: number | null, low: number | null, high: number | null): string {
  const region =
    low !== null && high !== null
      ? `between ${short(low)} and ${short(high)}`
      : low !== null
        ? `at least ${short(low)}`
        : high !== null
          ? `at most ${short(high)}`
          : "anything";
  return y === null ? region : `${short(y)}, ${region}`;
}

export function short(value: number): string {
  const size = Math.abs(value);
  // Roundings of a zero are one.
  return size < 1e-12 ? "0" : String(Number(value.toPrecision(3))).replace("-", "−");
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
