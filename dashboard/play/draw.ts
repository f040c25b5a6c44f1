import type { AnyClaim } from "../../src/claim/claim.ts";
import type { Experiment } from "../../src/claim/experiment.ts";
import type { Engine } from "../../src/lab/contract/engine.ts";
import type { AnyCell } from "../../src/predictions/cells.ts";
import { keyOfDigest, streamText } from "../../src/run/plan/stream-text.ts";
import { measureNames, observe } from "../../src/run/sample/observe.ts";
import type { SampleAnswer, SampleRequest } from "../browser/play/messages.ts";

/** The SHA-256 of a text; a browser has it without a library. */
export type Digest = (text: string) => Promise<Uint8Array>;

/**
 * Observations of a claim's experiment at any cell: the numbers of `plateau sample` with the same seed.
 * @throws Error with a sentence for a reader: no such claim or arm, a cell that the experiment has no network for, data that is not here
 */
export async function draw(
  claims: ReadonlyMap<string, AnyClaim>,
  engine: Engine,
  digest: Digest,
  { claim: id, arm, cell, seed, first, count }: SampleRequest,
): Promise<SampleAnswer> {
  const claim = claims.get(id);
  if (claim === undefined) throw new Error(`the engine of this page does not have the claim ${id}`);
  const experiment = atCell(cell, experimentOf(claim, arm));
  const data = (experiment.data ?? []).map(({ name }) => name);
  if (data.length > 0) throw new Error(`this experiment reads ${data.join(" and ")}, which a browser is not sent`);
  const key = keyOfDigest(await digest(streamText(seed, experiment.name, experiment.setup)));
  const values = observe(experiment, { engine, streams: { key, first, count }, data: {} });
  const names = measureNames(experiment);
  return {
    kind: "sample",
    names,
    words: names.map((name) => experiment.measures[name]!.description),
    means: names.map((name) => experiment.measures[name]!.kind !== "raw" && experiment.measures[name]!.kind !== "log"),
    columns: names.map((_, column) => values.slice(column * count, (column + 1) * count)),
  };
}

function experimentOf(claim: AnyClaim, arm: string): (cell: AnyCell) => Experiment {
  const control = claim.controls.find(({ breaks }) => breaks === arm);
  const make = arm === "claimed" ? claim.experiment : arm === "against" ? claim.against : control?.experiment;
  if (make === undefined) throw new Error(`claim ${claim.id} has no arm ${arm}`);
  return make;
}

/** Off the grid an experiment may not exist: what it says then is about the reader's cell. */
function atCell(cell: AnyCell, make: (cell: AnyCell) => Experiment): Experiment {
  try {
    return make(cell);
  } catch (error) {
    const where = Object.entries(cell).map(([axis, value]) => `${axis} ${value}`);
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`there is no such experiment at ${where.join(", ")}: ${what}`, { cause: error });
  }
}
