import { describe, expect, test } from "vitest";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { ArmEvidence, ClaimEvidence, Result } from "../../src/claim/result.ts";
import { readArtifact } from "../../src/gate/artifact/read-artifact.ts";
import { commentReport } from "../../src/report/review/pull-request.ts";
import { sound, withClaims, withState } from "./sources.ts";
import { type ZipFile, zip } from "./zip.ts";

const PULL = JSON.stringify({ schema: 1, number: 7, head: "a".repeat(40) });
const RESULT = JSON.stringify(sound);
const GIB = 2 ** 30;

function artifact(result: string, pull = PULL): Buffer {
  return zip([
    { name: "result.json", data: result },
    { name: "pull-request.json", data: pull },
  ]);
}

/** The result with other evidence, and digests to fit. */
function edited(change: (evidence: Result["evidence"]) => Partial<Result["evidence"]>): string {
  return JSON.stringify(sealed({ ...sound, evidence: { ...sound.evidence, ...change(sound.evidence) } }));
}

function farOff(arm: ArmEvidence): ArmEvidence {
  return { ...arm, units: arm.units.map((unit) => ({ ...unit, estimate: 99, interval: [98, 100] })) };
}

/** The result's text with one string put in place of the first claim's title. */
function withTitle(json: string): string {
  const text = RESULT.replace(/"title":"Neural chains[^"]*"/, `"title":${json}`);
  return JSON.stringify(sealed(JSON.parse(text) as Result));
}

test("an honest artifact is read", () => {
  const { pullRequest, result } = readArtifact(artifact(RESULT));
  expect(pullRequest.number).toBe(7);
  expect(result).toEqual(sound);
});

