import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { type EngineClient, type EngineFiles, openEngine } from "./engine-client.js";
import type { SignalData, SignalRequest } from "./messages.js";
import { signalChart, signalWords } from "./signal-chart.js";

/** A signal through random networks that a reader chooses; the engine is loaded at the first choice. */
export function drawSignal(first: SignalData | null, files: EngineFiles, invalidation: Invalidation): void {
  const form = document.querySelector<HTMLFormElement>("#signal-form");
  const container = document.querySelector("#signal .chart");
  if (form === null || first === null) return;
  let shown = first;
  let engine: EngineClient | undefined;
  let asking = false;
  let again = false;
  const draw = (width: number) =>
    signalChart(shown.answer, signalWords(shown.answer, networkWords(shown.request)), width);
  const redraw = () => {
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(draw(width));
    say(signalWords(shown.answer, networkWords(shown.request)));
  };
  const ask = async () => {
    // While a slider moves, only the last place is of interest.
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    engine ??= openEngine(files);
    const request = requestOf(form, first.request.count);
    try {
      shown = { request, answer: await engine.ask(request) };
      redraw();
    } catch (error) {
      say(`Not drawn: ${(error as Error).message}.`);
    }
    asking = false;
    if (again) {
      again = false;
      ask();
    }
  };
  form.addEventListener("input", () => {
    showNumbers(form);
    ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const seed = form.elements.namedItem("seed") as HTMLInputElement;
    seed.value = String(Number(seed.value) + 1);
    ask();
  });
  say(signalWords(first.answer, networkWords(first.request)));
  drawInto(container, draw, invalidation);
}

function requestOf(form: HTMLFormElement, count: number): SignalRequest {
  const text = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
  return {
    kind: "signal",
    ...{ width: Number(text("width")), depth: Number(text("depth")), seed: text("seed"), count },
    activation: text("activation") as SignalRequest["activation"],
    init: text("init") as SignalRequest["init"],
    normalisation: text("normalisation") as SignalRequest["normalisation"],
    residual: (form.elements.namedItem("residual") as HTMLInputElement).checked,
  };
}

function showNumbers(form: HTMLFormElement): void {
  for (const name of ["width", "depth"]) {
    const output = form.querySelector(`output[name=${name}-shown]`);
    if (output) output.textContent = (form.elements.namedItem(name) as HTMLInputElement).value;
  }
}

function networkWords({ width, depth, residual, normalisation }: SignalRequest): string {
  const extras = [
    ...(residual ? ["residual"] : []),
    ...(normalisation === "none" ? [] : [`${normalisation} normalisation`]),
  ];
  return `Width ${width}, depth ${depth}${extras.map((one) => `, ${one}`).join("")}`;
}

function say(words: string): void {
  const output = document.querySelector("#signal-shown");
  if (output) output.textContent = words;
}
