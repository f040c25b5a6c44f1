import type { Picture } from "../../../browser/picture/picture-data.ts";
import { option } from "../../html/parts.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import { prose } from "../../html/tex.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import { thumbnail } from "../../views/picture/thumbnail.ts";
import type { ShownOnPage } from "./claim-page.ts";

/** The claim in one look: every arm on the same axes, theory with its margin, and the ways to take it away. */
export function pictureSection({ slug, root, known }: ShownOnPage, picture: Picture | undefined): Content {
  if (picture === undefined) return undefined;
  const name = slug.split("/").at(-1)!;
  return html`<h2 id="look">The claim in one look</h2>
<figure id="picture" data-name="${name}">
${legend(picture, known)}
<figcaption><span aria-hidden="true">↑</span> ${picture.up.words}</figcaption>
<div class="chart"></div>
<noscript>${thumbnail(picture)}</noscript>
${placesList(picture)}
<p class="sentence-of-picture">${picture.sentence}</p>
<div class="again"><label>Draw it again: <select name="cell">${cellsOf(picture)}</select></label>
<div class="command"><code></code><button type="button" class="copy" aria-label="Copy the command">Copy</button></div></div>
<p class="downloads"><button type="button" class="button" data-download="svg">SVG</button> <button type="button" class="button" data-download="png">PNG</button> <a class="button" href="${root}data/pictures/${slug}.csv" download="${name}-picture.csv">Numbers as CSV</a></p>
</figure>`;
}

/** Lines of an arm that the legend names one by one. */
const MOST_NAMED = 3;

function legend(picture: Picture, known: KnownClaim | undefined): Html {
  const lines = (arm: string) => new Set(picture.series.filter((one) => one.arm === arm).map(({ name }) => name)).size;
  // Lines of an arm have its hue: of many the arm's name says as much.
  const names = new Map(picture.series.map((one) => [lines(one.arm) > MOST_NAMED ? one.arm : one.name, one]));
  const items = [...names].map(([name, { kind, isCompared }]) => {
    const [hue, number] = hueOf(name, kind);
    const cross = isCompared ? "M11,2v10m-5,-5h10" : "M7,3l8,8m0,-8l-8,8";
    const point =
      kind === "control"
        ? html`<path d="${cross}" class="hue-${hue}"></path>`
        : html`<circle cx="11" cy="7" r="4" class="hue-${hue}"></circle>`;
    const broken = kind === "control" && !isCompared ? assumptionBroken(number, known) : undefined;
    return html`<li><svg width="22" height="14" aria-hidden="true"><path d="M0,7h22" class="hue-${hue}"${isCompared && html` stroke-dasharray="2,4"`}></path>${point}</svg> ${name}${broken && html`, without: ${prose(broken)}`}</li>\n`;
  });
  return html`<ul class="legend" aria-label="How to read the picture">${items}${theoryItems(picture)}</ul>`;
}

function hueOf(name: string, kind: string): readonly [hue: string, number: number] {
  const number = Number(/\d+/.exec(name)?.[0] ?? 1);
  return [kind === "control" ? `control-${((number - 1) % 3) + 1}` : kind, number];
}

function assumptionBroken(number: number, known: KnownClaim | undefined): string | undefined {
  const control = known?.manifest.controls[number - 1];
  return control && known?.manifest.assumptions[control.breaks];
}

function theoryItems(picture: Picture): Content {
  const line = html`<svg width="22" height="14" aria-hidden="true"><path d="M0,7h22" class="predicted"></path></svg>`;
  if (picture.form === "law") return html`<li>${line} predicted law</li>`;
  const ribbon = html`<svg width="34" height="14" aria-hidden="true"><rect width="34" height="14" class="region"></rect><path d="M0,7h34" class="predicted"></path></svg>`;
  const rival = html`<svg width="22" height="14" aria-hidden="true"><path d="M0,7h22" class="rival"></path></svg>`;
  const regions = picture.form === "survival" ? picture.regions : [];
  const isRival = picture.rivals.length > 0 || regions.some(({ rivals }) => rivals.length > 0);
  const equal = html`<svg width="22" height="14" aria-hidden="true"><path d="M0,7h22" class="equal"></path></svg>`;
  return [
    "equal" in picture && html`<li>${equal} both are equal</li>\n`,
    picture.theory.length + regions.length > 0 && html`<li>${ribbon} predicted, with its margin</li>\n`,
    isRival && html`<li>${rival} rival value</li>\n`,
  ];
}

/** Names of the places by their numbers, which a narrow picture shows in their stead. */
function placesList({ across: { places } }: Picture): Content {
  if (places?.every((name, at) => name === String(at + 1))) return undefined;
  return places && html`<p class="places">${places.map((name, at) => `${at > 0 ? "; " : ""}${at + 1}: ${name}`)}</p>`;
}

function cellsOf(picture: Picture): readonly Html[] {
  const cells =
    picture.form === "across"
      ? picture.series.flatMap(({ arm, points }) =>
          points.map(({ cell, command }) => [`${arm}, ${cell}`, command] as const),
        )
      : picture.series.flatMap((one) =>
          ("cells" in one && one.cells ? one.cells : [{ cell: "", ...one }]).map(
            ({ cell, command }) => [`${one.name}${cell === "" ? "" : `, ${cell}`}`, command] as const,
          ),
        );
  return cells.map(([words, command]) => option(command, words));
}
