import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ComparedArm, EngineComparison } from "../../src/claim/engine-comparison.ts";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { Result } from "../../src/claim/result.ts";
import { engines } from "../../src/gate/engines.ts";
import { guarded } from "../../src/gate/step.ts";
import { type FakeStep, fakeStep } from "./fake-step.ts";
import { sound } from "./sources.ts";

const arm: ComparedArm = {
  ...({ name: "claimed", kind: "claimed", primary: "supported", other: "supported" } as const),
  unsupported: [],
  estimates: [
    {
      ...{ label: "depth 16", statistic: "mean", replicates: 512, primary: -0.635, other: -0.6350001 },
      ...{ difference: -1e-7, bound: 3e-6, share: 0.03, because: "float32 sums", inside: true },
    },
  ],
};
const [estimate] = arm.estimates;
const refused: ComparedArm = { ...arm, other: "skipped", reason: "unsupported: no float64", estimates: [] };

function comparison(arms: readonly ComparedArm[], versions: EngineComparison["engine"]["versions"] = {}) {
  return {
    engine: { name: "webgpu", versions },
    ...{ seconds: 3, computed: 1024, found: 0 },
    claims: [{ id: sound.evidence.claims[0]!.id, suite: "vanishing", arms: [...arms] }],
  } satisfies EngineComparison;
}

function stepWith(others: readonly EngineComparison[] | undefined, env: FakeStep["env"] = {}): FakeStep {
  const step = fakeStep({}, env);
  mkdirSync(join(step.cwd, "results/ci/merged"), { recursive: true });
  const section: Pick<Result, "engines"> = others === undefined ? {} : { engines: { version: 1, others: [...others] } };
  writeFileSync(join(step.cwd, "results/ci/merged/result.json"), JSON.stringify(sealed({ ...sound, ...section })));
  return step;
}

describe("the comparison of engines", () => {
  test.each<[string, readonly ComparedArm[], number]>([
    ["verdicts and estimates agree", [arm], 0],
    ["an engine refuses some of it", [arm, refused], 0],
    ["one supports what the other refutes", [arm, { ...arm, other: "refuted" }], 1],
    ["an estimate is outside its bound", [{ ...arm, estimates: [{ ...estimate!, inside: false, share: 3 }] }], 1],
    ["an arm crashed", [arm, { ...arm, other: "crashed", reason: "RangeError", estimates: [] }], 3],
    ["an engine refuses all of it", [refused], 2],
    ["an engine was given no claim", [], 2],
  ])("when %s", async (_name, arms, exit) => {
    const step = stepWith([comparison([arm]), comparison(arms)]);
    expect(await guarded(engines, step)).toBe(exit);
    expect(step.lines.filter((line) => line.startsWith("::error::"))).toHaveLength(exit === 0 ? 0 : 1);
  });

  test("is red where there is none", async () => {
    const step = stepWith(undefined);
    expect(await guarded(engines, step)).toBe(2);
    expect(step.lines[0]).toContain("compares no engine with another");
  });

  test("is a paragraph of the summary for each engine, without a stranger's markup", async () => {
    const step = stepWith([
      comparison([arm]),
      comparison([{ ...refused, name: "<b>@all</b>" }, arm], { device: "<i>" }),
    ]);
    await guarded(engines, step);
    expect(step.summary()).toMatch(/^\*\*✓ webgpu\*\*\n\n- Verdicts of 1 arm on webgpu/);
    expect(step.summary()).toContain("1 inside their bounds, 0 outside");
    expect(step.summary()).not.toMatch(/<[bi]>|@all/);
  });

  test.each([
    ["a real card", { fallback: "false" }, 0],
    ["a software adapter", { fallback: "true: a software adapter, none other was found" }, 2],
    ["no graphics engine", {}, 2],
  ])("where hardware is asked for and there is %s", async (_name, versions, exit) => {
    expect(await guarded(engines, stepWith([comparison([arm], versions)], { PLATEAU_ADAPTER: "hardware" }))).toBe(exit);
  });
});
