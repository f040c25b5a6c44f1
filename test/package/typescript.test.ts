import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPacked } from "./packed-package.ts";

const root = resolve(import.meta.dirname, "../..");
const others = join(import.meta.dirname, "typescript");

const COMPILERS = [
  ["the newest", join(root, "node_modules/typescript")],
  ["6.0", join(others, "node_modules/typescript-6")],
  ["5.9", join(others, "node_modules/typescript-5")],
] as const;

/** What an author writes, with no type said anywhere. */
const CLAIM = `import { defineClaim, defineExperiment, defineSuite, LANES, nextUniform, openStream } from "plateau";

const coin = defineExperiment({
  name: "coin",
  module: import.meta.url,
  setup: {},
  measures: { heads: { kind: "bounded", range: [0, 1], rounding: "exact", description: "1 where the coin fell heads" } },
  cost: { draws: 1, multiplyAdds: 0 },
  observe: ({ streams: { key, first, count } }) => ({
    heads: Float64Array.from({ length: count }, (_, at) =>
      nextUniform(openStream(key, first + at, LANES.input)) < 0.5 ? 1 : 0,
    ),
  }),
});

const claim = defineClaim({
  id: "me2026/coin/falls-heads",
  title: "The coin is fair",
  statement: "It falls heads half of the time.",
  source: { paper: "me2026@v1", at: "section 1", grade: "derived" },
  assumptions: { fair: "both sides weigh the same" },
  grid: { throws: [1, 2] },
  experiment: () => coin,
  prediction: {
    says: "equals",
    statistic: "proportion",
    of: "MEASURE",
    value: ({ throws }) => throws / throws / 2,
    within: 0.1,
    because: "a tenth is what a reader would notice",
  },
  controls: [
    {
      breaks: "ASSUMPTION",
      because: "a coin with two heads",
      experiment: () => coin,
      expected: { value: 1 },
      replicates: { smoke: 1, full: 1 },
    },
  ],
  tiers: { smoke: { replicates: 100 }, full: { replicates: 1000 } },
});

export default defineSuite({
  name: "coin",
  title: "A coin",
  errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [{ claim, share: 1 }],
  minutes: { smoke: 1, full: 1 },
});
`;

/** The same on random networks, whose engine the context hands over with its type. */
const ON_NETWORKS = `import { defineExperiment, heNormal, mlp } from "plateau/lab";

const network = mlp({ width: 8, depth: 4, activation: "relu", init: heNormal });

export const norm = defineExperiment({
  name: "norm",
  module: import.meta.url,
  setup: { network: network as never },
  measures: { first: { kind: "log", rounding: "underived", description: "ln of the first layer's ratio of norms" } },
  cost: { draws: 256, multiplyAdds: 256 },
  observe: ({ engine, streams }) => {
    const { logIncrements } = engine.propagate({ network, input: { law: "basis" }, streams });
    return { MEASURE: logIncrements.filter((_, at) => at % 4 === 0) };
  },
});
`;

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plateau-types-"));
  if (!COMPILERS.every(([, compiler]) => existsSync(compiler))) {
    await execa("npm", ["ci", "--no-bin-links", "--no-audit", "--no-fund"], { cwd: others });
  }
  await installPacked(folder);
  mkdirSync(join(folder, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), `{ "name": "paper", "type": "module" }`);
  const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const modules = { module: "nodenext", target: "es2023", lib: ["es2023"], types: ["node"], noEmit: true };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...modules, skipLibCheck: false } }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(COMPILERS)("declarations under TypeScript %s", (_, compiler) => {
  async function compile(claim: string, experiment: string): Promise<string> {
    writeFileSync(join(folder, "coin.ts"), claim);
    writeFileSync(join(folder, "norm.ts"), experiment);
    const { stdout } = await execa("node", [join(compiler, "bin/tsc"), "-p", folder], { cwd: folder, reject: false });
    return stdout;
  }

  test("take a claim, an experiment and a suite as they are written, libraries checked too", async () => {
    const sound = CLAIM.replace("MEASURE", "heads").replace("ASSUMPTION", "fair");
    expect(await compile(sound, ON_NETWORKS.replace("MEASURE", "first"))).toBe("");
  });

  test("refuse a measure and an assumption that there is not, and an observation that lacks its measure", async () => {
    const wrong = CLAIM.replace("MEASURE", "tails").replace("ASSUMPTION", "honest");
    const said = await compile(wrong, ON_NETWORKS.replace("MEASURE", "last"));
    expect(said).toMatch(/"tails"' is not assignable to type '"heads"'/);
    expect(said).toMatch(/"honest"' is not assignable to type '"fair"'/);
    expect(said).toMatch(/norm\.ts\([\s\S]*'first' is missing in type/);
  });
});
