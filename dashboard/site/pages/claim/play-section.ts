import { type Content, type Html, html } from "../../html/template.ts";
import { plain } from "../../html/tex.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownOnPage } from "./claim-page.ts";

type Axis = KnownClaim["axes"][number];

/** From so many times the least value a slider is logarithmic. */
const WIDE = 20;

/** Sliders for the cell's axes and a button that draws: nothing of the engine is loaded before it is pressed. */
export function playSection({ claim, known, site }: ShownOnPage): Content {
  if (known === undefined || !site.plays) return undefined;
  const heading = html`<h2 id="play-title">Play with it</h2>`;
  if (known.data.length > 0) {
    return html`${heading}<p class="muted">This experiment reads ${known.data.join(" and ")}, which a browser is not sent; the command at the end of this page draws it on your own machine.</p>`;
  }
  const arms = [
    html`<option value="claimed">as claimed</option>`,
    ...(known.hasSecond ? [html`<option value="against">what it is compared with</option>`] : []),
    ...known.manifest.controls.map(
      ({ breaks }) =>
        html`<option value="${breaks}">without: ${plain(known.manifest.assumptions[breaks] ?? breaks)}</option>`,
    ),
  ];
  return html`${heading}
<section id="play" aria-labelledby="play-title">
<p>Draw observations of this experiment yourself, at any cell you like, on the grid of the claim or off it. Your browser computes them with the engine and the random streams that the command below uses, so that each number can be had again. It gives no verdict. The first press loads the engine, some 180 kB.</p>
<form id="play-form" data-claim="${claim.id}" class="play">
<label>What <select name="arm">${arms}</select></label>
${known.axes.map(axisField)}
<label>Seed <input name="seed" type="number" min="0" step="1" value="7" required></label>
<p class="buttons"><button class="button" name="draw">Draw 200</button> <button class="button" type="button" name="stop" disabled>Stop</button> <button class="button" type="button" name="csv" disabled>Numbers as CSV</button></p>
<label hidden>Show <select name="measure" data-first="${known.manifest.prediction.of}"></select></label>
</form>
<output id="play-shown" role="status"></output>
<figure id="play-histogram" hidden><figcaption>How often each value came; the line is the middle of what was drawn, the band its 95 % interval</figcaption><div class="chart"></div></figure>
<figure id="play-running" hidden><figcaption>The middle and its 95 % interval as observations came</figcaption><div class="chart"></div></figure>
<div class="command"><code></code><button type="button" class="copy" aria-label="Copy the command">Copy</button></div>
</section>`;
}

function axisField({ name, values }: Axis): Html {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length) {
    return html`<label>${name} <select data-axis="${name}">${values.map((value) => html`<option value="${JSON.stringify(value)}">${String(value)}</option>`)}</select></label>\n`;
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const whole = numbers.every(Number.isInteger);
  const log = low > 0 && high / low >= WIDE;
  const middle = numbers[Math.floor((numbers.length - 1) / 2)]!;
  const [from, to] = rangeOf(low, high);
  const of = (value: number) => (log ? Math.log(value) : value);
  const step = log ? "any" : whole ? "1" : "any";
  return html`<div class="axis"><label>${name} <input name="axis-${name}" data-axis="${name}" type="number" step="${whole ? "1" : "any"}" value="${middle}" required></label><input type="range" data-of="axis-${name}" data-scale="${log ? "log" : "linear"}" data-whole="${whole ? "1" : "0"}" min="${of(from)}" max="${of(to)}" step="${step}" value="${of(middle)}" aria-label="${name} (slider)"></div>\n`;
}

/** The grid's own range; about a single value. The number field takes anything. */
function rangeOf(low: number, high: number): readonly [number, number] {
  if (low < high) return [low, high];
  return low > 0 ? [Number.isInteger(low) ? Math.ceil(low / 2) : low / 2, 2 * low] : [low - 1, low + 1];
}
