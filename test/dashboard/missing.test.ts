import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withTables } from "../../dashboard/site/pages/agreement-page.ts";
import { enginesPage } from "../../dashboard/site/pages/engines/engines-page.ts";
import { speedPage } from "../../dashboard/site/pages/speed/speed-page.ts";
import { readSpeedFiles } from "../../dashboard/site/sources/speed-files.ts";
import { speedData } from "../../dashboard/site/views/speed-view.ts";
import { KERNELS, PEERS } from "./speed-measurement.ts";

/** What a reader reads: markup left out. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "");
}

/** A folder with one file of one machine's measurement in it, as text. */
function folderWith(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-speed-"));
  mkdirSync(join(folder, "one"));
  writeFileSync(join(folder, "one", name), text);
  return folder;
}

test("without a run on several engines the page says so, and which command makes one", () => {
  const words = enginesPage(undefined, new Map(), new Map());
  expect(words).toContain("ran on one engine, so there is nothing to compare");
  expect(textOf(words)).toContain("--engine wasm,reference");
  expect(words).not.toContain("engine-matrix");
  expect(words).toContain("npm run engine:tensorflow");
});

test("without a measurement of speed the page says so, and which command makes one", () => {
  const none = readSpeedFiles(join(tmpdir(), "no such folder"));
  expect(none).toEqual([]);
  const words = speedPage(none);
  expect(words).toContain("No measurement beside other libraries has been committed");
  expect(textOf(words)).toContain("npm run --silent speed:peers -- --json &#62; baselines/speed/my-machine/peers.json");
  expect(textOf(words)).toContain("npm run --silent speed -- --json &#62; baselines/speed/my-machine/kernels.json");
  expect(words).not.toContain("peers-chart");
  expect(speedData(none)).toEqual({ peers: [], kernels: [] });
});

test("the measurements that are committed are shown, the processor's own limits too", () => {
  const committed = readSpeedFiles(fileURLToPath(new URL("../../baselines/speed", import.meta.url)));
  expect(committed.length).toBeGreaterThan(0);
  for (const { peers, kernels } of committed) {
    expect(peers?.rows.length).toBeGreaterThan(50);
    expect(kernels?.benchmarks.length).toBeGreaterThan(100);
  }
  const words = speedPage(committed);
  expect(words).toContain("peers-chart");
  expect(words).toContain("limits-chart");
  expect(words).toContain("The processor");
});

test("with one of the two, the page shows it", () => {
  const words = speedPage(readSpeedFiles(folderWith("kernels.json", JSON.stringify(KERNELS))));
  expect(words).toContain("limits-chart");
  expect(words).toContain("No measurement beside other libraries has been committed");
});

test("an engine that was not there is shown with its reason", () => {
  const absent = [{ workload: "gradient float64", engine: "openblas", absent: "no <library>" }];
  const words = speedPage(readSpeedFiles(folderWith("peers.json", JSON.stringify({ ...PEERS, absent }))));
  expect(words).toContain("openblas on gradient float64, because no &#60;library&#62;");
});

test("a target is met by the median of the rounds", () => {
  const [one] = speedData([{ name: "one", peers: PEERS, kernels: undefined }]).peers;
  expect(one?.ratios.map(({ median, verdict }) => [median, verdict])).toEqual([
    ...[[3.5, "met"] as const, [0.8, "missed"] as const],
    ...[[0.5, "none"] as const, [100, "met"] as const],
  ]);
});

test.each([
  ["peers.json", "{", /peers\.json requires JSON: /],
  ["peers.json", { ...PEERS, rows: [] }, /peers\.json requires a measurement of speed: rows: /],
  ["peers.json", { ...PEERS, rows: [{ ...PEERS.rows[0], ratios: [1, "2"] }] }, /: rows\[0\]\.ratios\[1\]: .*number/],
  ["peers.json", { ...PEERS, node: undefined }, /: node: .*string/],
  ["peers.json", { ...PEERS, extra: 1 }, /: its top: .*extra/],
  ["kernels.json", { ...KERNELS, limits: { ...KERNELS.limits, bytes: 0 } }, /kernels\.json .*: limits\.bytes: .*>0/],
  ["kernels.json", [], /kernels\.json .*: its top: .*object/],
])("%s that is something else is refused by file and field (%#)", (name, content, problem) => {
  const folder = folderWith(name, typeof content === "string" ? content : JSON.stringify(content));
  expect(() => readSpeedFiles(folder)).toThrow(problem);
});

test.each([
  ["peers.json", "", /peers\.json requires a folder of its machine: .*my-machine/],
  ["kernels.json", "", /kernels\.json requires a folder of its machine: .*my-machine/],
  ["peers.json", 'a "b"', /a "b" requires a name of letters/],
])("%s in the folder '%s' is refused by its place", (name, machine, problem) => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-speed-"));
  mkdirSync(join(folder, machine), { recursive: true });
  writeFileSync(join(folder, machine, name), "{}");
  expect(() => readSpeedFiles(folder)).toThrow(problem);
});

test("tables of a document become those of the site, their cells inert", () => {
  const html = withTables("# Head\n\nWords | here.\n\n| a | b |\n| --- | --- |\n| <i> | 2 |\n| 3 | 4 |\n");
  expect(html).toMatch(/^# Head\n\nWords \| here\.\n\n<div class="scroll"/);
  expect(html).toContain('aria-label="Head"');
  expect(html).toContain("<td>&#60;i&#62;</td><td>2</td></tr>\n<tr><td>3</td>");
});

test("a document's keys of the code and powers of ten are written as words and signs", () => {
  const html = withTables("| measure | bound |\n| --- | --- |\n| hessianVectorProducts | 1.0e-12 |\n");
  expect(html).toContain("<td>hessian vector products</td><td>1.0 × 10⁻¹²</td>");
});
