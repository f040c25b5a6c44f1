import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Evidence, result as resultSchema } from "../../src/claim/result.ts";
import { plateauProcess } from "./compiled.ts";
import { freshFolder } from "./recording-io.ts";

/** Ten recorded accuracies a method: what a paper with an expensive training has. */
const ACCURACIES = {
  ours: [0.9125, 0.9087, 0.9161, 0.9093, 0.9142, 0.9178, 0.9101, 0.9066, 0.9139, 0.9153],
  theirs: [0.8956, 0.8921, 0.9003, 0.8942, 0.8911, 0.8978, 0.8989, 0.8902, 0.8967, 0.8993],
};

const PLATEAU = new URL("../../dist/src/index.js", import.meta.url).href;

const claimText = (name: string, rest: string) => `
import { defineClaim, recordedExperiment } from ${JSON.stringify(PLATEAU)};
const runs = (method) => recordedExperiment({
  name: "accuracies", module: import.meta.url, file: "runs.csv", where: { method }, seed: "seed",
  measures: {
    accuracy: { kind: "bounded", range: [0, 1], description: "accuracy on the test set" },
    logit: { kind: "log", description: "ln of the odds" },
    good: { kind: "bounded", range: [0, 1], description: "1 above 0.9" },
  },
});
export default defineClaim({
  id: "ours/ten/${name}", title: "${name}", statement: "${name}",
  source: { paper: "ours@1", at: "table 1", grade: "derived" },
  assumptions: { method: "ours" }, grid: { method: ["ours"] },
  experiment: ({ method }) => runs(method),
  controls: [], withoutControl: { because: "trainings cost a day each" },
  ${rest}
});
`;
const both = 'against: () => runs("theirs"),';
const normal = 'expected: { normal: { because: "sums of many examples" } },';
const ten = "tiers: { smoke: { replicates: 10 }, full: { replicates: 10 } },";
const because = 'because: "a test"';

/** Those that ten values decide at a budget of 0.05, and those that they cannot. */
const ENOUGH = {
  mean: `prediction: { says: "at-least", statistic: "mean", of: "accuracy", bound: 0.5, ${because} }, ${ten}`,
  difference: `${both} prediction: { says: "differs-by-at-least", statistic: "mean", of: "accuracy", bound: 0.005, ${because}, ${normal} }, ${ten}`,
  median: `prediction: { says: "equals", statistic: "median", of: "accuracy", value: 0.913, within: 0.01, ${because} }, ${ten}`,
  proportion: `prediction: { says: "at-least", statistic: "proportion", of: "good", bound: 0.4, ${because} }, ${ten}`,
};
/** Looked at after every training, by itself with a budget of its own. */
const ALONE = `prediction: { says: "at-least", statistic: "mean", of: "accuracy", bound: 0.3, ${because} },
    tiers: { smoke: { replicates: 10 }, full: { replicates: 10, lookEvery: 1 } },`;
const five = "tiers: { smoke: { replicates: 5 }, full: { replicates: 5 } },";
const family = "expected: { spread: 0.05, family: { skewness: 0.5, excessKurtosis: 1 } },";
const TOO_FEW = {
  "few-medians": `prediction: { says: "equals", statistic: "median", of: "accuracy", value: 0.913, within: 0.01, ${because} }, ${five}`,
  "few-differences": `${both} prediction: { says: "differs-by-at-least", statistic: "median", of: "accuracy", bound: 0.005, ${because} }, ${five}`,
  "few-means": `prediction: { says: "equals", statistic: "mean", of: "logit", value: 2.35, within: 0.2, ${because}, ${family} }, ${ten}`,
};

