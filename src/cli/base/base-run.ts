import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { CheckoutError, checkOut, lastWords, plateauOf } from "../../baseline/base-checkout.ts";
import type { Definitions } from "../../baseline/definition.ts";
import type { PlacedResult } from "../../baseline/samples/samples-at-hand.ts";
import type { Result } from "../../claim/result.ts";
import { WITHOUT_GIT } from "../../project/git.ts";
import { packageRoot, type Roots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { readResult } from "../../run/files/result-file.ts";
import type { Io } from "../arguments/command.ts";
import { INSTRUMENT } from "../instrument.ts";

/** What the base commit says when its claims are run again. */
export interface BaseRun {
  /** The head's claims that the base has, run with the head's tier, seed and engine; undefined where it has none of them. */
  readonly base: PlacedResult | undefined;
  /** Every claim of the base. */
  readonly claims: readonly { readonly id: string; readonly title: string }[];
  /** Removes the result and its samples. */
  readonly remove: () => Promise<void>;
}

/** Exit codes of a run that wrote its result. */
const RAN: readonly number[] = [EXIT.holds, EXIT.failed, EXIT.undecided];

/**
 * Runs the head's claims again as they were at `commit`, in a worktree. Samples are shared with the head through the store,
 * which finds them by the code that made them: what the two commits have in common is computed once.
 */
export async function runBase(
  commit: string,
  head: Result,
  { roots, store, io, definitions }: BaseRunParts,
): Promise<BaseRun> {
  const { signal, stderr } = io;
  stderr(`checking out and building ${commit.slice(0, 10)}\n`);
  const checkout = await checkOut(roots.repository, commit, signal);
  const folder = await mkdtemp(join(tmpdir(), "plateau-base-result-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const plateau = await plateauAt(checkout.folder, roots);
    const claims = JSON.parse(await ask(plateau, ["list", "--json"], io)) as BaseRun["claims"];
    const had = new Set(claims.map(({ id }) => id));
    const ids = head.evidence.claims.flatMap(({ id }) => {
      const names = [id, ...(definitions.get(id)?.formerly ?? []).map((name) => name.id)];
      return names.find((name) => had.has(name)) ?? [];
    });
    if (ids.length === 0) return { base: undefined, claims, remove };
    stderr(`running ${ids.length} claims of ${commit.slice(0, 10)} again\n`);
    const { tier, seed } = head.evidence;
    const runOn = (engine: string) => {
      const same = ["--tier", tier, "--seed", seed, "--engine", engine, "--store", store];
      return ask(plateau, ["run", ...ids, ...same, "--out", folder], io);
    };
    await onEqualEngine(head.provenance.engine.name, runOn, io);
    return { base: { result: await readResult(join(folder, "result.json")), folder }, claims, remove };
  } catch (error) {
    await remove();
    throw error;
  } finally {
    await checkout.remove();
  }
}

/** A base that does not have the head's engine yet is run on the first one that promises the same bytes. */
async function onEqualEngine(
  engine: string,
  runOn: (engine: string) => Promise<unknown>,
  { stderr }: Pick<Io, "stderr">,
): Promise<void> {
  try {
    await runOn(engine);
  } catch (error) {
    const lacksIt =
      error instanceof CheckoutError && /not part of this build|--engine needs one of/.test(error.message);
    const equal = INSTRUMENT.engines.find((name) => INSTRUMENT.equalBytes(engine, name));
    if (!lacksIt || equal === undefined || equal === engine) throw error;
    stderr(`the base has no engine ${engine}: it is run on ${equal}, whose bytes are the same\n`);
    await runOn(equal);
  }
}

export interface BaseRunParts {
  /** Of the head's claims: which names they had. */
  readonly definitions: Definitions;
  readonly roots: Roots;
  /** Folder of the store, absolute. */
  readonly store: string;
  readonly io: Pick<Io, "signal" | "stderr" | "cwd">;
}

interface Plateau {
  readonly main: string;
  readonly root: readonly string[];
}

/** The base's own plateau where the claims are this package's, else this one on the base's claims. */
async function plateauAt(folder: string, { repository }: Roots): Promise<Plateau> {
  const own = repository === packageRoot() ? await plateauOf(folder) : undefined;
  if (own !== undefined) return { main: own, root: [] };
  return { main: fileURLToPath(new URL("../main.js", import.meta.url)), root: ["--root", folder] };
}

async function ask({ main, root }: Plateau, words: readonly string[], io: BaseRunParts["io"]): Promise<string> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...words, ...root], {
    cwd: io.cwd,
    reject: false,
    cancelSignal: io.signal,
    // the base's own suites, not those that this process was pointed to
    env: { ...WITHOUT_GIT, PLATEAU_ROOT: "" },
  });
  io.signal.throwIfAborted();
  if (exitCode !== undefined && RAN.includes(exitCode)) return stdout;
  throw new CheckoutError(`plateau ${words[0]} at the base failed: ${lastWords(stderr)}`);
}
