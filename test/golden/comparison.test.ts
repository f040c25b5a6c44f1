import { beforeAll, describe, test } from "vitest";
import { acceptResults } from "../../src/baseline/accept.ts";
import type { Baseline } from "../../src/baseline/baseline.ts";
import type { BytesChange, ClaimComparison } from "../../src/baseline/compare/change.ts";
import { type CompareContext, compareEvidence } from "../../src/baseline/compare/compare.ts";
import { definitionOfEvidence } from "../../src/baseline/definition.ts";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { comparisonMarkdown } from "../../src/report/comparison-markdown.ts";
import { comparisonText } from "../../src/report/terminal/comparison-text.ts";
import { fixtureResult } from "./fixture-result.ts";
import { expectGolden } from "./golden-file.ts";

const ACCEPTANCE = { at: "2026-01-02T03:04:05.000Z", reason: "first" };
const BASE = "the smoke baselines";

/** The fixture without the claim that crashed, which cannot be a baseline. */
let before: Result;
let baselines: ReadonlyMap<string, Baseline>;
let chain: ClaimEvidence;
let width: ClaimEvidence;
let escape: ClaimEvidence;

beforeAll(async () => {
  const result = await fixtureResult();
  const claims = result.evidence.claims.filter(({ outcome }) => outcome !== "crashed");
  before = { ...result, evidence: { ...result.evidence, claims } };
  baselines = acceptResults([before], new Map(), ACCEPTANCE);
  [chain, width, , escape] = claims as [ClaimEvidence, ClaimEvidence, ClaimEvidence, ClaimEvidence];
});

const SCENES: readonly (readonly [string, () => readonly ClaimEvidence[], CompareContext])[] = [
  ["all-equal", () => before.evidence.claims, {}],
  ["bytes-changed", () => replaced(withOtherSamples(chain, 0)), {}],
  ["estimate-moved", () => replaced(withOtherSamples(chain, 0.004)), {}],
  ["verdict-changed", () => replaced(withOtherVerdict(chain)), {}],
  ["claim-changed", () => replaced({ ...weaker(width), hash: "f".repeat(64) }), {}],
  ["baseline-missing", () => [...before.evidence.claims, { ...escape, id: "orvieto2021/escape/new-claim", title: "A claim that is new" }], {}],
  ["claim-removed", () => before.evidence.claims.filter(({ id }) => id !== escape.id), {}],
  [
    "known-deviation",
    () => replaced(withOtherVerdict(chain)),
    {
      expectations: [
        { claim: "orvieto2021/chains/he-chains-vanish", expects: "fails", reason: "being mended", link: "https://example.org/1" },
        { claim: "orvieto2021/escape/time-is-inverse-in-curvature", expects: "fails", reason: "was once", link: "https://example.org/2" },
      ],
    },
  ],
];

describe.each(SCENES)("a comparison: %s", (name, claims, context) => {
  const comparisons = () => {
    const evidence = { ...before.evidence, claims: [...claims()] };
    return compareEvidence(evidence, baselines, evidence.claims.map(({ id }) => id), context);
  };
  test("as text", () => expectGolden(`comparison/${name}.txt`, comparisonText(comparisons(), { columns: 80, color: false, base: BASE, verbose: false })));
  test("as Markdown", () => expectGolden(`comparison/${name}.md`, comparisonMarkdown(comparisons(), { base: BASE })));
});

describe("a comparison with the samples of both sides", () => {
  const comparisons = () => {
    const evidence = { ...before.evidence, claims: [withOtherSamples(chain, 0.004)] };
    return compareEvidence(evidence, baselines, [chain.id], { base: "result" }).filter(({ id }) => id === chain.id).map(withShifts);
  };
  const options = { base: "the smoke result a/result.json", notRun: ["orvieto2021/escape/not-run"] };
  test("as text", () => expectGolden("comparison/paired.txt", comparisonText(comparisons(), { ...options, columns: 80, color: false, verbose: false })));
  test("as Markdown", () => expectGolden("comparison/paired.md", comparisonMarkdown(comparisons(), options)));
});

