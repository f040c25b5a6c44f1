import type { PaperPicture } from "../../../browser/pictures/paper-picture.ts";
import { page } from "../../html/page.ts";
import { type Html, html } from "../../html/template.ts";
import { jsonFile, type PageKind, type SiteFile } from "../../site.ts";
import type { NamedPicture } from "../../sources/paper-pictures.ts";
import { type Paper, shortName } from "../../sources/papers.ts";
import { paperPictureCsv } from "../../views/picture/paper-picture-csv.ts";
import { staticPicture } from "../../views/picture/static-picture.ts";
import { pathOf as paperPath } from "../paper/paper-page.ts";

const ROOT = "../";

/** One page a paper that has pictures of its own. */
export const picturesPages: PageKind = {
  path: "pictures/[paper]",
  entries: ({ papers }) => {
    const drawn = papers.filter(({ pictures }) => pictures.length > 0);
    return drawn.map((paper) => ({
      name: drawn.length === 1 ? "In pictures" : `In pictures: ${shortName(paper.work)}`,
      path: `/${pathOf(paper)}`,
    }));
  },
  draws: "pictures",
  files: async function* ({ papers }) {
    for (const paper of papers.filter(({ pictures }) => pictures.length > 0)) {
      yield { path: `${pathOf(paper)}.md`, content: picturesPage(paper) };
      yield jsonFile(
        dataOf(paper),
        paper.pictures.map(({ picture }) => picture),
      );
      for (const one of paper.pictures) yield await csvFile(paper, one);
    }
  },
};

/** A paper's pictures, from the top of the site. */
export function pathOf({ name }: Paper): string {
  return `pictures/${name}`;
}

function dataOf(paper: Paper): string {
  return `data/${pathOf(paper)}.json`;
}

async function csvFile(paper: Paper, { name, picture }: NamedPicture): Promise<SiteFile> {
  return { path: `data/${pathOf(paper)}/${name}.csv`, content: await paperPictureCsv(picture) };
}

function picturesPage(paper: Paper): string {
  return page(
    { title: `In pictures: ${paper.work.title}`, toc: false },
    [
      html`<h1>The paper in pictures</h1>
<p class="lead">What <a href="${ROOT}${paperPath(paper)}"><cite>${paper.work.title}</cite></a> is about, drawn from random networks of our own. No verdict rests on these numbers: verdicts are on <a href="${ROOT}">the overview</a>, and each claim has a picture of what judged it.</p>`,
      ...paper.pictures.map((one, at) => figureOf(one, at, paper)),
    ],
    { root: ROOT, module: "pictures", call: "drawPictures", data: [dataOf(paper)] },
  );
}

function figureOf({ name, picture }: NamedPicture, at: number, paper: Paper): Html {
  return html`<h2 id="${name}">${picture.title}</h2>
<figure data-picture="${at}" data-name="${name}">
${legend(picture)}
<figcaption><span aria-hidden="true">↑</span> ${picture.y.words}${picture.form === "heat" && html`; colour: ${picture.value}`}</figcaption>
<div class="chart"></div>
${staticPicture(picture)}
<p class="sentence-of-picture">${picture.words}</p>
<p class="downloads"><button type="button" class="button" data-download="svg">SVG</button> <button type="button" class="button" data-download="png">PNG</button> <a class="button" href="${ROOT}data/${pathOf(paper)}/${name}.csv" download="${name}.csv">Numbers as CSV</a></p>
<p class="muted made-by">Numbers made by <code>${picture.madeBy}</code></p>
</figure>`;
}

function legend(picture: PaperPicture): Html {
  const entries =
    picture.form === "heat"
      ? picture.lines.map(({ name }, at) => ({ name, kind: `heat-line-${at}` }))
      : [...new Map(picture.series.map(({ name, style }) => [name, style]))].map(([name, style], at) => ({
          name,
          kind: `series-${(at % 8) + 1} style-${style}`,
        }));
  return html`<ul class="legend" aria-label="How to read the picture">${entries.map(({ name, kind }) => html`<li><svg width="22" height="14" aria-hidden="true"><path d="M0,7h22" class="${kind}"></path></svg> ${name}</li>\n`)}</ul>`;
}
