import { type CasePlace, loadCase } from "./find-cases.ts";
import type { Answer, Question } from "./side.ts";
import type { SpeedWork } from "./speed-case.ts";
import { batchFor, timeStretch } from "./timing.ts";

/** The process of one side: `node side-process.js <root>`, asked over its IPC channel. */
const root = process.argv[2]!;
const opened = new Map<string, Promise<SpeedWork>>();

process.on("message", async (question: Question) => {
  process.send!(await answer(question).catch(problemOf));
});

function problemOf(error: unknown): Answer {
  const unsupported = error instanceof Error && error.name === "UnsupportedError" ? { unsupported: error.message } : {};
  return { error: String(error), ...unsupported };
}

async function answer(question: Question): Promise<Answer> {
  const work = await workOf(question.place);
  if (question.ask === "batch") return { batch: await batchFor(work, question.milliseconds) };
  return { timing: await timeStretch(work, question.stretch) };
}

function workOf(place: CasePlace): Promise<SpeedWork> {
  const key = `${place.file}\n${place.name}`;
  const known = opened.get(key) ?? loadCase(root, place).then((found) => found.open());
  opened.set(key, known);
  return known;
}
