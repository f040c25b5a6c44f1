import type { Program } from "../../claim/origin/origin.ts";
import type { ReplicateRange } from "../files/store.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import type { Broken, Failure } from "../sample/task.ts";
import { parseAnswer } from "./answer.ts";
import type { ProgramEnd, ProgramProcess } from "./program-process.ts";
import { replicateSeed } from "./replicate-seed.ts";

/** What of a series a program is asked for. */
export type ProgramSeries = Pick<PlannedSeries, "stream" | "experiment" | "measures">;

interface Asked {
  readonly series: ProgramSeries;
  readonly program: Program;
  readonly range: ReplicateRange;
  readonly limitSeconds: number;
  readonly heard: (line: string) => void;
}

/**
 * Sends one request and gathers its answers, in whatever order: measures one after the other, as the store has them. What goes
 * wrong comes with the replicates before the first that has no answer.
 */
export async function answerRequest(process: ProgramProcess, asked: Asked): Promise<Float64Array | Broken> {
  const { series, program, range, limitSeconds, heard } = asked;
  const { measures } = series;
  const rows = new Map<number, readonly number[]>();
  const answering = { measures, mayLose: program.lost !== undefined };
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<"all" | Failure>((settle) => {
    const resolve = (end: "all" | Failure) => {
      // what it writes after its fault is not counted
      process.listen(() => undefined);
      settle(end);
    };
    process.listen((line) => {
      const answer = parseAnswer(line, answering);
      if ("progress" in answer) return heard(answer.progress);
      if ("unsupported" in answer) return resolve(skipped(answer.unsupported));
      const wrong = "wrong" in answer ? answer.wrong : misplaced(answer.replicate, range, rows);
      if (wrong !== undefined) return resolve({ state: "crashed", reason: `program: ${wrong}` });
      if ("replicate" in answer) rows.set(answer.replicate, answer.values);
      if (rows.size === range.count) resolve("all");
    });
    // setTimeout fires at once for anything longer than 2^31 - 1 ms
    timer = setTimeout(
      () => resolve(late(limitSeconds, firstMissing(range, rows))),
      Math.min(limitSeconds * 1000, 2 ** 31 - 1),
    );
    void process.gone.then((end) => resolve(death(end, process, firstMissing(range, rows))));
    process.send(requestLine(asked));
  });
  const end = await ended;
  clearTimeout(timer);
  if (end === "all") return columnsOf(rows, range, measures.length);
  const count = firstMissing(range, rows) - range.first;
  return { ...end, before: { count, values: columnsOf(rows, { ...range, count }, measures.length) } };
}

function requestLine({ series, program, range: { first, count } }: Asked): string {
  const replicates = Array.from({ length: count }, (_, index) => first + index);
  const seeds = replicates.map((replicate) => replicateSeed(series.stream, replicate));
  return JSON.stringify({ experiment: series.experiment.name, cell: program.cell, replicates, seeds });
}

function misplaced(
  replicate: number,
  { first, count }: ReplicateRange,
  rows: ReadonlyMap<number, unknown>,
): string | undefined {
  if (rows.has(replicate)) return `it answered replicate ${replicate} twice`;
  return replicate >= first && replicate < first + count
    ? undefined
    : `it answered replicate ${replicate}, which was not asked for`;
}

function firstMissing({ first, count }: ReplicateRange, rows: ReadonlyMap<number, unknown>): number {
  let replicate = first;
  while (replicate < first + count && rows.has(replicate)) replicate++;
  return replicate;
}

function columnsOf(rows: ReadonlyMap<number, readonly number[]>, { first, count }: ReplicateRange, columns: number) {
  const values = new Float64Array(columns * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columns; column++) values[column * count + row] = rows.get(first + row)![column]!;
  }
  return values;
}

function skipped(reason: string): Failure {
  return { state: "skipped", reason: `unsupported: ${reason}` };
}

function late(limitSeconds: number, replicate: number): Failure {
  return { state: "timed-out", reason: `program gave no answer to replicate ${replicate} within ${limitSeconds} s` };
}

/** The last line of standard error is what an exception says; the whole is kept elsewhere. */
function death({ missing, words }: ProgramEnd, process: ProgramProcess, replicate: number): Failure {
  if (missing !== undefined) return skipped(`there is no command ${missing} on this machine`);
  const last = process.errors().trim().split("\n").at(-1)!.trim().slice(0, MOST_CHARACTERS);
  const said = last === "" ? "" : `: ${last}`;
  return { state: "crashed", reason: `program gave no answer to replicate ${replicate}, ${words}${said}` };
}

const MOST_CHARACTERS = 300;
