import { type ChildProcess, fork } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { workerData } from "node:worker_threads";
import type { Answer, DeviceStart, RelayStart, Request } from "../job.ts";

/**
 * Program of the relay thread: hands requests to the device process and its answers back. The engine sleeps on `signals` meanwhile,
 * so that its calls are synchronous, while this thread's event loop turns. It may be ended at any time: the device process sees that
 * its channel is closed, and ends.
 */
const { port, signals, device } = workerData as RelayStart;

let child: ChildProcess | undefined;
let starts = 0;
let isAsked = false;

process.on("exit", () => {
  Atomics.store(signals, 1, 1);
  wake();
});

port.on("message", (request: Request) => {
  isAsked = true;
  if (request.kind === "open" && !child?.connected) child = start();
  // a process that has just ended gives the answer by its end
  if (child?.connected) child.send(request, () => undefined);
});

function answer(given: Answer): void {
  if (!isAsked) return;
  isAsked = false;
  port.postMessage(given, given.state === "done" ? [...given.results] : []);
  wake();
}

function wake(): void {
  Atomics.add(signals, 0, 1);
  Atomics.notify(signals, 0);
}

function start(): ChildProcess {
  const isSource = new URL(import.meta.url).pathname.endsWith(".ts");
  const compiled = new URL("./device-process.js", import.meta.url);
  const program = isSource ? new URL("./device-process.ts", import.meta.url) : compiled;
  starts += 1;
  // a planted fault is not planted again
  const given: DeviceStart = starts === 1 ? device : { ...device, faults: {} };
  const started = fork(fileURLToPath(program), [JSON.stringify(given)], {
    // Node 20 has no TypeScript: a development dependency reads the sources, which only the tests run
    execArgv: isSource ? ["--import", "tsx"] : [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let words = "";
  started.stderr!.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  started.on("message", (message) => answer(message as Answer));
  started.on("error", (error) => answer(lost(error.message)));
  started.on("close", (code, signal) => {
    if (child === started) child = undefined;
    answer(lost(`the device process ended with ${signal ?? `code ${code}`}${words === "" ? "" : `: ${words.trim()}`}`));
  });
  return started;
}

/** Of what the process wrote on its standard error: the reason, should it end. */
const LAST_WORDS = 400;

function lost(message: string): Answer {
  return { state: "failed", failure: "lost", message };
}
