import { pooledShareBounds } from "../../../../src/statistics/proved/shares/pooled-share.ts";
import type { ProfileQuestion } from "../../../../src/statistics/question.ts";
import type { Curve, SurvivalPicture } from "../../../browser/picture/picture-data.ts";
import { cellWords } from "../../html/words.ts";
import { type CellPoint, seriesKind, seriesName } from "./arm-points.ts";
import { capital, predictedWords, short } from "./picture-sentence.ts";
import { thinned } from "./survival-picture.ts";

type Arm = SurvivalPicture["series"][number];
type Step = Arm["steps"][number];
type Band = Pick<ProfileQuestion, "thresholds" | "lower" | "upper">;

/** Of all scores, the part that the axis has room for at least. */
const SHOWN = 0.99;

/** One profile: all tasks of one question of an arm. */
interface Profile {
  readonly tasks: readonly CellPoint[];
  readonly scores: Float64Array;
  readonly band: Band;
}

/**
 * The performance profiles of all arms: the share of the scores above each threshold, every task counting alike, with bounds that hold at
 * all of the claim's thresholds together, over the band that is claimed. Both are steps: a share only falls. Cost: the scores' sort.
 */
export function profilePicture(points: readonly CellPoint[], measure: string): SurvivalPicture {
  const profiles = profilesOf(points);
  const ends = endsOf(profiles);
  const claimed = profiles.filter(({ tasks }) => tasks[0]!.arm.evidence.kind === "claimed");
  return {
    form: "survival",
    beyond: "above",
    across: { words: measure, scale: "linear" },
    up: { words: "share of the scores above", scale: "linear" },
    series: profiles.map((profile) => armOf(profile, ends)),
    theory: claimed.map(({ band }) => bandCurve(band, ends)),
    rivals: [],
    regions: [],
    sentence: `Which share of the scores is above a threshold, every task counting alike: ${measure}. ${profiles.map(wordsOf).join(" ")}`,
  };
}

function profilesOf(points: readonly CellPoint[]): readonly Profile[] {
  const questions = [...new Set(points.map(({ found }) => found))];
  return questions.map((question) => {
    const tasks = points.filter(({ found }) => found === question);
    const scores = Float64Array.from(tasks.flatMap(({ columns }) => [...columns[0]!])).sort();
    return { tasks, scores, band: tasks[0]!.unit.detail as unknown as Band };
  });
}

/** From the least to what nearly all scores lie below, and wherever there is a threshold. */
function endsOf(profiles: readonly Profile[]): readonly [number, number] {
  const places = profiles.flatMap(({ scores, band: { thresholds } }) => {
    const finite = scores.filter(Number.isFinite);
    const most = finite[Math.ceil(finite.length * SHOWN) - 1];
    return [thresholds[0]!, thresholds.at(-1)!, ...(most === undefined ? [] : [finite[0]!, most])];
  });
  const [start, end] = [Math.min(...places), Math.max(...places)];
  const room = 0.04 * (end - start || 1);
  return [start - room, end + room];
}

function armOf({ tasks, scores, band }: Profile, [start, end]: readonly [number, number]): Arm {
  const [first] = tasks as readonly [CellPoint];
  const name = seriesName(first);
  const measured = measuredBand(band, scores, first.found.level);
  const at = [...new Set([...scores, ...band.thresholds])].filter((x) => x > start && x <= end).sort((a, b) => a - b);
  const steps = at.map((x): Step => stepAt(x, scores, measured));
  return {
    name,
    arm: name,
    kind: seriesKind(first),
    cell: first.unit.label,
    count: scores.length,
    lost: 0,
    steps: thinned([stepAt(start, scores, measured), ...steps], end),
    judged: null,
    command: first.command,
    cells: tasks.map(({ cell, command }) => ({ cell: cellWords(cell), command })),
  };
}

/** Bounds for the share above each threshold, those to one side together wrong with probability at most `level`. */
function measuredBand({ thresholds }: Band, scores: Float64Array, level: number): Band {
  const bounds = thresholds.map((threshold) =>
    pooledShareBounds(aboveOf(threshold, scores), scores.length, level / thresholds.length),
  );
  return { thresholds, lower: bounds.map(({ low }) => low), upper: bounds.map(({ high }) => high) };
}

function aboveOf(threshold: number, scores: Float64Array): number {
  return scores.reduce((count, score) => count + (score > threshold ? 1 : 0), 0);
}

/** From x to the next step. */
function stepAt(x: number, scores: Float64Array, band: Band): Step {
  const [low, high] = edgesFrom(x, band);
  return [x, aboveOf(x, scores) / scores.length, low, high];
}

/** What holds from x to the next threshold: at least what any later one is bounded by, at most what any was so far. */
function edgesFrom(x: number, { thresholds, lower, upper }: Band): readonly [low: number, high: number] {
  return [
    Math.max(0, ...lower.filter((_, at) => thresholds[at]! > x)),
    Math.min(1, ...upper.filter((_, at) => thresholds[at]! <= x)),
  ];
}

/** The claimed band with both corners of each step, so that it is drawn alike by straight lines. */
function bandCurve(band: Band, [start, end]: readonly [number, number]): Curve {
  const corners = [start, ...band.thresholds].map((x, at) => [x, band.thresholds[at] ?? end] as const);
  return {
    name: "predicted",
    points: corners.flatMap(([from, to]) => {
      const [low, high] = edgesFrom(from, band);
      return [from, to].map((x) => ({ x, y: null, low, high }));
    }),
  };
}

function wordsOf({ tasks, scores, band: { thresholds } }: Profile): string {
  const [{ arm, role, unit, found }] = tasks as readonly [CellPoint];
  const middle = thresholds[Math.floor(thresholds.length / 2)]!;
  const share = `${short((100 * aboveOf(middle, scores)) / scores.length)} % above ${short(middle)}`;
  const beyond = found.estimate === null ? "none" : short(found.estimate);
  const predicted =
    arm.evidence.kind === "claimed" ? `; predicted: ${predictedWords(found.predicted, ...found.region)}` : "";
  return `${capital(seriesName({ arm, role }))}, ${unit.label}: ${share}; beyond the band by ${beyond}${predicted}.`;
}
