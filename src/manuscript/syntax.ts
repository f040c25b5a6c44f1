/** How a kind of text writes comments, and where it shows text literally. */
export interface Syntax {
  /** Each with the words of the marker as its first group. */
  readonly opens: readonly RegExp[];
  readonly closes: readonly RegExp[];
  /** Comments, which are no part of what a reader sees. */
  readonly comments: readonly RegExp[];
  /** Shown literally: an example of a marker there is none. */
  readonly literal: readonly RegExp[];
  /** `\plateau{…}{…}` and `\plateauvalue{…}{…}` are markers too. */
  readonly macros: boolean;
}

const markdown: Syntax = {
  opens: [/<!--\s*plateau:\s*([\s\S]*?)\s*-->/g],
  closes: [/<!--\s*\/plateau\s*-->/g],
  comments: [/<!--[\s\S]*?-->/g],
  literal: [/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[`~]*[ \t]*$/gm, /(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g],
  macros: false,
};

const latex: Syntax = {
  opens: [/(?<!\\)(?:\\\\)*%\s*plateau:[ \t]*(.*)$/gm],
  closes: [/(?<!\\)(?:\\\\)*%\s*\/plateau[ \t]*$/gm],
  comments: [/(?<=(?<!\\)(?:\\\\)*)%.*$/gm],
  literal: [
    /\\begin\{(verbatim\*?|lstlisting|minted|comment)\}[\s\S]*?\\end\{\1\}/g,
    /\\verb\*?([^\sa-zA-Z*])[^\n]*?\1/g,
  ],
  macros: true,
};

const typst: Syntax = {
  opens: [/\/\*\s*plateau:\s*([\s\S]*?)\s*\*\//g, /(?<!:)\/\/\s*plateau:[ \t]*(.*)$/gm],
  closes: [/\/\*\s*\/plateau\s*\*\//g, /(?<!:)\/\/\s*\/plateau[ \t]*$/gm],
  comments: [/\/\*[\s\S]*?\*\//g, /(?<!:)\/\/.*$/gm],
  literal: [/(`{3,})[\s\S]*?\1/g, /`[^`\n]*`/g],
  macros: false,
};

/** Kinds of text by the ending of their files; `.ipynb` has Markdown in its cells. */
export const SYNTAXES: { readonly [ending: string]: Syntax } = {
  ".tex": latex,
  ".ltx": latex,
  ".md": markdown,
  ".qmd": markdown,
  ".ipynb": markdown,
  ".typ": typst,
};
