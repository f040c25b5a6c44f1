import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyClaim } from "../../src/claim/claim.ts";
import type { Suite } from "../../src/claim/suite.ts";
import type { PlannedClaim } from "../../src/run/plan/plan.ts";

export const SUITES_FOLDER = resolve(import.meta.dirname, "../../suites");

const files = (ending: string) =>
  readdirSync(SUITES_FOLDER, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort();

const load = async <Module>(name: string) =>
  ((await import(pathToFileURL(join(SUITES_FOLDER, name)).href)) as { readonly default: Module }).default;

/** Every claim file below `suites/`, with its path there less the ending. */
export const claims: readonly { readonly path: string; readonly claim: AnyClaim }[] = await Promise.all(
  files(".claim.ts").map(async (name) => ({
    path: relative(SUITES_FOLDER, join(SUITES_FOLDER, name)).replace(/\.claim\.ts$/, ""),
    claim: await load<AnyClaim>(name),
  })),
);

export const suites: readonly Suite[] = await Promise.all(files(".suite.ts").map((name) => load<Suite>(name)));

/** A suite's claims as a run plans them. */
export function plannedClaims(suite: Suite): readonly PlannedClaim[] {
  return suite.claims.map(({ claim, share }) => ({
    claim,
    share,
    suite,
    module: pathToFileURL(join(SUITES_FOLDER, `${claim.id}.claim.ts`)).href,
  }));
}
