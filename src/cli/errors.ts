/** Wrong use of the command line: shown as one line, exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Stopped by the user: exit 130. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/**
 * Errors that are somebody's input and not a bug of ours: the message alone is shown. By name, so that the layers below
 * need not import this one.
 */
const KNOWN: ReadonlySet<string> = new Set([
  "UsageError",
  "ProjectError",
  "BaselineError",
  "CheckoutError",
  "SpeedError",
  "ManuscriptError",
  "ResultFileError",
  "StoreError",
  "CodeError",
  "JournalError",
  "DatasetError",
  "SuiteError",
  "ClaimError",
  "JudgeError",
  "UnsupportedError",
  "ShardError",
  "ExportError",
]);

/** System errors that name what the user can mend: a path, a permission, a disk. */
const SYSTEM: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOENT",
  "ENOTDIR",
  "EISDIR",
  "EEXIST",
  "ENOSPC",
  "EDQUOT",
  "EMFILE",
  "EIO",
  "ENAMETOOLONG",
]);

/** The one line for a known error; undefined for a bug. */
export function knownMessage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (KNOWN.has(error.name)) return error.message;
  const failure: NodeJS.ErrnoException = error;
  if (failure.code !== undefined && SYSTEM.has(failure.code) && failure.syscall) return systemMessage(failure);
  return undefined;
}

/** Node's own sentence without its code in front: `ENOSPC: no space left on device, write` becomes words and a place. */
function systemMessage(error: NodeJS.ErrnoException): string {
  const words = error.message.replace(/^[A-Z]+: /, "").replace(/, .*$/, "");
  const place = error.path === undefined ? "" : ` ${error.path}`;
  return `${error.syscall ?? "system call"}${place} failed: ${words} (${error.code})`;
}
