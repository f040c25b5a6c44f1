import type { AnyClaim } from "../claim/claim.ts";
import type { Experiment } from "../claim/experiment.ts";
import type { Arm, SampleSource } from "../claim/unit.ts";
import { cellLabel } from "../predictions/cells.ts";
import { measureNames } from "../run/sample/observe.ts";
import { resolvedArms, tiersOf } from "./claim-rules.ts";

/** Replicates `first` to `first + count` of an experiment at a master seed. */
export interface Wanted {
  readonly experiment: Experiment;
  readonly seed: string;
  readonly first: number;
  readonly count: number;
}

export interface Drawing {
  /** The measures one after the other, by name, `count` numbers each. Throws with the reason where there are none. */
  readonly draw: (wanted: Wanted) => Promise<Float64Array>;
  /** How many replicates of an experiment are worth drawing: an even number. */
  readonly countOf: (experiment: Experiment) => number;
  /** Cells of the deep tier to draw as well as those of the first. */
  readonly alsoDeep?: (source: SampleSource) => boolean;
}

const [SEED, OTHER_SEED] = ["conformance", "another"] as const;

/**
 * What the experiments of a claim do that they may not, with the arm and cell; nothing for one that keeps the rules. Draws a few
 * replicates of each cell of the first tier; of a program, at one cell an arm, since a replicate may be a training.
 *
 * The rules: one stream, one result, drawn at once or in parts in any order; another seed, other numbers; bounded measures inside
 * their range; no control with the samples of its claim.
 */
export async function experimentFaults(claim: AnyClaim, given: Drawing): Promise<readonly string[]> {
  const drawing = { ...given, draw: remembered(given.draw) };
  const arms = resolvedArms(claim, tiersOf(claim)[0]!) ?? [];
  const deep = drawing.alsoDeep === undefined ? [] : (resolvedArms(claim, "deep") ?? []);
  const chosen = [
    ...arms.flatMap((arm) => drawnSources(arm).map((source) => ({ arm, source }))),
    ...deep.flatMap((arm) => arm.sources.filter(drawing.alsoDeep ?? never).map((source) => ({ arm, source }))),
  ];
  const faults: string[] = [];
  for (const { arm, source } of chosen) {
    const found = await explained(() => sourceFaults(source, drawing));
    faults.push(...found.map((fault) => `arm ${arm.name}, ${placeOf(source)}: ${fault}`));
  }
  for (const arm of arms) {
    const source = drawnSources(arm)[0];
    if (source === undefined) continue;
    const found = await explained(() => seedFaults(source.experiment, drawing));
    faults.push(...found.map((fault) => `arm ${arm.name}, ${placeOf(source)}: ${fault}`));
  }
  return [...new Set([...faults, ...(await vacuousControls(claim, arms, drawing))])];
}

/**
 * Draws each request once: an arm is looked at by itself, and held against another. Parts of a request are requests of their own, so
 * that what is compared was computed twice.
 */
function remembered(draw: Drawing["draw"]): Drawing["draw"] {
  const drawn = new Map<string, Promise<Float64Array>>();
  return (wanted) => {
    const { experiment, seed, first, count } = wanted;
    const key = JSON.stringify([experiment.name, experiment.setup, seed, first, count]);
    const found = drawn.get(key) ?? draw(wanted);
    drawn.set(key, found);
    return found;
  };
}

const never = () => false;

function drawnSources({ sources }: Arm): readonly SampleSource[] {
  const drawn = sources.filter(({ experiment }) => experiment.origin?.by !== "recorded");
  const isProgram = ({ experiment }: SampleSource) => experiment.origin?.by === "program";
  return [...drawn.filter((source) => !isProgram(source)), ...drawn.filter(isProgram).slice(0, 1)];
}

async function sourceFaults({ experiment }: SampleSource, drawing: Drawing): Promise<readonly string[]> {
  const count = drawing.countOf(experiment);
  const whole = await drawing.draw({ experiment, seed: SEED, first: 0, count });
  return [...rangeFaults(experiment, whole, count), ...(await repetitionFaults(experiment, whole, drawing))];
}