describe("refused is", () => {
  test.each([
    [
      "a GiB of zeros that says so",
      [{ name: "result.json", data: "", said: GIB }],
      /has 1073741824 bytes, needed at most/,
    ],
    [
      "a bomb that lies about its size",
      [{ name: "result.json", data: Buffer.alloc(64 * 2 ** 20), said: 10 }],
      /unpacks to more than/,
    ],
    ["a path out of the folder", [{ name: "../../.bashrc", data: "x" }], /"..\/..\/.bashrc", needed only/],
    ["an absolute path", [{ name: "/etc/passwd", data: "x" }], /needed only/],
    ["another file", [{ name: "run.sh", data: "x" }], /"run.sh", needed only/],
    ["a name of prototypes", [{ name: "__proto__", data: "x" }], /needed only/],
    [
      "a file twice",
      [
        { name: "pull-request.json", data: PULL },
        { name: "pull-request.json", data: PULL },
      ],
      /twice/,
    ],
    ["an encrypted file", [{ name: "pull-request.json", data: PULL, encrypted: true }], /encrypted/],
    [
      "a file whose size is a lie",
      [{ name: "pull-request.json", data: PULL, said: 3, stored: true }],
      /its directory says 3/,
    ],
    ["no pull request", [{ name: "result.json", data: RESULT }], /no pull-request.json/],
    ["neither result nor reason", [{ name: "pull-request.json", data: PULL }], /neither a result nor a reason/],
  ] satisfies readonly [string, readonly ZipFile[], RegExp][])("%s", (_, files, message) => {
    expect(() => readArtifact(zip(files))).toThrow(message);
  });

  test.each([
    ["what is no zip", Buffer.from("hello"), /no end of a directory/],
    ["a zip that was cut", artifact(RESULT).subarray(2000), /directory is broken|no beginning|too early/],
    ["too large a zip", Buffer.alloc(5 * 2 ** 20), /needed at most/],
  ])("%s", (_, bytes, message) => {
    expect(() => readArtifact(bytes)).toThrow(message);
  });

  test.each([
    ["nesting as deep as the file", "[".repeat(10 ** 6), /nests deeper/],
    ["nesting that is closed again", "[".repeat(10 ** 5) + "]".repeat(10 ** 5), /nests deeper/],
    ["NaN", RESULT.replace(/"share":[\d.e-]+/, '"share":NaN'), /not JSON/],
    ["infinity", RESULT.replace(/"share":[\d.e-]+/, '"share":1e999'), /schema: \w+ at evidence.claims.0.share/],
    ["a prototype key", RESULT.replace('"schema":2', '"__proto__":{"polluted":1},"schema":2'), /the key __proto__/],
    ["a constructor key, deep down", RESULT.replace('"cell":{', '"cell":{"constructor":1,'), /the key constructor/],
    [
      "a field that no result has",
      RESULT.replace('"schema":2', '"schema":2,"extra":1'),
      /unrecognized_keys at its top/,
    ],
    ["another version", RESULT.replace('"schema":2', '"schema":3'), /invalid_value at schema/],
    [
      "a verdict that its arms do not bear",
      edited(({ claims }) => ({ claims: claims.map((claim) => ({ ...claim, outcome: "fails" as const })) })),
      /its arms come to holds/,
    ],
    [
      "an answer that its interval does not give",
      edited(({ claims }) => ({ claims: claims.map((claim) => ({ ...claim, arms: claim.arms.map(farOff) })) })),
      /its arms come to|supported by the interval \[98, 100\]/,
    ],
    [
      "evidence that is not what its digest says",
      RESULT.replace('"outcome":"holds"', '"outcome":"fails"'),
      /evidence was edited/,
    ],
    [
      "provenance that is not what its digest says",
      RESULT.replace(/"seconds":[\d.]+/, '"seconds":1'),
      /provenance was edited/,
    ],
    ["bytes that are no text", "\udcff", /schema|not JSON/],
  ])("%s", (_, text, message) => {
    expect(() => readArtifact(artifact(text))).toThrow(message);
  });

  test.each([
    ["a number that is none", '{"schema":1,"number":"7; rm","head":"x"}'],
    ["a head that is none", JSON.stringify({ schema: 1, number: 7, head: "main" })],
    ["a number beyond all", JSON.stringify({ schema: 1, number: 1e15, head: "a".repeat(40) })],
  ])("a pull request with %s", (_, pull) => {
    expect(() => readArtifact(artifact(RESULT, pull))).toThrow(/pull-request.json does not fit its schema/);
  });

  test("what is not UTF-8", () => {
    const bytes = zip([{ name: "pull-request.json", data: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }]);
    expect(() => readArtifact(bytes)).toThrow(/not UTF-8/);
  });

  test("nothing reached the prototype of objects", () => {
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("inert text is", () => {
  test.each([
    ["a script", '"<script>alert(1)</script>"'],
    ["an image that loads", '"![x](https://evil.example/x.png)"'],
    ["a lone surrogate", '"\\ud800 half"'],
    ["an escape sequence", '"\\u001b[31mred\\u001b]8;;https://evil.example\\u0007"'],
    ["a mention of everybody", '"@everyone #1"'],
    ["a command to the runner", '"::set-output name=x::y\\n::error::gone"'],
    ["a row of a table", '"a | b\\n| c | d |"'],
  ])("%s in a claim's name", (_, json) => {
    const text = withTitle(json);
    const { result } = readArtifact(artifact(text));
    const claims = result!.evidence.claims as readonly ClaimEvidence[];
    const refuted = withClaims([withState(claims[0]!, "claimed", "refuted")]);
    const comment = commentReport({
      result: { ...result!, evidence: refuted.evidence },
      changes: undefined,
      dashboard: undefined,
    });
    expect(comment).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      /<script|!\[x|[\u0000-\u0009\u000b-\u001f\u007f]|\p{Surrogate}|@everyone|&#64;e|^::|#1|\]\(/mu,
    );
    expect(comment.split("\n").filter((line) => line.startsWith("|"))).toHaveLength(3);
  });
});
