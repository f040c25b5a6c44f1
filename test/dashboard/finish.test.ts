import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const FINISH = join(import.meta.dirname, "../../dashboard/finish.mjs");

/** A page as Framework writes it, as far as the last step looks at it. */
const page = (body: string) => `<html><meta name="viewport" content="width=device-width, maximum-scale=1"><body>
<input id="t" type="checkbox" title="Toggle sidebar"><nav id="observablehq-sidebar">
<label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label></nav>
<main id="observablehq-main" class="observablehq">${body}</main></body></html>`;

async function finished(body: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-finish-"));
  writeFileSync(join(folder, "index.html"), page(body));
  const script = `import { finish } from ${JSON.stringify(FINISH)}; await finish(process.argv[1]);`;
  const { exitCode, stderr } = await execa("node", ["--input-type=module", "--eval", script, folder], {
    reject: false,
  });
  return `${exitCode} ${stderr.split("\n").slice(1).join(" ")}`.trim();
}

test.each([
  ["an attribute after an axis that is called from", '<input name="axis-from" data-axis="from" type="number">', "0"],
  ["an import that was resolved", '<script type="module">import x from "./x.js";</script>', "0"],
  [
    "an import that was not",
    '<script type="module">import x from "npm:x";</script>',
    "1 index.html: cannot resolve import of npm:x",
  ],
  ["a link to no page", '<a href="./nowhere">no</a>', "1 index.html: no page at ./nowhere"],
  [
    "an image of another host",
    '<img src="https://example.org/a.png">',
    "1 index.html: loads https://example.org/a.png",
  ],
])("the last step of a build looks at %s", async (_, body, expected) => {
  expect(await finished(body)).toBe(expected);
});
