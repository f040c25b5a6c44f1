import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ComparedMeasure } from "../../../src/claim/engines-apart.ts";
import type { Json, Rounding } from "../../../src/claim/experiment.ts";
import { agreementBound, enginesApart } from "../../../src/lab/agreement.ts";
import { aboutEngine, openEngine } from "../../../src/lab/engines.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, mlp } from "../../../src/lab/networks/network.ts";
import { type AgreementRow, ensembleRows, followedRows, layeredRows, modelRows } from "./agreement-rows.ts";
import { type Contractor, DOUBLE } from "./check.ts";
import { refusalOf } from "./refusals.ts";

const names = ["wasm", "wasm-fast", "openblas", "tensorflow", "webgpu"] as const;
const opened = await Promise.all(names.map(async (name) => ({ name, engine: (await openEngine(name)) as Contractor })));

const rowsOf = new Map<Contractor, AgreementRow[]>(opened.map(({ engine }) => [engine, []]));
const paired = opened.filter(({ name }) => aboutEngine(name).draws === "reference");

describe("within its derived distance of the reference", () => {
  test.each(paired)("$name keeps every measure of ensembles, but for as many replicates as derived", ({ engine }) => {
    const found = ensembleRows(engine);
    rowsOf.get(engine)!.push(...found);
    expect(found.length).toBeGreaterThan(15);
    for (const row of found) expect(row.beyond, JSON.stringify(row)).toBeLessThanOrEqual(row.allowed);
  });

  const bounded = paired.filter(({ name }) => aboutEngine(name).precision !== undefined || name === "wasm");
  test.each(bounded)("$name keeps signals, gradients and Hessians of layered networks", ({ engine }) => {
    const found = layeredRows(engine);
    rowsOf.get(engine)!.push(...found);
    expect(found.length).toBeGreaterThan(15);
    for (const row of found) expect(row.beyond, JSON.stringify(row)).toBeLessThanOrEqual(row.allowed);
  });

  const analysed = paired.filter(({ name }) => aboutEngine(name).precision?.curves !== undefined);
  test.each(analysed)("$name keeps what is followed through each network", ({ engine }) => {
    const found = followedRows(engine);
    rowsOf.get(engine)!.push(...found);
    expect(found.length).toBeGreaterThan(15);
    for (const row of found) expect(row.beyond, JSON.stringify(row)).toBeLessThanOrEqual(row.allowed);
    // a bound of which next to nothing is taken would see no fault
    for (const row of found) expect(row.largest, JSON.stringify(row)).toBeGreaterThan(1e-4);
  });

  test.each(opened)(
    "$name keeps gradients and Hessian-vector products of the contract's examples",
    ({ name, engine }) => {
      const found = modelRows(engine, (check) => refusalOf(name, { ...check, violations: () => [] }) !== undefined);
      rowsOf.get(engine)!.push(...found);
      expect(found.length).toBeGreaterThan(5);
      for (const row of found) expect(row.beyond, JSON.stringify(row)).toBe(0);
    },
  );
});

