import katex from "katex";
import { sanitise } from "../../../src/report/layout/sanitise.ts";
import { readable } from "./readable.ts";
import { type Html, html, trusted } from "./template.ts";

/** A sentence with TeX between dollar signs, rendered at build; what KaTeX refuses is shown as it was written. */
export function prose(value: string): Html {
  const parts = sanitise(value).split(/\$([^$]+)\$/);
  return html`${parts.map((part, index) => (index % 2 === 0 ? readable(part) : math(part)))}`;
}

/** The same without markup, for titles, labels and search: the TeX as it was written. */
export function plain(value: string): string {
  return sanitise(value).replaceAll("$", "");
}

/** Sizes and expansions are bounded, and KaTeX's own default trusts no command that loads, links or styles. */
function math(source: string): Html {
  try {
    const markup = katex.renderToString(source, {
      output: "htmlAndMathml",
      strict: "ignore",
      maxSize: 10,
      maxExpand: 200,
    });
    return trusted(markup.replaceAll("$", "&#36;").replaceAll("`", "&#96;").replaceAll("\n", " "));
  } catch {
    return html`<code>${source}</code>`;
  }
}
