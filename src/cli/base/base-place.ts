import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasBaselines } from "../../baseline/files/read.ts";
import { shallowWords } from "../../project/git.ts";
import { commitOf, gitState } from "../../project/git-state.ts";
import type { Roots } from "../../project/roots.ts";
import type { Io } from "../arguments/command.ts";
import { UsageError } from "../errors.ts";

/** What a result is compared with. */
export type Base =
  | { readonly kind: "baselines"; readonly folder: string }
  | { readonly kind: "result"; readonly path: string }
  | { readonly kind: "commit"; readonly ref: string; readonly commit: string };

export interface AskedBase {
  readonly base: string | undefined;
  readonly baseRef: string | undefined;
  readonly baselines: string | undefined;
}

/**
 * The base that was named: a result (its file or folder), a folder of baselines, or a commit; the root's baselines where none
 * was. A path goes before a ref of the same name. Throws `UsageError` for what is none of these.
 */
export async function findBase(
  { base, baseRef, baselines }: AskedBase,
  { roots, io }: { readonly roots: Roots; readonly io: Pick<Io, "cwd"> },
): Promise<Base> {
  const named = Object.entries({ "--base": base, "--base-ref": baseRef, "--baselines": baselines }).filter(
    ([, value]) => value !== undefined,
  );
  if (named.length > 1) {
    throw new UsageError(`compare needs one base, got ${named.map(([flag]) => flag).join(" and ")}`);
  }
  if (baselines !== undefined) return { kind: "baselines", folder: resolve(io.cwd, baselines) };
  if (baseRef !== undefined) return commitBase(baseRef, roots);
  if (base === undefined) return { kind: "baselines", folder: roots.baselines };
  const path = resolve(io.cwd, base);
  if (!existsSync(path)) return commitBase(base, roots);
  if (!statSync(path).isDirectory()) return { kind: "result", path };
  if (existsSync(join(path, "result.json"))) return { kind: "result", path: join(path, "result.json") };
  if (await hasBaselines(path)) return { kind: "baselines", folder: path };
  throw new UsageError(`--base needs a result or baselines, ${path} has neither result.json nor a claim's baseline`);
}

async function commitBase(ref: string, { repository }: Roots): Promise<Base> {
  const commit = await commitOf(repository, ref);
  if (commit === null) {
    const { problem } = await gitState(repository);
    const why = problem === undefined ? await shallowWords(repository) : `: ${problem}`;
    throw new UsageError(`a base is a result, a folder of baselines or a commit, ${ref} is none of them here${why}`);
  }
  return { kind: "commit", ref, commit };
}
