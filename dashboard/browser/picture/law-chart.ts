import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import type { LawPicture } from "./picture-data.js";
import { hueOf } from "./picture-marks.js";

const HEIGHT = 380;

interface Bin {
  readonly low: number;
  readonly high: number;
}

/** How often each value came in every arm, as bars and steps, beside the shares that the predicted laws have. */
export function lawChart(
  { across, bins, atoms, laws, series }: LawPicture,
  width: number,
): ReturnType<typeof Plot.plot> {
  const middle = ({ low, high }: Bin) => (low + high) / 2;
  const sharesOf = (shares: readonly number[]) => (_: unknown, at: number) => shares[at];
  const claimed = series.filter(({ kind }) => kind === "claimed");
  return Plot.plot({
    width,
    height: HEIGHT,
    ...{ marginLeft: 52, marginRight: 16, marginTop: 26, marginBottom: 44 },
    style: STYLE,
    x: {
      label: `${across.words} →`,
      ticks: atoms ? thinned(atoms, width) : Math.min(8, Math.floor(width / 80)),
      tickFormat: numberText,
    },
    y: { label: null, grid: true, tickFormat: percent },
    marks: [
      // Each cell from zero: bars of two cells would otherwise stand on one another, at twice the height.
      ...claimed.map((one) =>
        Plot.rectY(bins, {
          ...{ x1: "low", x2: "high", y1: 0, y2: sharesOf(one.shares), inset: 0.5 },
          ...{ fill: hueOf(one), fillOpacity: 0.35 / claimed.length + 0.08, className: "mark-observations" },
        }),
      ),
      ...series
        .filter(({ kind }) => kind !== "claimed")
        .map((one) =>
          Plot.lineY(stepsOf(bins, one.shares), {
            ...{ x: "x", y: "share", curve: "step-after" as const },
            ...{ stroke: hueOf(one), strokeWidth: 2, className: "mark-middle" },
          }),
        ),
      ...laws.map((law) => {
        const line = { stroke: "var(--prediction)", strokeWidth: 2.5, className: "mark-theory" };
        // The law of counts has steps as well; a density has none.
        return atoms
          ? Plot.lineY(stepsOf(bins, law), { ...line, x: "x", y: "share", curve: "step-after" })
          : Plot.lineY(bins, { ...line, x: middle, y: sharesOf(law) });
      }),
      Plot.ruleY([0]),
      Plot.tip(
        bins.map((bin, at) => ({
          x: middle(bin),
          y: laws[0]?.[at] ?? 0,
          words: wordsOf(at, { bins, atoms, laws, series }),
        })),
        Plot.pointerX({ x: "x", y: "y", title: "words", fontSize: 12 }),
      ),
    ],
  });
}

/** From edge to edge of the bins, and down at the last one. */
function stepsOf(bins: readonly Bin[], shares: readonly number[]) {
  const steps = bins.map(({ low }, at) => ({ x: low, share: shares[at]! }));
  return [...steps, { x: bins.at(-1)!.high, share: shares.at(-1)! }];
}

/** As many values as have room for their numbers. */
function thinned(atoms: readonly number[], width: number): number[] {
  const step = Math.ceil((40 * atoms.length) / width);
  return atoms.filter((_, at) => at % step === 0);
}

type Shares = Pick<LawPicture, "bins" | "laws" | "series"> & { readonly atoms: readonly number[] | undefined };

function wordsOf(at: number, { bins, atoms, laws, series }: Shares): string {
  const { low, high } = bins[at]!;
  return [
    atoms ? numberText(atoms[at]!) : `${numberText(low)} to ${numberText(high)}`,
    ...series.map(({ name, shares }) => `${name}: ${percent(shares[at]!)}`),
    ...laws.map((law) => `predicted: ${percent(law[at]!)}`),
  ].join("\n");
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