/** The later half first: nothing that an experiment keeps from one call to the next may show. */
async function repetitionFaults(
  experiment: Experiment,
  whole: Float64Array,
  drawing: Drawing,
): Promise<readonly string[]> {
  if (experiment.origin?.by === "program" && !experiment.origin.deterministic) return [];
  const count = drawing.countOf(experiment);
  const half = count / 2;
  for (const first of [half, 0]) {
    const part = await drawing.draw({ experiment, seed: SEED, first, count: half });
    for (const [column, measure] of measureNames(experiment).entries()) {
      for (let row = 0; row < half; row++) {
        const [again, before] = [part[column * half + row]!, whole[column * count + first + row]!];
        if (Object.is(again, before)) continue;
        return [
          `replicate ${first + row} of ${measure} was ${before} among ${count} and is ${again} among ${half}: observations may depend on their stream alone`,
        ];
      }
    }
  }
  return [];
}

/** Numbers that are all the same may be facts; numbers that vary and are those of another seed are not drawn from the stream. */
async function seedFaults(experiment: Experiment, { draw, countOf }: Drawing): Promise<readonly string[]> {
  const count = countOf(experiment) / 2;
  const [one, two] = [
    await draw({ experiment, seed: SEED, first: 0, count }),
    await draw({ experiment, seed: OTHER_SEED, first: 0, count }),
  ];
  const varying = measureNames(experiment).filter((_, column) => {
    const values = one.subarray(column * count, (column + 1) * count);
    return values.some((value) => value !== values[0]);
  });
  if (varying.length === 0 || !same(one, two)) return [];
  return [`another seed gives the same ${varying.join(", ")}: observations have to be drawn from their stream`];
}

function rangeFaults(experiment: Experiment, whole: Float64Array, count: number): readonly string[] {
  return measureNames(experiment).flatMap((measure, column) => {
    const { range } = experiment.measures[measure]!;
    if (range === undefined) return [];
    const values = whole.subarray(column * count, (column + 1) * count);
    const row = values.findIndex((value) => value < range[0] || value > range[1]);
    if (row < 0) return [];
    return [`${measure} declares ${range[0]} to ${range[1]} and is ${values[row]} at replicate ${row}`];
  });
}

async function vacuousControls(claim: AnyClaim, arms: readonly Arm[], drawing: Drawing): Promise<readonly string[]> {
  const [claimed, ...controls] = arms;
  const full = resolvedArms(claim, "full")?.[0];
  const faults: string[] = [];
  for (const control of controls) {
    for (const source of drawnSources(control).filter(({ role }) => role === "experiment")) {
      const claimedThere = [claimed, full].flatMap((arm) => arm?.sources ?? []).find((other) => isTwin(other, source));
      if (claimedThere === undefined) continue;
      if (!(await isVacuous(source, claimedThere, drawing))) continue;
      const found = "has the very samples of the claimed arm, so it proves nothing";
      faults.push(`control ${control.name}, ${placeOf(source)}: ${found}`);
    }
  }
  return faults;
}

/** What cannot be drawn has been told already. */
async function isVacuous(control: SampleSource, claimed: SampleSource, { draw, countOf }: Drawing): Promise<boolean> {
  const count = countOf(control.experiment) / 2;
  const drawn = ({ experiment }: SampleSource) => draw({ experiment, seed: SEED, first: 0, count });
  let equal = false;
  await explained(async () => {
    equal = same(await drawn(control), await drawn(claimed));
    return [];
  });
  return equal;
}

function isTwin(one: SampleSource, two: SampleSource): boolean {
  return one.role === two.role && JSON.stringify(one.cell) === JSON.stringify(two.cell);
}

function same(one: Float64Array, two: Float64Array): boolean {
  return one.length === two.length && one.every((value, index) => Object.is(value, two[index]));
}

/** What cannot be drawn is a fault like another, and the other cells are still looked at. */
async function explained(look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && error.name === "InterruptedError") throw error;
    return [error instanceof Error ? error.message : String(error)];
  }
}

function placeOf({ cell, role }: SampleSource): string {
  return [cellLabel(cell) || "its one cell", ...(role === "against" ? ["second experiment"] : [])].join(", ");
}
