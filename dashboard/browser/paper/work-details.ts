import { RELATION_WORDS, type Work } from "./citation-data.js";

/** Says what is known of a work; the row of the table has the same. */
export function showDetails(panel: HTMLElement, work: Work): void {
  const heading = document.createElement("h3");
  heading.textContent = work.title;
  const lines = [
    `${work.authors.join(", ")}, ${work.year}`,
    work.basis === "" ? RELATION_WORDS[work.relation] : `${RELATION_WORDS[work.relation]} (${work.basis})`,
    ...(work.claim === null ? [] : [work.claim]),
  ];
  const paragraphs = lines.map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  });
  panel.replaceChildren(heading, ...paragraphs);
  if (work.url === null) return;
  const link = document.createElement("a");
  link.href = work.url;
  link.rel = "noreferrer";
  link.textContent = work.url;
  panel.append(link);
}

/** The search above the citation table. */
export function enableSearch(all: number): void {
  const field = document.querySelector<HTMLInputElement>("#citation-search");
  const shown = document.querySelector("#citations-shown");
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("#citation-table tbody tr")];
  field?.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => (row.textContent ?? "").toLowerCase().includes(word));
    if (shown) shown.textContent = `${rows.filter((row) => !row.hidden).length} of ${all} works`;
  });
}
