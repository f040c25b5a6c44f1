import { type AnyCell, cellLabel } from "../../predictions/cells.ts";
import { ClaimError } from "../../predictions/claim-error.ts";
import {
  type AnyKind,
  type AnyPrediction,
  type AnyQuestion,
  formOf,
  kindOfPrediction,
  namedStatistic,
} from "../../predictions/kinds.ts";
import { type AnyExpected, type AnyValue, evaluate, familyAt } from "../../predictions/stated.ts";
import type { Family, Known } from "../../statistics/question.ts";
import type { AnyClaim } from "../claim.ts";
import type { Experiment, Measure } from "../experiment.ts";
import { lostRateOf } from "../origin/origin.ts";
import type { SampleSource } from "../unit.ts";

/** A claim's prediction in numbers, at one cell or, along an axis, at the cells of `sources`. Throws `ClaimError`. */
export function questionAt(
  claim: AnyClaim,
  expected: AnyExpected | undefined,
  sources: readonly SampleSource[],
): AnyQuestion {
  const prediction: AnyPrediction = claim.prediction;
  const kind = kindOfPrediction(prediction);
  const measure = measureOf(sources[0]!.experiment, prediction.of);
  const columns = (kind.columns?.(prediction) ?? [prediction.of]).map((name) =>
    measureOf(sources[0]!.experiment, name),
  );
  if (kind.averages[namedStatistic(prediction)]) {
    for (const name of kind.averaged?.(prediction) ?? [prediction.of]) {
      refuseRaw(name, measureOf(sources[0]!.experiment, name));
    }
  }
  const cells = sources.map(({ cell }) => cell);
  const cell = cells[0]!;
  const region = formOf(prediction).region(prediction, cell);
  const rivals = (claim.rivals ?? []).map((rival: { readonly value: AnyValue }) =>
    evaluate(rival.value, cell, "rival"),
  );
  const inside = rivals.find((rival: number) => rival >= region.low && rival <= region.high);
  if (inside !== undefined) {
    throw new ClaimError(
      `rival ${inside} lies inside the predicted region [${region.low}, ${region.high}] at ${cellLabel(cell)}`,
    );
  }
  const families = familiesOf(kind, expected, cells);
  const asked = {
    region,
    rivals,
    ...(families ? { families } : {}),
    known: knownOf(kind, prediction, expected, sources),
  };
  const horizon = sources[0]!.looks.at(-1)!;
  const question: AnyQuestion = kind.question(prediction, asked, {
    cells,
    horizon,
    ranges: columns.map(({ range }) => range),
    ...(measure.range ? { range: measure.range } : {}),
  });
  if (!families && kind.judge.needsFamilies?.(question)) refuseUndeclared(prediction, cells);
  return question;
}

/** Better before any sample is computed than after all of them: no bound holds for every law there is. */
function refuseUndeclared(prediction: AnyPrediction, cells: readonly AnyCell[]): never {
  throw new ClaimError(
    `the ${namedStatistic(prediction)} of ${prediction.of} at ${cellLabel(cells[0]!)} requires \`expected\` to say what laws its values may have, of every group and of each control: \`family\` or \`normal\`, or for a mean a measure with a range (docs/families.md)`,
  );
}

/** The centre of a prediction; null for bounds and distances. */
export function predictedAt(prediction: AnyPrediction, cell: AnyCell): number | null {
  return formOf(prediction).centre(prediction, cell);
}

/** What planning may use: NaN where the claim expects nothing, so that `plan` can say so. */
function knownOf(
  kind: AnyKind,
  prediction: AnyPrediction,
  expected: AnyExpected | undefined,
  sources: readonly SampleSource[],
): readonly Known[] {
  const cells = sources.map(({ cell }) => cell);
  const usual = 1 - (lostRateOf(sources[0]!.experiment) ?? 0);
  const both = kind.answeredBy.from === "both-experiments";
  const groups = both ? [...cells, ...cells] : cells;
  const spreadOf = (group: number) =>
    (both && group >= cells.length ? expected?.against?.spread : undefined) ?? expected?.spread;
  return groups.map((cell, group) => ({
    value: knownValue(kind, prediction, expected, { cell, group }),
    spread: spreadOf(group) === undefined ? Number.NaN : evaluate(spreadOf(group)!, cell, "known spread"),
    counts: expected?.counts === undefined ? usual : evaluate(expected.counts, cell, "known proportion that counts"),
  }));
}

/** One a group: each cell's own along an axis, each arm's own where two are compared. Undefined unless all are declared. */
function familiesOf(
  kind: AnyKind,
  expected: AnyExpected | undefined,
  cells: readonly AnyCell[],
): readonly Family[] | undefined {
  const second = { ...expected, ...expected?.against };
  const laws =
    kind.answeredBy.from === "both-experiments"
      ? [...cells.map((cell) => familyAt(expected, cell)), ...cells.map((cell) => familyAt(second, cell))]
      : cells.map((cell) => familyAt(expected, cell));
  const declared = laws.filter((family) => family !== undefined);
  return declared.length === laws.length ? declared : undefined;
}

/** The value that the claim expects, else the predicted one, else none of a distance. */
function knownValue(
  kind: AnyKind,
  prediction: AnyPrediction,
  expected: AnyExpected | undefined,
  { cell, group }: { readonly cell: AnyCell; readonly group: number },
): number {
  const stated = expected?.value === undefined ? undefined : evaluate(expected.value, cell, "known value");
  const predicted = predictedAt(prediction, cell);
  if (kind.known) return kind.known(prediction, { stated, predicted, cell, group });
  return stated ?? predicted ?? (kind.answer === "value" ? Number.NaN : 0);
}

/** Whether a mean of measures of the kind says something of most networks. */
const TAME: { readonly [K in Measure["kind"]]: boolean } = {
  log: true,
  bounded: true,
  increment: true,
  time: true,
  raw: false,
};

/** Means of norms are ruled by a few networks: the reason this project exists. Only tame measures may be averaged. */
function refuseRaw(name: string, { kind }: Measure): void {
  if (!Object.hasOwn(TAME, kind)) {
    throw new ClaimError(`${name} is declared ${kind}, one of ${Object.keys(TAME).join(", ")} is required`);
  }
  if (TAME[kind]) return;
  throw new ClaimError(
    `${name} is declared raw, and its mean is not to be trusted at any number of replicates: a mean requires a measure of kind log, bounded, increment or time`,
  );
}

/** What the experiment declares of a measure. Throws `ClaimError` where it has none of the name. */
export function measureOf(experiment: Experiment, name: string): Measure {
  const measure = experiment.measures[name];
  if (!measure) {
    throw new ClaimError(
      `${experiment.name} has no measure ${name}, it has ${Object.keys(experiment.measures).join(", ")}`,
    );
  }
  return measure;
}
