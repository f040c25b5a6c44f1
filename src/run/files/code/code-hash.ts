import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { init as lexerIsReady, parse as parseModule } from "es-module-lexer";
import type { ModuleCode } from "../../sample/task.ts";
import { installedImport } from "./installed-import.ts";
import type { CodePart } from "./unchanged-code.ts";

// compiled once, in a few milliseconds: its form in plain JavaScript takes five times as long over the first hundred modules
await lexerIsReady();

/** Code whose imports cannot be told before it runs, so that samples of other code might be taken for its own. */
export class CodeError extends Error {
  override readonly name = "CodeError";
}

/** What an import does not say: a package by `require("…")`, which `createRequire` gives to modules too. */
const REQUIRED = /\brequire(?:\.resolve)?\s*\(\s*["'`]([^"'`\n]+)["'`]/g;
/** Any relative path: a kernel, a thread's program, one of two. One too many only computes samples again. */
const NAMED = /["'`](\.{1,2}\/[^"'`\n]+)["'`]/g;

/**
 * Says what code a module is made of: the SHA-256 over the module and all that it imports, transitively. Relative imports
 * (static, re-exported, `import("...")` and `require("...")` of a literal) and files that a relative path in its text names,
 * as for `new URL("...", import.meta.url)`, by content and by place relative to the module; packages by name and installed
 * version, Node's own modules by name. Throws `CodeError` for an
 * import whose specifier is computed while running.
 *
 * Read afresh at each call, since a stale hash would find stale samples; a hasher remembers what it has read, so one is made
 * for each run. Cost: about a millisecond for ten files.
 */
export function codeHasher(): (module: string) => string {
  const codeOf = codeReader();
  return (module) => codeOf(module).hash;
}

/** The hash with what it covers, by which another process can tell without reading modules as such that it has the same code. */
export function codeReader(): (module: string) => ModuleCode {
  const files = noFiles();
  const codes = new Map<string, Omit<ModuleCode, "module">>();
  return (module) => {
    const entry = realpathSync.native(fileURLToPath(module));
    let code = codes.get(entry);
    if (code === undefined) {
      code = codeFrom(entry, files);
      codes.set(entry, code);
    }
    return { module, ...code };
  };
}

/** Paths of the files that the hash of a module covers, itself among them: what must not be missing there can be asserted. */
export function codeFiles(module: string): readonly string[] {
  return codeParts([module]).files;
}

/** What the hashes of these modules cover: paths of files, and packages and Node's modules as `installedImport` says them. */
export function codeParts(modules: readonly string[]): {
  readonly files: readonly string[];
  readonly imports: readonly string[];
} {
  const files = noFiles();
  const all = modules.map((module) => closure(realpathSync.native(fileURLToPath(module)), files));
  const union = (part: keyof Closure) => [...new Set(all.flatMap((each) => [...each[part]]))].sort();
  return { files: union("seen"), imports: union("bare") };
}

/** What was read and looked up before: each file once, whoever imports it. */
interface ScannedFiles {
  readonly byPath: Map<string, ScannedFile>;
  /** Real path of a file, undefined where there is none. */
  readonly real: Map<string, string | undefined>;
}

function noFiles(): ScannedFiles {
  return { byPath: new Map(), real: new Map() };
}

interface ScannedFile {
  readonly digest: string;
  readonly relative: readonly string[];
  /** Packages with their versions, and Node's own modules. */
  readonly bare: readonly string[];
}

function codeFrom(entry: string, files: ScannedFiles): Omit<ModuleCode, "module"> {
  const { seen, bare } = closure(entry, files);
  const root = dirname(entry);
  const places = [...seen].map((path) => [
    relative(root, path).split(sep).join("/"),
    files.byPath.get(path)?.digest ?? "",
  ]);
  const content = { files: places.sort(byFirst), bare: [...bare].sort() };
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { hash, parts: [...seen].map((path) => partOf(path, files.byPath.get(path)!)) };
}

function partOf(path: string, { digest, bare }: ScannedFile): CodePart {
  const packages = bare.filter((installed) => !installed.startsWith("node:"));
  return { path, digest, ...(packages.length > 0 && { packages }) };
}

interface Closure {
  readonly seen: ReadonlySet<string>;
  readonly bare: ReadonlySet<string>;
}

/** All that a module imports, itself among it. */
function closure(entry: string, files: ScannedFiles): Closure {
  const seen = new Set([entry]);
  const bare = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = scan(path, files);
    for (const name of file.bare) bare.add(name);
    for (const next of file.relative) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return { seen, bare };
}

function byFirst(a: readonly string[], b: readonly string[]): number {
  return a[0]! < b[0]! ? -1 : 1;
}

function scan(path: string, files: ScannedFiles): ScannedFile {
  const known = files.byPath.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  const specifiers = /\.[cm]?[jt]s$/.test(path) ? specifiersIn(bytes.toString("utf8"), path) : [];
  const local = specifiers.filter((specifier) => /^\.{0,2}\//.test(specifier) || specifier.startsWith("file:"));
  const base = pathToFileURL(path);
  const file = {
    digest: createHash("sha256").update(bytes).digest("hex"),
    relative: local.map((specifier) => resolveFile(base, specifier, files)).filter((found) => found !== undefined),
    bare: specifiers
      .filter((specifier) => !local.includes(specifier))
      .map((name) => installedImport(dirname(path), name)),
  };
  files.byPath.set(path, file);
  return file;
}

/** Imports as the language reads them, not what looks like one in a comment or a text; and what code names otherwise. */
function specifiersIn(text: string, path: string): readonly string[] {
  const imported = importsIn(text, path).flatMap((found) => {
    if (found.type === "import-meta") return [];
    if (found.specifier !== undefined && !(found.type === "dynamic" && found.glob)) return [found.specifier];
    const words = text.slice(found.importStart, found.importEnd).replace(/\s+/g, " ").slice(0, 60);
    throw new CodeError(`${path} requires imports of a text, by which stored samples are found, got ${words}`);
  });
  const named = [REQUIRED, NAMED].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));
  return [...new Set([...imported, ...named])];
}

function importsIn(text: string, path: string): ReturnType<typeof parseModule>[0] {
  try {
    return parseModule(text, path)[0];
  } catch (error) {
    throw new CodeError(`${path} cannot be read as a module: ${(error as Error).message}`, { cause: error });
  }
}

/** A file that is not there is an import of a comment, or one that fails when the module is loaded. */
function resolveFile(from: URL, specifier: string, { real }: ScannedFiles): string | undefined {
  const path = fileURLToPath(new URL(specifier, from));
  if (!real.has(path)) real.set(path, realFile(path));
  return real.get(path);
}

function realFile(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync.native(path) : undefined;
}
