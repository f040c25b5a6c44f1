import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { junitReport } from "../../src/report/junit.ts";
import { fixtureResult } from "../golden/fixture-result.ts";
import { reviewerSources, sound, withClaims } from "./sources.ts";

/** What Jenkins' xunit plugin reads, as pytest's tests carry it (MIT). */
const SCHEMA = readFileSync(new URL("./fixtures/junit-10.xsd", import.meta.url), "utf8");

const [claim] = sound.evidence.claims as [ClaimEvidence];
const hostile = withClaims([{ ...claim, title: `"><failure/>\u0000\ud800 & ]]> \u001b[31m`, id: 'a"/<b>' }]);
const reports: readonly (readonly [string, Result])[] = [
  ["everything that can happen", await fixtureResult()],
  ["hostile names", hostile],
  ["no claims", withClaims([])],
  ...Object.entries(reviewerSources()).map(([name, { result }]) => [name, result] as const),
];

interface Suite {
  readonly said: Readonly<Record<string, number>>;
  readonly cases: { readonly name: string; readonly verdict: string }[];
}

/** The suites as a reader sees them that knows nothing of how they were written. */
function read(xml: string): readonly Suite[] {
  const suites: Suite[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testsuite") {
      const counts = ["tests", "failures", "errors", "skipped"].map((key) => [key, Number(attributes[key])]);
      suites.push({ said: Object.fromEntries(counts), cases: [] });
    }
    const cases = suites.at(-1)?.cases;
    if (name === "testcase") cases?.push({ name: attributes["name"]!, verdict: "passed" });
    if (["failure", "error", "skipped"].includes(name)) cases?.push({ ...cases.pop()!, verdict: name });
  });
  parser.write(xml).close();
  return suites;
}

function counted({ cases }: Suite): Suite["said"] {
  const of = (verdict: string) => cases.filter((each) => each.verdict === verdict).length;
  return { tests: cases.length, failures: of("failure"), errors: of("error"), skipped: of("skipped") };
}

describe.each(reports)("JUnit XML of %s", (_, result) => {
  const xml = junitReport(result);

  test("fits the schema", async () => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "junit.xml", contents: xml }],
      schema: [SCHEMA],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  test("has the counts that a reader finds, and a case for each arm", () => {
    const suites = read(xml);
    expect(suites.map(({ said }) => said)).toEqual(suites.map(counted));
    const arms = result.evidence.claims.flatMap((each) => each.arms);
    expect(suites.flatMap(({ cases }) => cases)).toHaveLength(arms.length);
  });
});

test("the schema bites", async () => {
  const xml = '<?xml version="1.0"?><testsuites><testsuite name="x"><testcase nome="y"/></testsuite></testsuites>';
  expect((await validateXML({ xml: [{ fileName: "x.xml", contents: xml }], schema: [SCHEMA] })).valid).toBe(false);
});
