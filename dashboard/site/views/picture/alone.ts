import type { UnitEvidence } from "../../../../src/claim/result.ts";
import type { CellPoint } from "./arm-points.ts";

/**
 * The same cells, asked about the measure at one place alone: a band is one question about several measures, each with a value
 * and a margin of its own in the question's detail, cell by cell.
 */
export function stripPoints(points: readonly CellPoint[], at: number): readonly CellPoint[] {
  return points.map((point) => {
    const { unit, group, columns } = point;
    const { values, within, through } = unit.detail as Readonly<Record<string, readonly number[] & string>>;
    const statistic = through!.split(", ")[at] ?? "median";
    const place = group * columns.length + at;
    const [value, margin] = [values![place]!, within![place]!];
    return asked(point, columns[at]!, {
      ...{ statistic, predicted: value, region: [value - margin, value + margin], rivals: [] },
      ...{ estimate: middleOf(columns[at]!, statistic), interval: [null, null] },
    });
  });
}

/** The same cells on the axis of their values: the reported mean is the prediction, and not zero. */
export function besideReported(points: readonly CellPoint[]): readonly CellPoint[] {
  return points.map((point) => {
    const { found, unit, columns } = point;
    const by = (value: number | null) => (value === null ? null : value + Number(unit.detail["mean"]));
    const ends = ([low, high]: Ends): Ends => [by(low), by(high)];
    return asked(point, columns[0]!, {
      ...{ statistic: "mean", predicted: by(found.predicted), region: ends(found.region) },
      ...{
        rivals: found.rivals.map((rival) => by(rival)!),
        estimate: by(found.estimate),
        interval: ends(found.interval),
      },
    });
  });
}

type Ends = UnitEvidence["region"];
type Asked = Pick<UnitEvidence, "statistic" | "predicted" | "region" | "rivals" | "estimate" | "interval">;

function asked(point: CellPoint, column: Float64Array, question: Asked): CellPoint {
  return {
    ...point,
    columns: [column],
    unit: { ...point.unit, statistic: question.statistic },
    found: { ...point.found, ...question },
  };
}

function middleOf(values: Float64Array, statistic: string): number | null {
  const sorted = values.toSorted();
  const middle =
    statistic === "median"
      ? sorted[Math.floor(sorted.length / 2)]!
      : values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(middle) ? middle : null;
}
