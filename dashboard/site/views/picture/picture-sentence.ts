import { shownAs, statisticWords } from "../../../../src/predictions/named.ts";
import type { AcrossPicture, Point, Series } from "../../../browser/picture/picture-data.ts";
import { readable } from "../../html/readable.ts";
import type { CellPoint } from "./arm-points.ts";

/** What a picture over an axis shows, for those who do not see it. */
export function acrossSentence(
  { across, up, series, theory }: Pick<AcrossPicture, "across" | "up" | "series" | "theory">,
  points: readonly CellPoint[],
): string {
  const [{ unit }] = points as readonly [CellPoint];
  const over = across.places === undefined ? ` over ${across.words}` : "";
  const start = `${capital(up.words)}${over}. ${armsOf(series)
    .map((own) => armWords(own, across, unit))
    .join(" ")}`;
  if (!isOnAxis(unit)) return `${start} ${answers(points).join(" ")}`;
  const predicted = theory[0]?.points.map(({ y, low, high }) => predictedWords(y, low, high)) ?? [];
  const [same] = new Set(predicted).size === 1 ? predicted : [];
  return start + (same !== undefined && theory.length === 1 ? ` Predicted: ${same}.` : "");
}

/** Of what is judged beside the axis, the estimate of each question, and what is predicted of the claimed ones. */
export function answers(points: readonly CellPoint[]): readonly string[] {
  const asked = points.filter((point, at) => points.findIndex(({ found }) => found === point.found) === at);
  return asked.map(({ arm, unit, found }) => {
    const name = unit.label === "" ? arm.name : `${arm.name}, ${unit.label}`;
    const predicted =
      arm.evidence.kind === "claimed" ? `; predicted: ${predictedWords(found.predicted, ...found.region)}` : "";
    const value = found.estimate === null ? "none" : short(found.estimate);
    return `${capital(name)}: ${statisticWords(unit.statistic, unit.detail)} ${value}${predicted}.`;
  });
}

function isOnAxis({ statistic }: CellPoint["unit"]): boolean {
  return ["values", "zeros-and-ones"].includes(shownAs(statistic).chart);
}

/** Which middle stands for a cell where what is judged lies elsewhere. */
export function middleWord({ detail }: CellPoint["unit"]): "mean" | "median" {
  return (detail["through"] ?? detail["of"]) === "median" ? "median" : "mean";
}

/** Lines of an arm that a sentence says one by one. */
const MOST_LINES = 3;

function armsOf(series: readonly Series[]): readonly (readonly Series[])[] {
  const names = [...new Set(series.map(({ arm }) => arm))];
  return names.map((name) => series.filter(({ arm }) => arm === name));
}

function armWords(lines: readonly Series[], across: AcrossPicture["across"], unit: CellPoint["unit"]): string {
  if (lines.length <= MOST_LINES) return lines.map((one) => seriesWords(one, across, unit)).join(" ");
  const middles = lines.flatMap(({ points }) => points.flatMap(({ middle }) => (middle === null ? [] : [middle])));
  const [low, high] = [Math.min(...middles), Math.max(...middles)].map(short);
  const between = middles.length === 0 ? "none" : low === high ? `${low} everywhere` : `from ${low} to ${high}`;
  return `${capital(lines[0]!.arm)}, ${lines.length} lines: ${middleWords(unit)} ${between}.`;
}

function middleWords(unit: CellPoint["unit"]): string {
  return isOnAxis(unit) ? statisticWords(unit.statistic, unit.detail) : middleWord(unit);
}

function seriesWords(
  { name, points }: Series,
  { words, places }: AcrossPicture["across"],
  unit: CellPoint["unit"],
): string {
  const middle = middleWords(unit);
  const valueWords = ({ middle: value }: Point) => (value === null ? "none" : short(value));
  const placed = points.map((point) => {
    const at = places === undefined ? `${words} ${short(point.x)}` : point.cell;
    return `${valueWords(point)} at ${at}`;
  });
  if (points.length <= MOST_SAID) return `${capital(name)}: ${middle} ${placed.join(", ")}.`;
  const known = points.filter((point) => point.middle !== null).sort((a, b) => a.middle! - b.middle!);
  const ends = known.length === 0 ? "" : `, all between ${valueWords(known[0]!)} and ${valueWords(known.at(-1)!)}`;
  return `${capital(name)}: ${middle} from ${placed[0]} to ${placed.at(-1)}${ends}.`;
}

/** Places of a series whose values a sentence can say one by one and still be heard to its end. */
const MOST_SAID = 6;

export function predictedWords(y: number | null, low: number | null, high: number | null): string {
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
  if (size < 1e-12) return "0";
  const rounded = Number(value.toPrecision(3));
  return readable(size >= 1e6 ? rounded.toExponential() : String(rounded));
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
