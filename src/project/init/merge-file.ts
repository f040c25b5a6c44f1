/** What becomes of one file that init would write. */
export type Merge =
  | { readonly does: "write"; readonly text: string }
  /** There already, as it would be written, or the author's own to keep. */
  | { readonly does: "keep" }
  /** There with another text, which only a person can put together with ours. */
  | { readonly does: "refuse" };

/** Files that an author has before plateau comes: theirs stands. */
const THEIRS: readonly string[] = ["README.md", "plateau.json", "tsconfig.json"];

/** A wanted file beside what is there; `found` is undefined where nothing is. Pure. */
export function mergeFile(path: string, wanted: string, found: string | undefined): Merge {
  if (found === undefined) return { does: "write", text: wanted };
  if (found === wanted || THEIRS.includes(path)) return { does: "keep" };
  if (path === ".gitignore") return changed(found, withLines(found, wanted));
  if (path === "package.json") return changed(found, withDependency(found, wanted));
  return { does: "refuse" };
}

function changed(found: string, text: string): Merge {
  return text === found ? { does: "keep" } : { does: "write", text };
}

function withLines(found: string, wanted: string): string {
  const there = new Set(found.split(/\r?\n/));
  const missing = wanted.split("\n").filter((line) => line !== "" && !there.has(line));
  const end = found === "" || found.endsWith("\n") ? "" : "\n";
  return found + end + missing.map((line) => `${line}\n`).join("");
}

/** The author's package.json with what ours adds to its dependencies; everything else is theirs. */
function withDependency(found: string, wanted: string): string {
  const theirs = JSON.parse(found) as Manifest;
  const { devDependencies } = JSON.parse(wanted) as Manifest;
  const missing = Object.entries(devDependencies ?? {}).filter(
    ([name]) => theirs.dependencies?.[name] === undefined && theirs.devDependencies?.[name] === undefined,
  );
  if (missing.length === 0) return found;
  const together = { ...theirs, devDependencies: { ...theirs.devDependencies, ...Object.fromEntries(missing) } };
  return `${JSON.stringify(together, null, 2)}\n`;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
