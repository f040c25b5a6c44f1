import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

describe("the reference of what authors import", () => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-api-"));
  const page = (path: string) => readFileSync(join(folder, "api", path), "utf8");

  beforeAll(
    () => execa("node", ["scripts/write-api.mjs", join(folder, "api"), "--site", folder], { cwd: root }),
    120_000,
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["functions/plateau.defineClaim.html", "defineClaim"],
    ["functions/plateau.commandExperiment.html", "commandExperiment"],
    ["functions/plateau.recordedExperiment.html", "recordedExperiment"],
    ["functions/plateau_lab.mlp.html", "mlp"],
  ])("%s says what %s takes", (path, name) => {
    expect(page(path)).toContain(name);
    expect(page(path)).toContain("Parameters");
  });

  test.each([
    ["index.html", "../index.html"],
    ["functions/plateau.defineClaim.html", "../../index.html"],
  ])("%s links to the site that it is part of", (path, way) => {
    expect(page(path)).toContain(` <a href="${way}">Results</a>`);
  });

  test("asks no other host for anything", () => {
    for (const path of ["index.html", "modules/plateau.html"])
      expect(page(path)).not.toMatch(/(?:src|href)="https?:\/\/(?!typedoc\.org)[^"]*\.(?:js|css)/);
  });
});