describe("the derived distance", () => {
  const network = mlp({ width: 8, depth: 8, activation: "relu", init: heNormal });
  const of = (rounding: Rounding, setup: unknown = { network }) => ({
    ...{ experiment: "forward-log-norm", measure: "logNormSquared", setup: setup as Json, rounding },
    ...{ streams: { key: [1, 2, 3, 4] as const, count: 1 }, observed: () => Float64Array.of(0) },
  });
  const bound = (engine: string, compared: ReturnType<typeof of> & Pick<ComparedMeasure, "passes">) =>
    agreementBound(aboutEngine(engine), compared);

  test("is none where bytes are equal, and not derived where draws are an engine's own", () => {
    expect(bound("wasm", of("forward"))).toMatchObject({ bound: 0, rate: 0 });
    expect(bound("openblas", of("forward"))).toMatchObject({ bound: 0, rate: 0 });
    expect(bound("wasm-fast", of("forward"))).toBeUndefined();
    expect(bound("tensorflow", of("underived"))).toBeUndefined();
  });

  test("is none for what no engine computes, and for ensembles on an engine that leaves them to another", () => {
    expect(bound("webgpu", of("exact"))).toMatchObject({ bound: 0, rate: 0 });
    expect(bound("openblas", of("underived", { process: {} }))).toMatchObject({ bound: 0, rate: 0 });
    expect(bound("openblas", of("underived", { network: { kind: "layered" } }))).toBeUndefined();
    const passes = { network: { kind: "layered" } } as unknown as Json;
    expect(bound("openblas", { ...of("forward-factor", { from: 2, to: 3 }), passes })).toBeUndefined();
  });

  test("a kind of rounding that speaks of a pass is refused where the setup has no network to pass through", () => {
    expect(() => bound("tensorflow", of("backward", {}))).toThrow(
      "measure logNormSquared of forward-log-norm: rounding backward requires a multilayer perceptron or a layered network as its setup's network, got none",
    );
  });

  test("of a layered network is that of the perceptron with the same layers, whose masks may switch in any example", () => {
    const layers = multilayerPerceptron({ width: 8, depth: 8, activation: "relu", init: heNormal });
    expect(bound("tensorflow", of("forward", { network: layers }))).toEqual(bound("tensorflow", of("forward")));
    const one = bound("tensorflow", of("backward", { network: layers }))!;
    const more = bound("tensorflow", of("backward", { network: layers, batch: { size: 16 } }))!;
    expect(more.bound).toBe(one.bound);
    expect(more.rate).toBeGreaterThan(one.rate);
  });

  test("is not derived where the output is not multiplied with the input, nor where half of all may be beyond it", () => {
    const shape = { width: 8, depth: 8, init: heNormal } as const;
    const curved = multilayerPerceptron({ ...shape, activation: "tanh" });
    expect(bound("tensorflow", of("backward", { network: curved }))).toBeUndefined();
    const large = multilayerPerceptron({ ...shape, width: 256, depth: 128, activation: "relu" });
    expect(bound("tensorflow", of("forward", { network: large }))).toBeDefined();
    expect(bound("tensorflow", of("backward", { network: large, batch: 64 }))).toBeUndefined();
  });

  test("of two engines of which neither is the reference is the sum of both", () => {
    const apart = (first: string, second: string) => enginesApart(aboutEngine(first), aboutEngine(second));
    const both = apart("tensorflow", "webgpu").boundOf(of("forward"))!;
    expect(both.bound).toBe(bound("tensorflow", of("forward"))!.bound + bound("webgpu", of("forward"))!.bound);
    expect(both.because).toContain("; ");
    expect(apart("wasm", "webgpu").boundOf(of("forward"))).toEqual(bound("webgpu", of("forward")));
    expect(apart("wasm", "wasm-fast")).toMatchObject({ paired: false });
  });

  test("grows with depth and width and with the draws' own error, and is small beside a claim's margins", () => {
    const at = (engine: "tensorflow" | "webgpu", width: number, depth: number) =>
      bound(engine, of("forward", { network: mlp({ width, depth, activation: "relu", init: heNormal }) }))!;
    expect(at("tensorflow", 16, 64).bound).toBeGreaterThan(at("tensorflow", 16, 16).bound);
    expect(at("tensorflow", 64, 16).bound).toBeGreaterThan(at("tensorflow", 16, 16).bound);
    expect(at("webgpu", 16, 16).bound).toBeGreaterThan(at("tensorflow", 16, 16).bound);
    expect(at("tensorflow", 16, 64).bound).toBeLessThan(0.01);
    expect(at("tensorflow", 16, 64).rate).toBeLessThan(0.01);
  });

  test("is held to by no engine of float32 in place of float64", async () => {
    const rounded = { ...(await openEngine("tensorflow")), name: "openblas" };
    expect(ensembleRows(rounded).some((row) => row.beyond > row.allowed)).toBe(true);
    expect(DOUBLE.unit).toBe(2 ** -53);
  });
});

/** UPDATE_AGREEMENT=1 writes what was seen where readers find it: shares differ from machine to machine, the bounds do not. */
afterAll(() => {
  if (!process.env["UPDATE_AGREEMENT"]) return;
  const folder = join(import.meta.dirname, "../../../docs/engines");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "agreement.md"),
    [PREFACE, ...[...rowsOf].map(([engine, rows]) => tableOf(engine, rows))].join("\n"),
  );
});

const PREFACE = `# How far engines are from the reference

Each engine beside the float64 reference, on the same networks. The bound is derived from operation counts and the unit roundoff
(\`src/lab/agreement.ts\` for the measures of experiments, \`test/conformance/engines/model-error.ts\` for single gradients and products);
shown is which share of it the median and the largest of the differences take, and how many replicates are beyond it where the
derivation allows some.
Written by \`UPDATE_AGREEMENT=1 npx vitest run test/conformance/engines/agreement\`, which also tests it.
`;

function tableOf({ name, versions }: Contractor, rows: readonly AgreementRow[]): string {
  const made = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
  const apart = rows.filter(({ largest }) => largest > 0);
  if (apart.length === 0)
    return `## ${name}\n\n${made.join(", ")}\n\nEqual in every number of ${rows.length} measures.\n`;
  const lines = apart.map(({ what, measure, replicates, bound, median, largest, beyond, allowed }) => {
    const share = (value: number) => (value === 0 ? "0" : value.toPrecision(2));
    const cells = [what, measure, replicates, share(bound), share(median), share(largest), `${beyond} of ${allowed}`];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `## ${name}\n\n${made.join(", ")}\n`,
    `${rows.length - apart.length} measures are equal in every number; the others:\n`,
    "| what | measure | replicates | bound | median share | largest share | beyond, of allowed |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}
