import { readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { describe, expect, test } from "vitest";
import { claimHash, claimManifest, manifest } from "../../src/claim/manifest.ts";
import { resolveArms } from "../../src/claim/resolve.ts";
import type { Question } from "../../src/statistics/question.ts";
import { claims, SUITES_FOLDER, suites } from "./suites.ts";

const papers = (paper: string) =>
  JSON.parse(readFileSync(join(SUITES_FOLDER, paper, "papers.json"), "utf8")) as Readonly<Record<string, unknown>>;

test("there are claims and suites to check", () => {
  expect(claims.length).toBeGreaterThanOrEqual(43);
  expect(suites.length).toBeGreaterThanOrEqual(2);
});

describe.each(claims)("$path", ({ path, claim }) => {
  test("its id is its path", () => expect(claim.id).toBe(path));

  test("it is in exactly one suite", () => {
    expect(suites.filter((suite) => suite.claims.some((entry) => entry.claim.id === claim.id))).toHaveLength(1);
  });

  test("its source is a paper in papers.json", () => {
    expect(papers(claim.id.split("/")[0]!)).toHaveProperty([claim.source.paper]);
  });

  test("its statement is words and TeX that parses", () => {
    const parts = claim.statement.split("$");
    expect(parts.length % 2, "dollar signs come in pairs").toBe(1);
    const formulas = parts.filter((_, index) => index % 2 === 1);
    for (const formula of formulas) expect(() => katex.renderToString(formula, { strict: "error" })).not.toThrow();
  });

  test("its title fits a table: at most 90 characters, no TeX", () => {
    expect(claim.title.length).toBeLessThanOrEqual(90);
    expect(claim.title).not.toMatch(/[$\\]/);
  });

  test("each control breaks a listed assumption", () => {
    for (const control of claim.controls) expect(Object.keys(claim.assumptions)).toContain(control.breaks);
  });

  test("every tier resolves: rivals outside the region, margins positive, measures there and fit to be averaged", () => {
    for (const tier of ["smoke", "full", "deep"] as const) expect(() => resolveArms(claim, tier)).not.toThrow();
  });

  test("its experiment reads every axis of the grid: any cell can be sampled", () => {
    const { cell } = resolveArms(claim, "full")[0]!.sources[0]!;
    const read = new Set<PropertyKey>();
    const get = (target: typeof cell, axis: string) => {
      read.add(axis);
      return target[axis];
    };
    claim.experiment(new Proxy(cell, { get: (target, axis) => get(target, String(axis)) }));
    expect(Object.keys(cell).filter((axis) => !read.has(axis))).toEqual([]);
  });

  test("smoke cells are cells of the full tier, with no more replicates", () => {
    const full = resolveArms(claim, "full");
    for (const arm of resolveArms(claim, "smoke")) {
      const whole = full.find(({ name }) => name === arm.name)!;
      for (const { cell, role, looks } of arm.sources) {
        const same = whole.sources.find((source) => source.role === role && sameCell(source.cell, cell));
        expect(same, JSON.stringify(cell)).toBeDefined();
        expect(looks.at(-1)!).toBeLessThanOrEqual(same!.looks.at(-1)!);
      }
    }
  });

  test("the deep tier asks for no less: no region wider, some narrower or some cell more", () => {
    const [full, deep] = (["full", "deep"] as const).map((tier) => resolveArms(claim, tier)[0]!.units);
    const widths = (units: typeof full) => new Map(units!.map(({ label, question }) => [label, widthOf(question)]));
    const [before, after] = [widths(full), widths(deep)];
    const shared = [...after].filter(([label]) => before.has(label));
    for (const [label, width] of shared) expect(width, label).toBeLessThanOrEqual(before.get(label)!);
    const narrower = shared.some(([label, width]) => width < before.get(label)!);
    expect(narrower || [...after.keys()].some((label) => !before.has(label))).toBe(true);
  });

  test("its manifest is plain data that its schema accepts, back and forth", () => {
    const written = claimManifest(claim);
    expect(manifest.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    expect(claimHash(claim)).toMatch(/^[0-9a-f]{64}$/);
  });
});

/** Of a one-sided region: how far its end reaches. */
function widthOf({ region: { low, high } }: Question): number {
  if (low === -Infinity) return high;
  return high === Infinity ? -low : high - low;
}

function sameCell(a: object, b: object): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}
