import { showCommandLine } from "../frame/command-line.js";
import { save } from "../picture/download.js";
import { type EngineClient, type EngineFiles, openEngine } from "./engine-client.js";
import type { SampleAnswer, SampleRequest } from "./messages.js";
import { histogram, runningChart, shown } from "./play-charts.js";
import { bindSliders, requestOf, sampleCommand } from "./play-form.js";
import { countsUpTo, runningMean, runningMedian } from "./running.js";

/** Observations that one press draws, and how many are asked for at a time, so that they are seen as they come. */
const PRESS = 200;
const CHUNK = 8;
/** A chunk that took longer is halved, one that took less is doubled. */
const SLOW = 400;
const FAST = 60;

/** All observations at one cell so far. */
interface Session {
  readonly asked: string;
  readonly answer: SampleAnswer;
}

/** Lets a reader draw observations of a claim's experiment at any cell; the engine is loaded at the first press. */
export function enablePlay(files: EngineFiles): void {
  const form = document.querySelector<HTMLFormElement>("#play-form");
  if (form === null) return;
  let engine: EngineClient | undefined;
  let session: Session | undefined;
  let stopped = false;
  bindSliders(form, () => showCommand(form));
  showCommand(form);
  const button = (name: string) => form.querySelector<HTMLButtonElement>(`button[name=${name}]`)!;
  const busy = (is: boolean) => {
    button("draw").disabled = is;
    button("stop").disabled = !is;
  };
  const show = () => session && showSession(form, session.answer);
  form.addEventListener("change", show);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    stopped = false;
    busy(true);
    say("loading the engine …");
    engine ??= openEngine(files);
    const asked = requestOf(form);
    const name = JSON.stringify(asked);
    if (session?.asked !== name) session = undefined;
    try {
      let size = CHUNK;
      const until = (session?.answer.columns[0]?.length ?? 0) + PRESS;
      for (let first = until - PRESS; first < until && !stopped; ) {
        const count = Math.min(size, until - first);
        const started = performance.now();
        const answer = await engine.ask({ ...asked, first, count } satisfies SampleRequest);
        const took = performance.now() - started;
        session = { asked: name, answer: session === undefined ? answer : joined(session.answer, answer) };
        show();
        first += count;
        size = took < FAST ? 2 * size : took > SLOW ? Math.max(1, Math.floor(size / 2)) : size;
      }
    } catch (error) {
      say(`Not drawn: ${(error as Error).message}.`);
    }
    busy(false);
  });
  button("stop").addEventListener("click", () => {
    stopped = true;
    // One observation of a large cell may take minutes: the worker ends, and the next press starts another.
    engine?.close();
    engine = undefined;
  });
  button("csv").addEventListener("click", async () => {
    if (session === undefined) return;
    engine ??= openEngine(files);
    const { names, columns } = session.answer;
    const { text } = await engine.ask({ kind: "csv", names, columns });
    save(new Blob([text], { type: "text/csv" }), "sample.csv");
  });
}

function joined(before: SampleAnswer, after: SampleAnswer): SampleAnswer {
  const columns = before.columns.map((column, at) => Float64Array.of(...column, ...after.columns[at]!));
  return { ...after, columns };
}

function showSession(form: HTMLFormElement, { names, words, means, columns }: SampleAnswer): void {
  const select = form.elements.namedItem("measure") as HTMLSelectElement;
  if (select.options.length === 0) {
    select.replaceChildren(...names.map((name, at) => new Option(words[at]!.split(/[;:]/)[0], name)));
    select.value = names.includes(select.dataset["first"] ?? "") ? select.dataset["first"]! : names[0]!;
    select.closest("label")?.removeAttribute("hidden");
  }
  const at = Math.max(0, names.indexOf(select.value));
  const values = columns[at]!;
  const [middle, run] = means[at] ? (["mean", runningMean] as const) : (["median", runningMedian] as const);
  const running = run(values, countsUpTo(values.length, 100));
  const drawn = { words: words[at]!.split(/[;:]/)[0]!, values, middle, running };
  const last = running.at(-1)!;
  const infinite = values.filter((value) => !Number.isFinite(value)).length;
  const lost = infinite > 0 ? ` ${infinite} are infinite: logarithms of exact zeros.` : "";
  say(
    `${values.length} observations: ${middle} ${shown(last.middle)}, 95 % interval ${shown(last.low)} to ${shown(last.high)}.${lost} This is no verdict: nobody fixed beforehand how many to draw.`,
  );
  form.querySelector<HTMLButtonElement>("button[name=csv]")!.disabled = false;
  for (const [id, chart] of [
    ["play-histogram", histogram],
    ["play-running", runningChart],
  ] as const) {
    const figure = document.querySelector<HTMLElement>(`#${id}`);
    figure?.removeAttribute("hidden");
    const place = figure?.querySelector(".chart");
    if (place && place.clientWidth > 0) place.replaceChildren(chart(drawn, place.clientWidth));
  }
}

function showCommand(form: HTMLFormElement): void {
  const code = document.querySelector("#play .command code");
  if (code) showCommandLine(code, sampleCommand(form));
}

function say(words: string): void {
  const output = document.querySelector("#play-shown");
  if (output) output.textContent = words;
}