function project(): string {
  const root = freshFolder();
  mkdirSync(join(root, "suites/ours/ten"), { recursive: true });
  writeFileSync(join(root, "plateau.json"), '{ "seed": "1", "because": "any" }\n');
  const rows = Object.entries(ACCURACIES).flatMap(([method, values]) =>
    values.map((x, seed) => `${method},${seed},${x},${Math.log(x / (1 - x))},${x > 0.9 ? 1 : 0}`),
  );
  writeFileSync(join(root, "runs.csv"), `method,seed,accuracy,logit,good\n${rows.join("\n")}\n`);
  const suite = (name: string, claims: Readonly<Record<string, string>>, errors: object) => {
    const names = Object.keys(claims);
    for (const [one, rest] of Object.entries(claims)) {
      writeFileSync(join(root, `suites/ours/ten/${one}.claim.mjs`), claimText(one, rest));
    }
    writeFileSync(
      join(root, `suites/ours/${name}.suite.mjs`),
      `${names.map((one, i) => `import c${i} from "./ten/${one}.claim.mjs";`).join("\n")}
export default { name: "${name}", title: "ten", errors: ${JSON.stringify(errors)}, minutes: { smoke: 1, full: 1 },
  claims: [${names.map((_, i) => `{ claim: c${i}, share: ${1 / names.length} }`).join(", ")}] };`,
    );
  };
  suite("enough", ENOUGH, { falseVerdict: 0.05, undecided: 0.2 });
  writeFileSync(join(root, "suites/ours/ten/looks.claim.mjs"), claimText("looks", ALONE));
  writeFileSync(
    join(root, "suites/ours/looks.suite.mjs"),
    `import { suiteOfOne } from ${JSON.stringify(PLATEAU)};
import claim from "./ten/looks.claim.mjs";
export default suiteOfOne(claim, { falseVerdict: 0.1, undecided: 0.2 });`,
  );
  suite("few", TOO_FEW, { falseVerdict: 0.001, undecided: 0.01 });
  return root;
}

const root = project();
const run = async (suite: string): Promise<{ exit: number | undefined; text: string; evidence: Evidence }> => {
  const out = join(root, `out-${suite}`);
  const words = ["run", suite, "--root", root, "--tier", "full", "--out", out, "--store", join(root, "store")];
  const { exitCode, all } = await plateauProcess(words, { cwd: root }).then((done) => ({
    exitCode: done.exitCode,
    all: `${done.stdout}${done.stderr}`,
  }));
  expect(all).not.toContain("plateau: ");
  const { evidence } = resultSchema.parse(JSON.parse(readFileSync(join(out, "result.json"), "utf8")));
  return { exit: exitCode, text: all, evidence };
};

test("ten recorded values a method are judged at a budget of 0.05: mean, difference, median and proportion, inside their range, the budget beside them", async () => {
  const { text, evidence } = await run("enough");
  const arms = new Map(evidence.claims.map(({ id, arms: [arm] }) => [id.split("/").pop(), arm!]));
  expect(Object.fromEntries([...arms].map(([name, { state }]) => [name, state]))).toEqual({
    mean: "supported",
    difference: "supported",
    median: "supported",
    proportion: "supported",
  });
  for (const name of ["mean", "proportion"]) {
    const [low, high] = arms.get(name)!.units[0]!.interval;
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
  }
  expect(text).toContain("WIDE ERROR BUDGET: suite enough allows a false verdict with a chance of 1 in 20");
  expect(text).toContain("values have a normal law");
}, 60_000);

test("a claim by itself has its own budget in red, and bets looked at after every training stop with the first look that decides", async () => {
  const { text, evidence } = await run("looks");
  const [{ state, looks, cells, units }] = evidence.claims[0]!.arms as [Evidence["claims"][number]["arms"][number]];
  expect(state).toBe("supported");
  expect(looks).toBeGreaterThan(1);
  expect(looks).toBeLessThan(10);
  expect(cells[0]!.replicates).toBe(looks);
  // One look of ten is paid for, and without a control the whole budget is the claimed arm's.
  expect(units[0]!.level).toBe(0.1);
  expect(text).toContain("WIDE ERROR BUDGET: suite looks allows a false verdict with a chance of 1 in 10");
}, 60_000);

test("too few values are inconclusive and name the number that would do, never a crash", async () => {
  const { exit, text, evidence } = await run("few");
  expect(exit).toBe(3);
  const units = new Map(
    evidence.claims.map(({ id, arms: [arm] }) => [id.split("/").pop(), { ...arm!, ...arm!.units[0]! }]),
  );
  expect(evidence.claims.map(({ arms }) => arms[0]!.state)).toEqual(["inconclusive", "inconclusive", "inconclusive"]);
  expect(units.get("few-medians")!.refused).toMatch(/^median requires at least 1\d values at level .*, got 5$/);
  expect(units.get("few-differences")!.refused).toMatch(
    /^difference of medians requires at least 1\d values a group at level .*, got 5$/,
  );
  // No number of ten values bounds a mean of such a family at 1 in 6,000; what would is computed from the declared spread.
  expect(units.get("few-means")!.interval).toEqual([null, null]);
  expect(units.get("few-means")!.wouldNeed![0]).toBeGreaterThan(30);
  expect(text).toMatch(/about \d+ would decide it/);
}, 60_000);
