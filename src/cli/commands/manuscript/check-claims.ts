import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { AnyClaim } from "../../../claim/claim.ts";
import type { Experiment } from "../../../claim/experiment.ts";
import { CLAIM_RULES } from "../../../conformance/claim-rules.ts";
import { type Drawing, experimentFaults, type Wanted } from "../../../conformance/experiment-rules.ts";
import { type KnownClaim, knownClaims } from "../../../project/known-claims.ts";
import { findRoots } from "../../../project/roots.ts";
import { EXIT } from "../../../report/exit-code.ts";
import { sanitise } from "../../../report/layout/sanitise.ts";
import { secondsOf } from "../../../run/plan/cost-model.ts";
import { streamKey } from "../../../run/plan/stream-key.ts";
import { loadDataset } from "../../../run/sample/datasets.ts";
import { selectClaims } from "../../arguments/claim-names.ts";
import type { Io } from "../../arguments/command.ts";
import { parseEngine } from "../../arguments/option-values.ts";
import { drawingOf } from "../../draw-sample.ts";
import { InterruptedError } from "../../errors.ts";
import { INSTRUMENT } from "../../instrument.ts";
import { storeFolder } from "../../result-place.ts";

/** Of an experiment whose replicates cost more than that many seconds together, two are drawn instead of eight. */
const EXPENSIVE_SECONDS = 2;

interface CheckedClaim {
  readonly claim: string;
  readonly faults: readonly string[];
}

/** Holds claims and their experiments to the rules of `src/conformance`, those that words name or all; one line a claim. */
export async function checkClaims(
  words: readonly string[],
  { root, json }: { readonly root: string | undefined; readonly json: boolean },
  io: Io,
) {
  const roots = findRoots(root, io);
  const all = await knownClaims(roots.suites);
  const chosen = words.length === 0 ? all : selectClaims(words, all);
  const drawing = await drawingFor(io);
  const checked: CheckedClaim[] = [];
  for (const known of unique(chosen)) {
    const one = await checkClaim(known, all, join(roots.repository, "suites"), drawing);
    checked.push(one);
    if (!json) io.stdout(claimText(one));
  }
  const faulty = checked.filter(({ faults }) => faults.length > 0).length;
  const exit = faulty === 0 ? EXIT.holds : EXIT.failed;
  io.stdout(json ? `${JSON.stringify({ exit, claims: checked }, null, 2)}\n` : `${footText(checked.length, faulty)}\n`);
  return exit;
}

/** A claim that two suites hold is a fault, told once. */
function unique(claims: readonly KnownClaim[]): readonly KnownClaim[] {
  return claims.filter(({ claim }, index) => claims.findIndex((other) => other.claim.id === claim.id) === index);
}

async function checkClaim(
  { claim }: KnownClaim,
  all: readonly KnownClaim[],
  folder: string,
  drawing: Drawing,
): Promise<CheckedClaim> {
  const around = {
    suites: all.filter((other) => other.claim.id === claim.id).map(({ suite }) => suite.name),
    papers: papersOf(claim, folder),
  };
  const said = CLAIM_RULES.flatMap(({ faults }) => faults(claim, around));
  return { claim: claim.id, faults: [...said, ...(await experimentFaults(claim, drawing))] };
}

function papersOf({ id }: AnyClaim, folder: string): readonly string[] {
  const path = join(folder, id.split("/")[0]!, "papers.json");
  if (!existsSync(path)) return [];
  try {
    return Object.keys(JSON.parse(readFileSync(path, "utf8")) as object);
  } catch {
    return [];
  }
}

async function drawingFor(io: Io): Promise<Drawing> {
  const name = parseEngine(undefined, false, io);
  const engine = await INSTRUMENT.open(name);
  const rates = INSTRUMENT.rates(name);
  const folder = join(storeFolder(undefined, io), "data");
  return {
    countOf: ({ cost }) => (secondsOf(cost, 8, rates) > EXPENSIVE_SECONDS ? 2 : 8),
    draw: async ({ experiment, seed, first, count }: Wanted) => {
      await breathe();
      if (io.signal.aborted) throw new InterruptedError();
      const key = streamKey(seed, experiment.name, experiment.setup);
      const drawn = drawingOf(experiment, { engine, data: await dataOf(experiment, folder), key, io });
      try {
        return await drawn.draw(first, count);
      } finally {
        drawn.close();
      }
    },
  };
}

async function dataOf(experiment: Experiment, folder: string) {
  const loaded = await Promise.all((experiment.data ?? []).map((input) => loadDataset(input, folder)));
  return Object.fromEntries(loaded.map((set) => [set.name, set]));
}

function claimText({ claim, faults }: CheckedClaim): string {
  if (faults.length === 0) return `✓ ${sanitise(claim)}\n`;
  return [`✗ ${sanitise(claim)}`, ...faults.map((fault) => `    ${sanitise(fault)}`), ""].join("\n");
}

function footText(count: number, faulty: number): string {
  const claims = count === 1 ? "1 claim" : `${count} claims`;
  if (faulty === 0) return `${claims}: ${count === 1 ? "keeps" : "all keep"} the rules`;
  return `${claims}: ${faulty} ${faulty === 1 ? "breaks" : "break"} the rules`;
}
