import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { EXIT } from "../../report/exit-code.ts";
import { dispatch, type Surroundings } from "../dispatch.ts";

/** Narrowest text that can be read. */
const LEAST_COLUMNS = 40;
/** Width of a log, which has none of its own. */
const LOG_COLUMNS = 80;
/** A reader of a pipe that has stopped reading is not waited for longer than this at exit, in milliseconds. */
const FLUSH_LIMIT = 60_000;

const interruption = new AbortController();
const stdout = queueTo(process.stdout);
const stderr = queueTo(process.stderr);
const io: Surroundings = {
  stdout: stdout.write,
  stderr: stderr.write,
  isTTY: process.stderr.isTTY === true,
  color: wantsColor(),
  columns: Math.max(LEAST_COLUMNS, process.stdout.columns ?? LOG_COLUMNS),
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
  signal: interruption.signal,
};

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    // the second time means: now. A thread that waits for a file would hold up an orderly exit for as long as it waits
    if (interruption.signal.aborted) endAtOnce();
    interruption.abort();
  });
}

const code = await dispatch(process.argv.slice(2), io);
const failure = await stdout.flushed();
// a reader that has seen enough (`plateau list | head`) closes the pipe: no error
const lost = failure !== undefined && failure.code !== "EPIPE";
if (lost) io.stderr(`plateau: standard output could not be written: ${failure.message}\n`);
await stderr.flushed();
process.exit(lost ? EXIT.misuse : code);

/** Leaves with the status of an interruption within a second, or is killed by itself: locks of the dead are taken over. */
function endAtOnce(): never {
  spawn("/bin/sh", ["-c", `sleep 1; kill -9 ${process.pid}`], { detached: true, stdio: "ignore" }).unref();
  process.exit(EXIT.interrupted);
}

/** https://no-color.org and https://force-color.org: set and not empty; the refusal wins. */
function wantsColor(): boolean {
  if (process.env["NO_COLOR"]) return false;
  if (process.env["FORCE_COLOR"]) return process.env["FORCE_COLOR"] !== "0";
  return process.stdout.isTTY === true && process.env["TERM"] !== "dumb";
}

/** Writes in order and keeps the first error: node itself would end with exit 0 after a full disk. */
function queueTo(stream: NodeJS.WriteStream): {
  readonly write: (text: string) => void;
  readonly flushed: () => Promise<NodeJS.ErrnoException | undefined>;
} {
  let failure: NodeJS.ErrnoException | undefined;
  let pending: Promise<void> = Promise.resolve();
  stream.on("error", (error) => {
    failure ??= error;
  });
  const write = (text: string) => {
    if (failure !== undefined || text === "") return;
    const written = new Promise<void>((resolve) => {
      stream.write(text, (error) => {
        if (error) failure ??= error;
        resolve();
      });
    });
    pending = pending.then(() => written);
  };
  const flushed = async () => {
    await Promise.race([pending, wait(FLUSH_LIMIT, undefined, { ref: false })]);
    return failure;
  };
  return { write, flushed };
}
