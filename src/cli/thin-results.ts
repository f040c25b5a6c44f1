import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Baseline } from "../baseline/baseline.ts";
import { hasBaselines, readBaselines } from "../baseline/files/read.ts";
import type { Result } from "../claim/result.ts";
import type { StoredFile } from "../run/files/prune-store.ts";
import { readResult } from "../run/files/result-file.ts";
import type { Io } from "./arguments/command.ts";
import { latestFolder, latestRun } from "./result-place.ts";

/** The raw samples of the results below the project's `results/`, and which of them are not let go. */
export interface ResultSamples {
  /** The folder that the results lie in. */
  readonly folder: string;
  /** One a result, oldest first: `path` is its folder of samples, `key` the result's name. */
  readonly samples: readonly StoredFile[];
  /** Results that stay whole, by name, and why. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Looks through `results/`. The last result, an unfinished run's and what baselines were accepted from stay whole. */
export async function resultSamples(io: Pick<Io, "home">, baselines: string): Promise<ResultSamples> {
  const folder = join(io.home, "results");
  const accepted = (await hasBaselines(baselines)) ? await readBaselines(baselines) : new Map<string, Baseline>();
  const pointed = await Promise.all([latestFolder(io), latestRun(io)].map((each) => each.catch(() => undefined)));
  const samples: StoredFile[] = [];
  const kept = new Map<string, string>();
  for (const name of namesIn(folder)) {
    const path = join(folder, name, "samples");
    const files = namesIn(path).map((file) => statSync(join(path, file)));
    if (files.length === 0) continue;
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    samples.push({ path, key: name, bytes, at: statSync(path).mtimeMs });
    const why = pointed.includes(join(folder, name)) ? "the last run" : await whyKept(join(folder, name), accepted);
    if (why !== undefined) kept.set(name, why);
  }
  return { folder, samples: samples.sort((a, b) => a.at - b.at), kept };
}

/** A result without its samples is still shown, compared and exported; only single observations are gone. */
export function removeSamples(samples: readonly StoredFile[]): void {
  for (const { path } of samples) {
    if (basename(path) !== "samples") throw new Error(`${path} requires to be a result's folder of samples`);
    rmSync(path, { recursive: true, force: true });
  }
}

async function whyKept(folder: string, accepted: ReadonlyMap<string, Baseline>): Promise<string | undefined> {
  const result = await readResult(join(folder, "result.json")).catch(() => undefined);
  if (result === undefined) return "it has no result that can be read";
  return isAccepted(result, accepted) ? "baselines were accepted from it" : undefined;
}

/** Whether some claim's baseline names this commit and seed for this evidence. */
function isAccepted({ evidence, provenance }: Result, accepted: ReadonlyMap<string, Baseline>): boolean {
  return evidence.claims.some(({ id, hash }) => {
    const baseline = accepted.get(id);
    const tier = baseline?.tiers[evidence.tier];
    return baseline?.hash === hash && tier?.seed === evidence.seed && tier.accepted.commit === provenance.commit;
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
