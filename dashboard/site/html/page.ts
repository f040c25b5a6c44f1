import { type Content, html } from "./template.ts";

/** A page of Framework's: front matter that is JSON, hence YAML, then blocks of HTML and the cell that draws the page's charts. */
export function page(front: Readonly<Record<string, unknown>>, blocks: readonly Content[], drawing?: Drawing): string {
  const cells = drawing === undefined ? [] : [cellOf(drawing)];
  return [frontMatter(front), ...blocks.map(oneBlock), ...cells].join("\n\n").concat("\n");
}

/** A page whose words are a Markdown document of the repository; Framework is kept from reading an expression into it. */
export function documentPage(front: Readonly<Record<string, unknown>>, markdown: string): string {
  return `${frontMatter(front)}\n\n${scrolling(markdown).replaceAll("${", "&#36;{")}\n`;
}

/** Tables in a region of their own, which a phone scrolls instead of the page. */
function scrolling(markdown: string): string {
  const isTable = (block: string) => block.split("\n").every((line) => /^\|.*\|$/.test(line));
  let tables = 0;
  const around = (block: string) =>
    `<div class="scroll" tabindex="0" role="region" aria-label="Table ${++tables}">\n\n${block}\n\n</div>`;
  return markdown
    .split(/\n{2,}/)
    .map((block) => (isTable(block) ? around(block) : block))
    .join("\n\n");
}

/** Which function of a browser module draws the page, and from which data: a file, or several by a key. */
export interface Drawing {
  /** From the page to the top of the site: `./`, or `../` a folder. */
  readonly root: string;
  readonly module: string;
  readonly call: string;
  readonly data: readonly (string | Readonly<Record<string, string>>)[];
}

/** What the bundler writes for readers who draw: the engine, loaded only when one of them asks. */
export function playFiles({ plays }: { readonly plays: boolean }): Readonly<Record<string, string>> {
  return plays ? { engine: "data/play/engine.js", kernels: "data/play/kernels.wasm" } : {};
}

function cellOf({ root, module, call, data }: Drawing): string {
  const words = data.map((one) =>
    typeof one === "string" ? `await ${attached(root + one)}.json()` : attachedAll(one, root),
  );
  return [
    "```js",
    `import { ${call} } from ${literal(`${root}components/${module}.js`)};`,
    `${call}(${[...words, "invalidation"].join(", ")});`,
    "```",
  ].join("\n");
}

function attachedAll(files: Readonly<Record<string, string>>, root: string): string {
  const entries = Object.entries(files).map(([key, path]) => `  [${literal(key)}]: ${attached(root + path)}`);
  return `{\n${entries.join(",\n")}\n}`;
}

function attached(path: string): string {
  return `FileAttachment(${literal(path)})`;
}

/** A string of the cell's code; no backtick in it ends the cell. */
function literal(value: string): string {
  return JSON.stringify(value).replaceAll("`", "\\u0060");
}

function frontMatter(front: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ["---", ...lines, "---"].join("\n");
}

/** Markdown ends a block of HTML at an empty line, and reads indented lines as code. */
function oneBlock(block: Content): string {
  return html`${block}`
    .toString()
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}
