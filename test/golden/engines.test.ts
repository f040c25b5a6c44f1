import { expect, test } from "vitest";
import type { EngineComparison } from "../../src/claim/engine-comparison.ts";
import { result as resultSchema } from "../../src/claim/result.ts";
import { markdownReport } from "../../src/report/markdown.ts";
import { terminalReport } from "../../src/report/terminal/terminal.ts";
import { fixtureResult } from "./fixture-result.ts";
import { expectGolden } from "./golden-file.ts";

type Arm = EngineComparison["claims"][number]["arms"][number];

const estimate: Arm["estimates"][number] = {
  label: "depth 16",
  statistic: "mean",
  replicates: 512,
  primary: -0.635212345,
  other: -0.635212401,
  difference: -5.6e-8,
  bound: 3.1e-6,
  because: "float32 sums of 16 layers",
  share: 0.14,
  inside: true,
  paired: { differing: 512, largest: 4.2e-7, bound: 3e-6, beyond: 0, allowed: 0 },
};
const unbounded = { ...estimate.paired!, bound: null, beyond: null, allowed: null };
const arm: Arm = {
  ...({ name: "claimed", kind: "claimed", primary: "supported", other: "supported" } as const),
  unsupported: [],
  estimates: [estimate],
};
const refused = { cell: "depth 16", role: "experiment", reason: "unsupported: float32 has no such range" } as const;

/** Everything that can happen to an engine that is compared. */
const tensorflow: EngineComparison = {
  engine: { name: "tensorflow", versions: { tensorflow: "2.15.1", threads: "1" } },
  ...{ seconds: 3, computed: 1024, found: 0 },
  claims: [
    {
      id: "orvieto2021/chains/he-chains-vanish",
      suite: "vanishing",
      arms: [
        arm,
        { ...arm, name: "heScale", kind: "control", primary: "refuted", other: "refuted" },
        {
          ...arm,
          estimates: [
            { ...estimate, label: "depth 32", inside: false, share: 3, paired: { ...estimate.paired!, largest: 9e-6, beyond: 23, allowed: 7 } },
            { ...estimate, label: "depth 64", bound: null, share: null, inside: null, because: "none", paired: unbounded },
          ],
        },
      ],
    },
    {
      id: "orvieto2021/width/critical-width-is-linear-in-depth",
      suite: "vanishing",
      arms: [{ ...arm, other: "refuted", estimates: [] }],
    },
    {
      id: "orvieto2021/escape/gamma-law",
      suite: "escape",
      arms: [
        { ...arm, other: "skipped", reason: refused.reason, unsupported: [refused, refused], estimates: [] },
        { ...arm, name: "noise", kind: "control", other: "crashed", reason: "RangeError: out of depth", estimates: [] },
      ],
    },
  ],
};
const fast: EngineComparison = {
  ...tensorflow,
  engine: { name: "wasm-fast", versions: {} },
  claims: [
    {
      id: "orvieto2021/chains/he-chains-vanish",
      suite: "vanishing",
      arms: [
        { ...arm, estimates: [{ ...unpaired(), difference: 0.001, bound: 0.011, share: 0.09, standardError: 0.002, inside: true }] },
      ],
    },
  ],
};

function unpaired(): Arm["estimates"][number] {
  const { paired: _, ...rest } = estimate;
  return rest;
}

const result = { ...(await fixtureResult()), engines: { version: 1 as const, others: [tensorflow, fast] } };

test("the section keeps to the schema", () => expect(resultSchema.parse(result)).toEqual(result));

test("the terminal shows engines side by side", () => {
  expectGolden("engines-80.txt", sections(terminalReport(result, { columns: 80, color: false }), "Engine ", "Error"));
});

test("verbose, with every estimate", () => {
  const report = terminalReport(result, { columns: 100, color: false, verbose: true });
  expectGolden("engines-verbose-100.txt", sections(report, "Engine ", "Error"));
});

test("so does Markdown, with every estimate folded away", () => {
  expectGolden("engines.md", sections(markdownReport(result), "### Engine", "### Error"));
});

/** The part of a report from one head to another, which the other golden files leave out. */
function sections(report: string, from: string, to: string): string {
  const start = report.indexOf(`\n${from}`);
  return report.slice(start + 1, report.indexOf(`\n${to}`, start) + 1);
}
