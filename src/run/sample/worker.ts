import * as modules from "node:module";
import { thrownWords } from "./fault-words.ts";
import type { Answer, Preparation, Task } from "./task.ts";
import { createWork } from "./work.ts";

// The program of a worker's process: tasks come in as messages and answers go out. An experiment gets nothing of the channel.
const send = process.send!.bind(process) as (answer: Answer) => void;
delete process.send;

// Ctrl-C reaches a whole group of processes: the one that asked decides what becomes of this one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());

// as the command that started this process does: engines and experiments are still to be loaded
(modules as { readonly enableCompileCache?: () => void }).enableCompileCache?.();

const work = createWork();
/** What was thrown outside of the experiment's own call: by a timer, or a promise that nobody awaited. */
let late: { readonly error: unknown } | undefined;
process.on("uncaughtException", (error) => {
  late ??= { error };
});
process.on("unhandledRejection", (error) => {
  late ??= { error };
});

process.on("message", (message) => {
  const asked = message as Task | Preparation;
  if ("prepare" in asked) work.prepare(asked.prepare);
  else void answer(asked).then(send);
});

async function answer(task: Task): Promise<Answer> {
  try {
    const done = await work.compute(task);
    return late === undefined ? done : { failed: thrownWords(late.error) };
  } catch (error) {
    if (isUnsupported(error)) return { unsupported: error.message };
    return { failed: thrownWords(late === undefined ? error : late.error) };
  }
}

function isUnsupported(error: unknown): error is Error {
  return error instanceof Error && error.name === "UnsupportedError";
}
