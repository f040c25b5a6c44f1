import type { Context, Experiment } from "../../claim/experiment.ts";

/** An experiment that gave no usable observations: an author's mistake or a broken engine. */
export class ObservationError extends Error {
  override readonly name = "ObservationError";
}

/** The measures of an experiment in the order of their columns everywhere: by name. */
export function measureNames(experiment: Experiment): readonly string[] {
  return Object.keys(experiment.measures).sort();
}

/**
 * Observes and checks: every declared measure, one number a replicate, no NaN. Gives the measures one after the other,
 * `count` numbers each. Throws `ObservationError` that names measure and replicate.
 */
export function observe(experiment: Experiment, context: Context): Float64Array {
  const { first, count } = context.streams;
  // the engine is of the experiment's instrument, which the plan has seen to
  const observations: { readonly [measure: string]: Float64Array | undefined } = experiment.observe(
    context as Context<never>,
  );
  const names = measureNames(experiment);
  const values = new Float64Array(names.length * count);
  names.forEach((measure, column) => {
    const found = observations?.[measure];
    checkColumn(found, { experiment: experiment.name, measure, first, count });
    values.set(found!, column * count);
  });
  return values;
}

interface Expected {
  readonly experiment: string;
  readonly measure: string;
  readonly first: number;
  readonly count: number;
}

function checkColumn(values: Float64Array | undefined, { experiment, measure, first, count }: Expected): void {
  const subject = `experiment ${experiment}, measure ${measure}`;
  if (!(values instanceof Float64Array)) {
    throw new ObservationError(`${subject}: a Float64Array is required, got ${kindOf(values)}`);
  }
  if (values.length !== count) {
    // Without the numbers: how replicates are cut into chunks must not show in evidence.
    const found = values.length < count ? "fewer" : "more";
    throw new ObservationError(`${subject}: one number a replicate is required, got ${found}`);
  }
  const at = values.findIndex(Number.isNaN);
  if (at >= 0) throw new ObservationError(`${subject}: a number is required, got NaN at replicate ${first + at}`);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  return typeof value === "object" ? (value.constructor?.name ?? "an object") : typeof value;
}
