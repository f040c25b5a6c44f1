import { copyFileSync, existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { defaultEngine } from "../engines.ts";
import { DESCRIPTION, LIBRARY, presenceOf } from "./presence.ts";

const folder = mkdtempSync(join(tmpdir(), "plateau-library-"));
const description = (bytes: number) => {
  const path = join(folder, `${bytes}.json`);
  writeFileSync(path, JSON.stringify({ bytes }));
  return pathToFileURL(path);
};

describe("the library of native", () => {
  test("is absent where none was built: wasm computes, and nothing is said", () => {
    const found = presenceOf(new URL("file:///nowhere/kernels.so"));
    expect(found).toBe("absent");
    expect(defaultEngine(found)).toEqual({ engine: "wasm" });
  });

  test("that is another file than was built lets wasm compute, and one line says why", () => {
    const path = join(folder, "junk.so");
    writeFileSync(path, "not a library\n");
    const { engine, instead } = defaultEngine(presenceOf(pathToFileURL(path), description(14)));
    expect(engine).toBe("wasm");
    expect(instead).toMatch(
      /^engine wasm computes, which gives the same bytes: native was built and does not open \(.+\), npm run build/,
    );
    expect(instead).not.toContain("\n");
  });

  test("whose description cannot be read does the same", () => {
    const path = join(folder, "undescribed.so");
    writeFileSync(path, "not a library\n");
    expect(presenceOf(pathToFileURL(path), pathToFileURL(join(folder, "none.json")))).toHaveProperty("fault");
  });

  test.skipIf(!existsSync(LIBRARY))("of which a part is left is not opened, which would end the process", () => {
    const path = join(folder, "part.so");
    copyFileSync(LIBRARY, path);
    truncateSync(path, 300_000);
    const { bytes } = JSON.parse(readFileSync(DESCRIPTION, "utf8"));
    expect(presenceOf(pathToFileURL(path), DESCRIPTION)).toEqual({
      fault: `a library of ${bytes} bytes was built, got 300000`,
    });
  });

  test.skipIf(!existsSync(LIBRARY))("opens where it was built", () => {
    expect(defaultEngine(presenceOf())).toEqual({ engine: "native" });
  });
});