describe("a comparison of 200 changed claims", () => {
  const comparisons = () => {
    const claims = Array.from({ length: 200 }, (_, index) => {
      return { ...withOtherSamples(chain, index / 1e4), id: `orvieto2021/chains/claim-${String(index).padStart(3, "0")}` };
    });
    const accepted = acceptResults(
      [{ ...before, evidence: { ...before.evidence, claims: claims.map(({ id }) => ({ ...chain, id })) } }],
      new Map(),
      ACCEPTANCE,
    );
    return compareEvidence({ ...before.evidence, claims }, accepted, claims.map(({ id }) => id));
  };
  test("as text", () => expectGolden("comparison/200-rows.txt", comparisonText(comparisons(), { columns: 80, color: false, base: BASE, verbose: false })));
  test("as Markdown", () => expectGolden("comparison/200-rows.md", comparisonMarkdown(comparisons(), { base: BASE })));
});

function replaced(claim: ClaimEvidence): readonly ClaimEvidence[] {
  return before.evidence.claims.map((each) => (each.id === claim.id ? claim : each));
}

/** The third block of one cell differs, and with it the estimate. */
function withOtherSamples(claim: ClaimEvidence, shift: number): ClaimEvidence {
  const [claimed, ...controls] = claim.arms;
  const cells = claimed!.cells.map((cell, index) => {
    return index === 1 ? { ...cell, blocks: cell.blocks.with(2, "0123456789abcdef") } : cell;
  });
  const units = claimed!.units.map((unit, index) => (index === 1 ? { ...unit, estimate: unit.estimate! + shift } : unit));
  return { ...claim, arms: [{ ...claimed!, cells, units }, ...controls] };
}

function withOtherVerdict(claim: ClaimEvidence): ClaimEvidence {
  const [claimed, ...controls] = claim.arms;
  return { ...claim, outcome: "fails", arms: [{ ...claimed!, state: "refuted" }, ...controls] };
}

/** A margin twice as wide at one cell, a rival and a control less, and a cell more. */
function weaker(claim: ClaimEvidence): ClaimEvidence {
  const [claimed, ...controls] = claim.arms;
  const [low, high] = claimed!.units[0]!.region as [number, number];
  const half = (high - low) / 2;
  const units = claimed!.units.map((unit, index) => {
    return index === 0 ? { ...unit, region: [low - half, high + half] as [number, number], rivals: [] } : unit;
  });
  const cells = [...claimed!.cells, { ...claimed!.cells[0]!, cell: { depth: 128 } }];
  return { ...claim, arms: [{ ...claimed!, cells, units }, ...controls.slice(1)] };
}

function withShifts(comparison: ClaimComparison): ClaimComparison {
  const added: Pick<BytesChange, "first" | "shifts"> = {
    first: { replicate: 130, measure: "logNormSquared", from: "-3.0000000000000004", to: "-3" },
    shifts: [
      { measure: "alive", pairs: 256, changed: 0, broken: 0, mean: 0, interval: [0, 0], margins: null },
      {
        ...{ measure: "logNormSquared", pairs: 254, changed: 131, broken: 2, mean: 0.0041, interval: [0.0012, 0.007] },
        margins: { mean: 0.41, interval: [0.12, 0.7] },
      },
    ],
  };
  const changes = comparison.changes.map((change) => (change.kind === "bytes" ? { ...change, ...added } : change));
  return { ...comparison, changes };
}

test("a changed claim without a stored definition is still shown by its evidence", () => {
  const changed = { ...weaker(width), hash: "f".repeat(64) };
  const evidence = { ...before.evidence, claims: [changed] };
  const definitions = new Map([[width.id, { hash: changed.hash, definition: definitionOfEvidence(changed, "smoke") }]]);
  const [comparison] = compareEvidence(evidence, baselines, before.evidence.claims.map(({ id }) => id), { definitions });
  expectGolden("comparison/claim-changed-by-evidence.txt", comparisonText([comparison!], { columns: 80, color: false, base: BASE, verbose: true }));
});
