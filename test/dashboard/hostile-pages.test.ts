import { describe, expect, test } from "vitest";
import { readPage } from "./fixture.ts";
import { HOSTILE } from "./hostile.ts";
import { EVIL, sharedSite } from "./shared-site.ts";

const shared = sharedSite();
const { open } = shared;

describe("a hostile result file", () => {
  test("is shown as text", async () => {
    for (const path of ["", EVIL, "run", "compare", "history", "engines", "speed"]) {
      const { page, problems } = await open(path);
      expect(problems).toEqual([]);
      expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
      expect(await page.locator("main img, main svg[onload], main a[href^='javascript:']").count()).toBe(0);
      await page.context().close();
    }
    const { page } = await open(EVIL);
    expect(await page.locator("h1").textContent()).toContain("<script>globalThis.hacked = 1</script> red gnp.exe");
    expect(await page.locator("blockquote.statement").textContent()).toContain("{globalThis.hacked = 2}");
    expect(await page.locator("main").textContent()).toContain(HOSTILE.arm);
    await page.context().close();
  });

  test("leaves no escape sequence and no mark that reorders text in any page", () => {
    for (const path of ["index.html", `${EVIL}.html`, "run.html", "history.html", "engines.html", "speed.html"]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(readPage(shared.site.built.folder, path)).not.toMatch(/[\u001b\u202a-\u202e\u2066-\u2069]/);
    }
  });
});
