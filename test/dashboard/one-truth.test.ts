import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { saidSection } from "../../dashboard/site/pages/claim/about-section.ts";
import { measuredSection } from "../../dashboard/site/pages/claim/arm-sections.ts";
import { papersSection } from "../../dashboard/site/pages/overview/sentences-section.ts";
import { readSite, type Site } from "../../dashboard/site/site.ts";
import { newestResult } from "../../dashboard/site/sources/sources.ts";
import { changesSince } from "../../dashboard/site/views/changes.ts";
import { claimHistories, siteRuns } from "../../dashboard/site/views/history/runs.ts";
import { sentencesOf } from "../../dashboard/site/views/sentences.ts";
import { acceptResults } from "../../src/baseline/accept.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import type { Result } from "../../src/claim/result.ts";
import { findRoots } from "../../src/project/roots.ts";
import { historyEntry } from "../../src/report/history.ts";
import { runClaims } from "./fixture.ts";

/** Undecided at the smoke tier, where it holds as long as it is not refuted. */
const OPEN = "orvieto2021/escape/finite-noise-slope";
const DECIDED = "orvieto2021/escape/descent-time";
/** Some of its networks are dead, and it speaks of the others. */
const GIVEN = "orvieto2021/gradients/decay-is-flat-in-layers";
const CLAIMS = [OPEN, DECIDED, GIVEN];

let accepted: Result;
let site: Site;
let reseeded: Site;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-truth-"));
  accepted = await runClaims(CLAIMS, join(folder, "accepted"));
  await runClaims(CLAIMS, join(folder, "reseeded"), "--seed", "5");
  const baselines = join(folder, "baselines");
  await writeBaselines(
    baselines,
    acceptResults([accepted], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: "a fixture" }),
  );
  const history = join(folder, "history");
  mkdirSync(history);
  writeFileSync(join(history, "nightly.jsonl"), `${JSON.stringify(historyEntry(accepted))}\n`);
  const roots = findRoots(undefined, { env: {}, cwd: import.meta.dirname });
  const places = { roots, baselines, history, engines: undefined, speed: join(folder, "none") };
  site = await readSite({ ...places, result: join(folder, "accepted/result.json") });
  reseeded = await readSite({ ...places, result: join(folder, "reseeded/result.json") });
}, 600_000);

describe("since the baseline", () => {
  test("with the accepted seed an unchanged claim has no other byte", () => {
    expect(changesSince(site.sources, site.known)?.compared).toEqual([
      "3 claims are as accepted: no verdict, no estimate, no byte is another.",
    ]);
  });

  test("with another seed nothing is said of estimates and bytes", () => {
    const { changed, compared } = changesSince(reseeded.sources, reseeded.known)!;
    const words = compared.join(" ");
    expect(words).toContain("drawn with seed 5, accepted with 210603763");
    expect(words).not.toContain("no byte");
    expect(changed.filter(({ id }) => CLAIMS.includes(id)).length + Number(/\d+/.exec(words)![0])).toBe(3);
  });
});

describe("a claim that is undecided at the smoke tier", () => {
  test("was written as one that holds: the tier does not demand more", () => {
    expect(accepted.evidence.claims.find(({ id }) => id === OPEN)?.outcome).toBe("holds");
  });

  test("is undecided on every page: overview, compare, history and accepted baselines", () => {
    const shown = site.sources.claims.find(({ id }) => id === OPEN)!;
    const runs = siteRuns(site.sources).map(({ line }) => line.claims.find(({ id }) => id === OPEN)?.outcome);
    const points = claimHistories(site.sources)
      .find(({ id }) => id === OPEN)!
      .points.map(({ outcome }) => outcome);
    expect([shown.outcome, shown.accepted.smoke, ...runs, ...points]).toEqual(Array(5).fill("undecided"));
    const other = siteRuns(site.sources).map(({ line }) => line.claims.find(({ id }) => id === DECIDED)?.outcome);
    expect(other).toEqual(["holds", "holds"]);
  });

  test("leaves its sentence of the abstract undecided, and what was not run is named as such", () => {
    const sentence = sentencesOf(site).find(({ statement }) => statement.claims.includes(OPEN))!;
    expect(sentence.verdict).toBe("undecided");
    expect(sentence.shown.map(({ id }) => id).sort()).toEqual([DECIDED, OPEN].sort());
    expect(sentence.absent.length).toBe(sentence.statement.claims.length - 2);
    const untouched = sentencesOf(site).filter(({ shown }) => shown.length === 0);
    expect(new Set(untouched.map(({ verdict }) => verdict))).toEqual(new Set(["nothing"]));
  });
});

describe("several papers on one site", () => {
  const [first] = CLAIMS;
  const withOther = (): Site => {
    const claims = site.sources.claims.map((claim) =>
      claim.id === first ? { ...claim, id: "achlioptas2003/projections/sparse-signs-keep-the-mean" } : claim,
    );
    return { ...site, sources: { ...site.sources, claims } };
  };

  test("have a line each on the first screen, with what became of their sentences", () => {
    expect(papersSection(site)).toBeUndefined();
    const words = String(papersSection(withOther())).replace(/<[^>]+>/g, "");
    expect(words).toContain("2 papers, one line each");
    expect(words).toMatch(/Achlioptas 2003: of the four things that the abstract says, one could not be decided/);
    expect(words).toMatch(/Orvieto et al. 2021: of the five things/);
    expect(words).not.toContain("Glorot");
  });

  test("are not taken for each other where one has no sentences of its abstract here", () => {
    const [orvieto, ...papers] = [...site.papers].sort(
      (a, b) => Number(b.name === "orvieto2021") - Number(a.name === "orvieto2021"),
    );
    const claim = site.sources.claims.find(({ id }) => id === GIVEN)!;
    const bare = { ...orvieto!, abstract: undefined };
    const shown = { claim, slug: GIVEN, root: "", known: undefined, observed: false };
    const words = String(saidSection({ ...shown, site: { ...site, papers: [bare, ...papers] } }));
    expect(words).toContain("The paper's abstract is not written out here".replace("'", "&#39;"));
  });
});

test("replicates that do not count are said to be drawn and left out, with what the claim speaks of", () => {
  const claim = site.sources.claims.find(({ id }) => id === GIVEN)!;
  const { counted, replicates } = claim.arms[0]!.cells[0]!;
  expect(counted).toBeLessThan(replicates);
  const words = String(
    measuredSection({ claim, slug: GIVEN, root: "../../../", known: site.known.get(GIVEN), observed: true, site }),
  );
  expect(words).toContain(`${counted.toLocaleString("en-US")} of them count: the claim speaks only of those with`);
  expect(words).toContain(`the other ${replicates - counted} were drawn and left out`);
});

test("the newest result is the last complete one, wherever its folder was moved to", () => {
  const results = mkdtempSync(join(tmpdir(), "plateau-results-"));
  expect(newestResult(results)).toBeUndefined();
  mkdirSync(join(results, "done"));
  writeFileSync(join(results, "latest"), "done\n");
  expect(newestResult(results)).toBeUndefined();
  writeFileSync(join(results, "done/result.json"), "{}");
  expect(newestResult(results)).toBe(join(results, "done/result.json"));
});
