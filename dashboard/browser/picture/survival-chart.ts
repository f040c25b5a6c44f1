import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import type { Region, SurvivalPicture } from "./picture-data.js";
import { hueOf, lineOf, rivalMarks, symbolOf, theoryMarks } from "./picture-marks.js";

const HEIGHT = 380;
const TOP = 1.02;

type Arm = SurvivalPicture["series"][number];

interface Mark {
  readonly arm: Arm;
  readonly x: number;
  readonly left: number;
  readonly low: number;
  readonly high: number;
}

/** The part that is beyond each time or threshold, arm by arm, with its band, over the region of what is predicted. */
export function survivalChart(picture: SurvivalPicture, width: number): ReturnType<typeof Plot.plot> {
  const { across, beyond, series, theory, rivals, regions } = picture;
  const marks = series.map((arm) => arm.steps.map(([x, left, low, high]): Mark => ({ arm, x, left, low, high })));
  const xs = marks.flatMap((own) => own.map(({ x }) => x));
  const [start, end] = [Math.min(...xs), Math.max(...xs)];
  return Plot.plot({
    width,
    height: HEIGHT,
    ...{ marginLeft: 52, marginRight: 16, marginTop: 26, marginBottom: 44 },
    style: STYLE,
    x: {
      domain: [start, end],
      label: `${across.words} →`,
      ticks: Math.min(8, Math.floor(width / 80)),
      tickFormat: numberText,
    },
    y: { domain: [0, TOP], grid: true, label: null, ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: percent },
    marks: [
      ...regions.flatMap((one) => regionMarks(one, end)),
      ...theoryMarks(theory, [0, TOP], "step-after"),
      ...rivalMarks(rivals, "step-after"),
      ...marks.flatMap(armMarks),
      Plot.ruleY([0]),
      Plot.tip(
        marks.flat(),
        Plot.pointer({ x: "x", y: "left", title: (mark: Mark) => words(mark, beyond), fontSize: 12, lineWidth: 30 }),
      ),
    ],
  });
}

/** The curve's steps, its band, and what is judged of it with its interval. */
function armMarks(own: readonly Mark[]): Plot.Markish[] {
  const { arm } = own[0]!;
  const hue = hueOf(arm);
  return [
    Plot.areaY(own, {
      ...{ x: "x", y1: "low", y2: "high", curve: "step-after" as const },
      ...{ fill: hue, fillOpacity: 0.13, className: "mark-band", clip: true as const },
    }),
    Plot.lineY(own, {
      ...{ x: "x", y: "left", curve: "step-after" as const },
      ...{ stroke: hue, strokeWidth: 2, className: "mark-middle", clip: true as const, ...lineOf(arm) },
    }),
    ...judgedMarks(arm, hue),
  ];
}

function judgedMarks(arm: Arm, hue: string): Plot.Markish[] {
  const { judged } = arm;
  if (judged === null || judged.value === null) return [];
  const { along, at, value, interval } = judged;
  const [low, high] = [interval[0] ?? value, interval[1] ?? value];
  const rule = { stroke: hue, strokeWidth: 5, strokeLinecap: "round", className: "mark-interval", clip: true } as const;
  const place = along === "time" ? { x: value, y: at } : { x: at, y: value };
  return [
    along === "time"
      ? Plot.ruleY([at], { ...rule, x1: low, x2: high })
      : Plot.ruleX([at], { ...rule, y1: low, y2: high }),
    Plot.dot([place], {
      ...{ x: "x", y: "y", r: 5, symbol: symbolOf(arm) },
      ...{
        fill: "var(--theme-background)",
        stroke: hue,
        strokeWidth: 2.5,
        className: "mark-point",
        clip: true as const,
      },
    }),
  ];
}

/** Of times from end to end of the height; of parts about their time. An open end reaches the frame. */
function regionMarks({ along, at, predicted, ends, rivals }: Region, end: number): Plot.Markish[] {
  const fill = { fill: "var(--prediction)", fillOpacity: 0.3, className: "mark-ribbon", clip: true } as const;
  const line = { stroke: "var(--prediction)", strokeWidth: 2, className: "mark-theory", clip: true } as const;
  const rival = {
    ...{ stroke: "var(--rival)", strokeWidth: 2, strokeDasharray: "5,4", className: "mark-rival", clip: true as const },
  };
  const middle = predicted ?? ends[0] ?? ends[1];
  const middles = middle === null ? [] : [middle];
  if (along === "time") {
    return [
      Plot.rect([0], { ...fill, x1: ends[0] ?? 0, x2: ends[1] ?? end, y1: 0, y2: TOP }),
      Plot.ruleX(middles, line),
      Plot.ruleX(rivals, rival),
    ];
  }
  const [from, to] = [at - 0.04 * end, at + 0.04 * end];
  return [
    Plot.rect([0], { ...fill, x1: from, x2: to, y1: ends[0] ?? 0, y2: ends[1] ?? TOP }),
    Plot.ruleY(middles, { ...line, x1: from, x2: to }),
    Plot.ruleY(rivals, { ...rival, x1: from, x2: to }),
  ];
}

function words({ arm, x, left, low, high }: Mark, beyond: SurvivalPicture["beyond"]): string {
  return [
    `${arm.name}, ${arm.cell}`,
    `${beyond} ${numberText(x)}: ${percent(left)} (${percent(low)} to ${percent(high)})`,
    `${arm.count.toLocaleString("en-GB")} replicates${arm.lost > 0 ? `, ${arm.lost} lost from sight` : ""}`,
  ].join("\n");
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(3))} %`;
}
