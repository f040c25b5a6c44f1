import { describe, expect, test } from "vitest";
import { page } from "../../dashboard/site/html/page.ts";
import { shellWord } from "../../dashboard/site/html/shell-word.ts";
import { html, joined } from "../../dashboard/site/html/template.ts";
import { prose } from "../../dashboard/site/html/tex.ts";
import { POISON } from "./poison.ts";

describe("a template", () => {
  test("makes text inert for HTML, attributes, Markdown and Framework", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Framework would run what stands in such a placeholder
    const text = "<b a='\"'>&amp; ${x} `y` *z* _w_ [l](u) # ~ | ! ^ \\";
    const made = String(html`<p title="${text}">${text}</p>`);
    expect(made.slice(0, 10)).toBe('<p title="');
    expect(made.slice(10, -4).replaceAll('">', "")).not.toMatch(/[<>"'`$*_[\]{}|~!^\\]/);
    expect(made.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(
      `<p title="${text}">${text}</p>`,
    );
  });

  test("keeps what a template made, and escapes what only looks like it", () => {
    const bold = html`<b>${1}</b>`;
    expect(String(html`${bold}${[bold, "<"]}${undefined}${null}${false}${0}`)).toBe("<b>1</b><b>1</b>&#60;0");
    expect(String(html`${`${bold}`}`)).toBe("&#60;b&#62;1&#60;/b&#62;");
    expect(String(html`${{ toString: () => "<i>" } as unknown as string}`)).toBe("&#60;i&#62;");
    expect(String(joined(["<", bold], html`<br>`))).toBe("&#60;<br><b>1</b>");
  });

  test("lets no control character and no mark that reorders text through", () => {
    expect(String(html`${"\u001b[31mred\u0007 \u202egnp.exe\u0000"}`)).toBe("red gnp.exe");
  });
});

test("TeX of a result is drawn without a link or markup of its own", () => {
  expect(String(prose(POISON))).not.toMatch(/<(?:img|script|svg onload|a )|href="javascript|\$\{|`/);
  expect(String(prose("a $x^2$ b"))).toMatch(/^a <span class="katex">[\s\S]*<\/span> b$/);
});

test("no string ends the cell of code that draws a page", () => {
  const text = page({}, [html`<p></p>`], {
    root: "./",
    module: "m",
    call: "draw",
    data: [{ [POISON]: `${POISON}.json` }],
  });
  const [, ...cells] = text.split("```");
  expect(cells).toHaveLength(2);
  expect(cells[0]).toMatch(
    /^js\nimport \{ draw \} from "\.\/components\/m\.js";\ndraw\(\{\n {2}\[".*"\]: FileAttachment\(".*"\)\n\}, invalidation\);\n$/,
  );
});

test.each([
  ["plain/word-1.2", "plain/word-1.2"],
  ["a b", "'a b'"],
  ["$(touch x)", "'$(touch x)'"],
  ["it's; rm", "'it'\\''s; rm'"],
  ["\u001b[31mred\n", "'red '"],
])("%j in a command is the one word %s", (value, word) => expect(shellWord(value)).toBe(word));
