import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeXml } from "./junit.ts";
import { sanitise } from "./layout/sanitise.ts";
import { escapeMarkdown } from "./markdown.ts";

describe("text from a result file cannot", () => {
  test.each([
    ["move the cursor", "\u001b[2J\u001b[1;1Hgone", "gone"],
    ["set the title", "\u001b]0;owned\u0007x", "x"],
    ["hide in a link", "\u001b]8;;https://example.org\u001b\\click\u001b]8;;\u001b\\", "click"],
    ["begin a line", "a\r\nb", "a b"],
    ["reorder what is read", "a\u202eb\u200b", "ab"],
  ])("%s", (_, text, safe) => {
    expect(sanitise(text)).toBe(safe);
  });

  test("leave a control character, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(sanitise(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });

  test.each([
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert\\(1\\)&gt;"],
    ["[click](https://example.org)", "\\[click\\]\\(https:&#47;&#47;example.org\\)"],
    ["@everyone | next cell", "&#64;everyone \\| next cell"],
    ["a\n# head", "a \\# head"],
  ])("become markup: %s", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test("end an XML attribute or hold what XML forbids", () => {
    expect(escapeXml(`"><failure/>'&`)).toBe("&quot;&gt;&lt;failure/&gt;&apos;&amp;");
    expect(escapeXml("a\u0000\ufffe\ud800b")).toBe("ab");
  });
});
