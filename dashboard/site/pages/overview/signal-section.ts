import type { PaperPicture } from "../../../browser/pictures/paper-picture.ts";
import type { SignalAnswer, SignalData } from "../../../browser/play/messages.ts";
import { type Html, html } from "../../html/template.ts";
import { staticPicture } from "../../views/picture/static-picture.ts";

type Choice = readonly [value: string, words: string];

const ACTIVATIONS: readonly Choice[] = [
  ["relu", "ReLU"],
  ["tanh", "tanh"],
  ["linear", "none"],
];
const INITS: readonly Choice[] = [
  ["he", "He"],
  ["xavier", "Xavier"],
  ["orthogonal", "orthogonal"],
];
const NORMALISATIONS: readonly Choice[] = [
  ["none", "none"],
  ["batch", "batch"],
  ["layer", "layer"],
];

/** A signal through random networks of the reader's choice; what is shown first was computed at build. */
export function signalSection({ request, answer }: SignalData): Html {
  return html`<h2 id="see-it">See it happen</h2>
<p>A signal of length 1 goes through random networks, layer by layer. Make them deeper and it dies; make them wider and it lives. Your browser computes it with the engine that judges the claims; the first change loads it, some 180 kB.</p>
<form id="signal-form" class="play" aria-label="The networks">
${slider("width", "Width", [1, 128], request.width)}
${slider("depth", "Depth", [2, 128], request.depth)}
${choice("activation", "Activation", ACTIVATIONS, request.activation)}
${choice("init", "Weights", INITS, request.init)}
${choice("normalisation", "Normalisation", NORMALISATIONS, request.normalisation)}
<label><input type="checkbox" name="residual"> residual connections</label>
<label>Seed <input type="number" name="seed" min="0" step="1" value="${request.seed}"></label>
<p class="buttons"><button class="button">Other networks</button></p>
</form>
<figure id="signal"><figcaption><span aria-hidden="true">↑</span> what is left of the squared norm, 12 networks, the middle one thick; dashed: all of it; <span class="bad">×</span> a network that died</figcaption><div class="chart"></div>${staticPicture(pictureOf(answer))}</figure>
<output id="signal-shown" role="status"></output>`;
}

function slider(name: string, label: string, [low, high]: readonly [number, number], value: number): Html {
  return html`<div class="axis"><label>${label} <output name="${name}-shown">${value}</output></label><input type="range" name="${name}" min="${low}" max="${high}" step="1" value="${value}" aria-label="${label}"></div>`;
}

function choice(name: string, label: string, choices: readonly Choice[], chosen: string): Html {
  return html`<label>${label} <select name="${name}">${choices.map(([value, words]) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`)}</select></label>`;
}

/** For readers without scripts. */
function pictureOf({ rows }: SignalAnswer): PaperPicture {
  return {
    form: "lines",
    title: "A signal through random networks",
    words: `What is left of a signal's squared norm after each layer of ${rows.length} random networks.`,
    madeBy: "this build",
    x: { words: "layer", scale: "linear" },
    y: { words: "log10 of what is left", scale: "linear" },
    series: rows.map((row) => ({ name: "networks", style: "thin", points: row.map((left, layer) => [layer, left]) })),
  };
}
