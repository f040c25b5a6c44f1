import { fileURLToPath } from "node:url";
import type { Result } from "../../claim/result.ts";
import { uncommittedCode } from "../../project/committed-code.ts";
import { shallowWords } from "../../project/git.ts";
import { gitState } from "../../project/git-state.ts";
import { readProject } from "../../project/project.ts";
import { readBelieved } from "../../run/decide/believed-result.ts";
import { CodeError, codeFiles, codeHasher } from "../../run/files/code/code-hash.ts";
import { type PlannedClaim, planRun } from "../../run/plan/plan.ts";
import { programFiles } from "../../run/program/program-code.ts";
import { UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";

interface Here {
  /** Of the suites. */
  readonly claims: readonly PlannedClaim[];
  /** Folder of the project. */
  readonly repository: string;
}

/**
 * The results at these paths, if they may become baselines: whole and as their samples give them, of committed code that is
 * here, of the committed seed and an engine with the reference's bytes. Throws `UsageError` that says which is not.
 */
export async function acceptable(paths: readonly string[], here: Here): Promise<readonly Result[]> {
  const { repository, claims } = here;
  const { commit, dirty, problem } = await gitState(repository);
  if (commit === null) {
    throw new UsageError(`accept needs a git repository with a commit at ${repository}, found none: ${problem}`);
  }
  if (dirty) throw new UsageError(`accept needs a clean git tree at ${repository}, found uncommitted changes`);
  const { seed } = await readProject(repository);
  const results: Result[] = [];
  for (const path of paths) {
    const { result, otherVersions } = await readBelieved(path, claims);
    if (otherVersions.length > 0) {
      throw new UsageError(
        `accept needs results of this commit's claims and their shares of the budget, ${otherVersions[0]} is another version in the ${result.evidence.tier} result`,
      );
    }
    refuseOther(result, seed);
    await refuseOtherCode(result, here);
    results.push(result);
  }
  return results;
}

function refuseOther({ provenance, evidence }: Result, seed: string): void {
  const { engine } = provenance;
  if (evidence.seed !== seed) {
    throw new UsageError(`accept needs results of the committed seed ${seed}, got seed ${evidence.seed}`);
  }
  if (!INSTRUMENT.equalBytes(engine.name, engine.name)) {
    throw new UsageError(`accept needs results of an engine with the reference's bytes, got one of ${engine.name}`);
  }
}

async function refuseOtherCode(result: Result, { claims, repository }: Here): Promise<void> {
  const { commit, dirty, engine } = result.provenance;
  const { tier } = result.evidence;
  if (dirty !== false) throw new UsageError(`accept needs results of committed code, the ${tier} result's was not`);
  if (commit === null) {
    throw new UsageError(`accept needs results of a commit's code, the ${tier} result names no commit`);
  }
  const files = filesBehind(result, claims, engine.name);
  const problem = await uncommittedCode(repository, { commit, files });
  if (problem === undefined) return;
  const shallow = problem.includes("not here") ? await shallowWords(repository) : "";
  throw new UsageError(
    `accept needs results of this commit's code, the ${tier} result is of ${commit.slice(0, 10)} and ${problem}${shallow}`,
  );
}

/** All files that the samples' keys of a result name, with the claims and the judges. Throws `UsageError` for other code. */
function filesBehind(
  { evidence, provenance }: Result,
  claims: readonly PlannedClaim[],
  engine: string,
): readonly string[] {
  const named = new Set(evidence.claims.map(({ suite, id }) => `${suite}: ${id}`));
  const planned = claims.filter(({ suite, claim }) => named.has(`${suite.name}: ${claim.id}`));
  if (planned.length < named.size) {
    const here = new Set(planned.map(({ suite, claim }) => `${suite.name}: ${claim.id}`));
    throw new UsageError(
      `accept needs claims that a suite has, no suite has ${[...named].find((name) => !here.has(name))}`,
    );
  }
  const plan = planRun(planned, evidence.tier, evidence.seed);
  const other = evidence.claims.find(({ id, hash }) => plan.hashes.get(id) !== hash);
  if (other !== undefined) {
    throw new UsageError(
      `accept needs results of this commit's claims, ${other.id} is another version in the ${evidence.tier} result`,
    );
  }
  const experiments = [...plan.series.values()].map(({ experiment }) => experiment);
  const hash = codeHasher();
  // a program's hash has the version of its interpreter in it, which may be another here
  const changed = experiments.find(({ name, module, origin }) => {
    return origin?.by !== "program" && provenance.code[name] !== hash(module);
  });
  if (changed !== undefined) {
    throw new UsageError(
      `accept needs results of this commit's code, the ${evidence.tier} result has samples of ${changed.name} by other code than is here`,
    );
  }
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const judges = new URL(`../../run/decide/decide-arm.${ending}`, import.meta.url).href;
  const modules = [...experiments.map(({ module }) => module), INSTRUMENT.engineModule(engine), judges];
  const files = [...new Set(modules)].flatMap((module) => codeFiles(module));
  const programs = experiments.flatMap((each) =>
    each.origin?.by === "program" ? programFiles(each, each.origin) : [],
  );
  return [...new Set([...files, ...programs, ...planned.flatMap(({ module }) => claimFiles(module))])].sort();
}

/** A claim's numbers are told by its hash: a module whose imports cannot be followed counts alone. */
function claimFiles(module: string): readonly string[] {
  try {
    return codeFiles(module);
  } catch (error) {
    if (error instanceof CodeError) return [fileURLToPath(module)];
    throw error;
  }
}
