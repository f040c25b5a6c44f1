import { JudgeError } from "../../../../src/statistics/judges/judge.ts";
import { survivalBand } from "../../../../src/statistics/judges/survival/survival-band.ts";
import { kaplanMeier, leftAt } from "../../../../src/statistics/judges/survival/survival-curve.ts";
import { momentsOf, seenOf } from "../../../../src/statistics/judges/survival/survival-times.ts";
import type { Curve, Region, SurvivalPicture } from "../../../browser/picture/picture-data.ts";
import { cellWords } from "../../html/words.ts";
import { type CellPoint, comparedMark, seriesKind, seriesName } from "./arm-points.ts";
import { capital, predictedWords, short } from "./picture-sentence.ts";

type Arm = SurvivalPicture["series"][number];
type Step = Arm["steps"][number];

/** Steps lower than this part are drawn together. */
const FINEST = 1 / 250;
/** Of all finite times, the part that the axis has room for at least. */
const SHOWN = 0.99;

/**
 * The part that is not over yet of every arm, over time: times that never come stay at the top, and those lost from sight count
 * until then. Undefined where the samples are no times. Cost: the replicates' sort, and the band's few steps a time.
 */
export function survivalPicture(points: readonly CellPoint[], measure: string): SurvivalPicture | undefined {
  try {
    const end = endOf(points);
    const series = points.map((point) => armOf(point, end));
    const claimed = points.filter(({ arm, role }) => arm.evidence.kind === "claimed" && role === "experiment");
    return {
      form: "survival",
      beyond: "longer than",
      across: { words: measure, scale: "linear" },
      up: { words: "part that takes longer", scale: "linear" },
      series,
      ...predictedOf(claimed, points, end),
      sentence: `Which part takes longer than a time: ${measure}. ${points.map((point, at) => wordsOf(point, series[at]!)).join(" ")}`,
    };
  } catch (error) {
    if (error instanceof JudgeError) return undefined;
    throw error;
  }
}

/** The last time of the axis: until which it is asked, or what nearly all finite times lie below. */
function endOf(points: readonly CellPoint[]): number {
  const times = points.map(({ columns }) => columns[0]!.filter(Number.isFinite).toSorted());
  const last = times.map((sorted) => sorted[Math.ceil(sorted.length * SHOWN) - 1] ?? 0);
  const limits = points.map(({ unit }) => 1.04 * limitOf(unit.detail));
  return Math.max(...last, ...limits) || 1;
}

function armOf({ arm, role, cell, columns, found, unit, command }: CellPoint, end: number): Arm {
  const seen = seenOf("the picture", { columns }, columns.length > 1);
  const moments = momentsOf(seen);
  const curve = kaplanMeier(moments);
  const { low, high } = survivalBand(moments, seen.length, found.level);
  const steps = curve.map(({ time, after }, at): Step => [time, after, low[at]!.after, high[at]!.after]);
  const of = placeOf(unit.detail);
  const name = seriesName({ arm, role });
  return {
    name,
    arm: name,
    kind: seriesKind({ arm, role }),
    ...comparedMark({ arm, role }),
    cell: cellWords(cell),
    count: seen.length,
    lost: seen.filter(({ lost }) => lost).length,
    steps: thinned([[0, 1, 1, 1], ...steps], end),
    judged: of && { ...of, value: finite(found.estimate), interval: found.interval },
    command,
  };
}

/** From the first step to the end of the axis; single steps of a large sample are too small to be seen. */
export function thinned([first, ...steps]: readonly [Step, ...Step[]], end: number): readonly Step[] {
  const kept: Step[] = [first];
  for (const [at, step] of steps.entries()) {
    if (step[0] > end) break;
    const last = kept.at(-1)!;
    const next = steps[at + 1];
    const isFar = [1, 2, 3].some((of) => Math.abs(step[of]! - last[of]!) >= FINEST);
    if (isFar || next === undefined || next[0] > end) kept.push(step);
  }
  const [, left, low, high] = kept.at(-1)!;
  return [...kept, [end, left, low, high] as const].map(([time, ...parts]): Step => {
    const [middle, under, over] = parts.map(digits);
    return [digits(time), middle!, under!, over!];
  });
}

/** On which axis what is judged lies: a part at its time; a median where one half is left; a mean has the rectangle's side. */
function placeOf(detail: CellPoint["unit"]["detail"]): Pick<Region, "along" | "at"> | null {
  if (detail["of"] === "fraction-left") return { along: "part", at: limitOf(detail) };
  if (detail["of"] === "median-time" || detail["of"] === "restricted-mean-time") return { along: "time", at: 0.5 };
  return null;
}

function limitOf(detail: CellPoint["unit"]["detail"]): number {
  return typeof detail["limit"] === "number" ? detail["limit"] : 0;
}

function predictedOf(
  claimed: readonly CellPoint[],
  points: readonly CellPoint[],
  end: number,
): Pick<SurvivalPicture, "theory" | "rivals" | "regions"> {
  const regions = claimed.flatMap(({ unit, found }): readonly Region[] => {
    const of = placeOf(unit.detail);
    return of === null ? [] : [{ ...of, predicted: found.predicted, ends: found.region, rivals: found.rivals }];
  });
  const compared = claimed.flatMap((one) => {
    const other = points.find(({ arm, unit, role }) => arm === one.arm && unit === one.unit && role === "against");
    return other === undefined ? [] : [{ found: one.found, steps: armOf(other, end).steps }];
  });
  return {
    regions: regions.filter(
      (one, at) => regions.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
    ),
    theory: compared.map(({ found, steps }) => hazardCurve("predicted", steps, found.predicted, found.region)),
    rivals: compared.flatMap(({ found, steps }) =>
      found.rivals.map((rival) => hazardCurve("rival", steps, rival, [rival, rival])),
    ),
  };
}

/** With proportional hazards the part left is the other arm's to the power of their ratio: the larger the ratio, the less. */
function hazardCurve(
  name: string,
  steps: readonly Step[],
  ratio: number | null,
  [least, most]: readonly [number | null, number | null],
): Curve {
  const bound = ratio ?? least ?? most;
  const to = (left: number, power: number | null) => (power === null ? null : digits(left ** power));
  return {
    name,
    points: steps.map(([x, left]) => ({ x, y: to(left, bound), low: to(left, most), high: to(left, least) })),
  };
}

function wordsOf({ unit, found, role }: CellPoint, { name, cell, steps, lost, count }: Arm): string {
  const limit = limitOf(unit.detail);
  const at = limit > 0 ? limit : steps.at(-1)![0];
  const left = leftAt(
    steps.map(([time, after]) => ({ time, at: after, after })),
    at,
  );
  const asked = MEASURED[String(unit.detail["of"] ?? "hazard-ratio")];
  const value = found.estimate === null ? "none" : short(found.estimate);
  const judged = asked && role === "experiment" ? `; ${asked} ${value}` : "";
  const predicted = name === "claimed" ? `; predicted: ${predictedWords(found.predicted, ...found.region)}` : "";
  const gone = lost > 0 ? `, ${lost} of ${count} were lost from sight before` : "";
  return `${capital(name)}, ${cell}: ${short(100 * left)} % take longer than ${short(at)}${gone}${judged}${predicted}.`;
}

/** What is judged beside the part itself. */
const MEASURED: Readonly<Record<string, string>> = {
  "median-time": "median",
  "restricted-mean-time": "mean, where none counts for more,",
  "hazard-ratio": "hazard ratio",
};

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function digits(value: number): number {
  return Number(value.toPrecision(5));
}
