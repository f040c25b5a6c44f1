import { describe, expect, test } from "vitest";
import { type AnyClaim, defineClaim } from "../claim/claim.ts";
import type { Context, Experiment } from "../claim/experiment.ts";
import { nextUniform, openStream } from "../numerics/random.ts";
import { LANES, type StreamRange } from "../numerics/stream.ts";
import { streamKey } from "../run/plan/stream-key.ts";
import { observe } from "../run/sample/observe.ts";
import { CLAIM_RULES, type ClaimSurroundings } from "./claim-rules.ts";
import { experimentFaults } from "./experiment-rules.ts";

type Values = (streams: StreamRange) => readonly number[];

/** Uniform numbers of each replicate's own stream. */
const uniforms: Values = ({ key, first, count }) =>
  Array.from({ length: count }, (_, row) => nextUniform(openStream(key, first + row, LANES.weights)));

const uniform = (values: Values, setup: number): Experiment<"share", unknown> => ({
  name: "uniform",
  module: import.meta.url,
  setup,
  measures: { share: { kind: "bounded", rounding: "exact", range: [0, 1], description: "a share" } },
  cost: { draws: 1, multiplyAdds: 0 },
  observe: ({ streams }: Context) => ({ share: Float64Array.from(values(streams)) }),
});

interface Toy {
  readonly claimed?: Values;
  readonly control?: Values;
  readonly controlSetup?: number;
  readonly changes?: object;
}

const toy = ({ claimed = uniforms, control = uniforms, controlSetup = 9, changes = {} }: Toy = {}): AnyClaim =>
  ({
    ...defineClaim({
      id: "paper/topic/toy",
      title: "A toy",
      statement: "A toy of mean $1/2$",
      source: { paper: "paper@v1", at: "abstract", grade: "derived" },
      assumptions: { a: "first" },
      grid: { size: [1, 2] },
      experiment: ({ size }) => uniform(claimed, size),
      prediction: { says: "equals", statistic: "mean", of: "share", value: 0.5, within: 0.1, because: "a toy" },
      controls: [
        {
          breaks: "a",
          because: "a toy",
          experiment: () => uniform(control, controlSetup),
          grid: { size: [1] },
          expected: { value: 0.5 },
          replicates: { smoke: 10, full: 20 },
        },
      ],
      tiers: { smoke: { replicates: 32, grid: { size: [1] } }, full: { replicates: 64 } },
    }),
    ...changes,
  }) as AnyClaim;

const around: ClaimSurroundings = { suites: ["toys"], papers: ["paper@v1"] };
const said = (claim: AnyClaim, where = around) => CLAIM_RULES.flatMap(({ faults }) => faults(claim, where));
const drawn = (claim: AnyClaim) =>
  experimentFaults(claim, {
    countOf: () => 8,
    draw: async ({ experiment, seed, first, count }) =>
      observe(experiment, {
        engine: undefined,
        data: {},
        streams: { key: streamKey(seed, experiment.name, experiment.setup), first, count },
      }),
  });

describe("a claim that keeps the rules", () => {
  test("has no fault in what it says, and none in what it draws", async () => {
    expect(said(toy())).toEqual([]);
    expect(await drawn(toy())).toEqual([]);
  });
});

describe("a claim that breaks a rule is told what was found:", () => {
  const tiers = toy().tiers;
  const deep = (grid: object, replicates: number) => ({ ...tiers, deep: { replicates, grid } });
  test.each([
    ["in no suite", {}, { ...around, suites: [] }, /no suite names it/],
    ["in two suites", {}, { ...around, suites: ["one", "two"] }, /suites one and two name it/],
    [
      "of an unknown source",
      {},
      { ...around, papers: ["other@v1"] },
      /paper@v1 is not in papers.json, which has other@v1/,
    ],
    ["with half a formula", { statement: "It is $1/2" }, around, /1 dollar signs/],
    ["with a long title", { title: "x".repeat(91) }, around, /the title has 91 characters/],
    ["with TeX in its title", { title: "It is $x$" }, around, /has TeX/],
    [
      "whose control breaks nothing listed",
      { assumptions: { b: "second" } },
      around,
      /a control breaks a, assumptions are b/,
    ],
    [
      "with a margin that is none",
      { prediction: { ...toy().prediction, within: -1 } },
      around,
      /tier smoke: .*margin at size 1 is -1/,
    ],
    ["that ignores an axis", { experiment: () => uniform(uniforms, 1) }, around, /never reads size/],
    [
      "with more at smoke than at full",
      { tiers: { ...tiers, smoke: { replicates: 65 } } },
      around,
      /65 replicates at smoke, 64 at full/,
    ],
    [
      "with a cell that only smoke has",
      { tiers: { ...tiers, full: { replicates: 64, grid: { size: [2] } } } },
      around,
      /size 1: a cell of smoke that full does not have/,
    ],
    [
      "whose deep tier asks for nothing more",
      { tiers: deep({ size: [1, 2] }, 64) },
      around,
      /no cell more and no region narrower/,
    ],
  ] as const)("%s", (_, changes, where, found) => {
    expect(said(toy({ changes }), where).join("\n")).toMatch(found);
  });
});

describe("an experiment that breaks a rule is told with its arm and cell:", () => {
  let calls = 0;
  const ignoringFirst: Values = ({ key, count }) => uniforms({ key, first: 0, count });
  const ignoringSeed: Values = ({ first, count }) => uniforms({ key: [1, 2, 3, 4], first, count });
  const keepingState: Values = (streams) => uniforms(streams).map((value) => (value + calls++) / 1000);
  test.each([
    [
      "draws from no stream",
      { claimed: ({ count }: StreamRange) => Array.from({ length: count }, Math.random) },
      /arm claimed, size 1: replicate 4 of share was/,
    ],
    [
      "counts replicates from the chunk's first",
      { claimed: ignoringFirst },
      /replicate 4 of share was .* among 8 and is .* among 4/,
    ],
    ["keeps something from one call to the next", { claimed: keepingState }, /may depend on their stream alone/],
    ["draws the same at every seed", { claimed: ignoringSeed }, /another seed gives the same share/],
    [
      "leaves its range",
      { claimed: (streams: StreamRange) => uniforms(streams).map((value) => value + 1) },
      /share declares 0 to 1 and is 1\.\d+ at replicate 0/,
    ],
    [
      "gives what is no number",
      { control: ({ count }: StreamRange) => Array(count).fill(Number.NaN) },
      /arm a, size 1: .*NaN at replicate 0/,
    ],
    ["is the control of itself", { controlSetup: 1 }, /control a, size 1: has the very samples of the claimed arm/],
  ] as const)("one that %s", async (_, changes, found) => {
    expect((await drawn(toy(changes))).join("\n")).toMatch(found);
  });

  test("one that may be the same each time is no fault: a fact", async () => {
    expect(await drawn(toy({ claimed: ({ count }) => Array(count).fill(0.5) }))).toEqual([]);
  });
});
