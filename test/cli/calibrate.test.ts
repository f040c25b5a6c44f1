import { cpSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { freshFolder, plateau } from "./recording-io.ts";

const COMMITTED = fileURLToPath(new URL("../../docs/calibration", import.meta.url));

test("calibrate of a suite measures it alone, keeps the other tables, and exits 1 for the control that is supported", async () => {
  const out = freshFolder();
  cpSync(COMMITTED, out, { recursive: true });
  writeFileSync(join(out, "suites.json"), "[]\n");
  const read = (name: string) => readFileSync(join(out, name), "utf8");
  const kept = ["judges.json", "adversary.json"];
  const before = kept.map(read);
  const words = ["calibrate", "demo", "--suites", "4", "--workers", "1", "--out", out];
  const { exitCode, stdout } = await plateauProcess(words);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("demo, tails light, centre: false verdict in 4 of 4 runs, 0.001 promised: exceeded");
  expect(stdout).toContain("demo, tails rare, inside: false verdict in 0 of 4 runs, 0.001 promised: as promised");
  expect(kept.map(read)).toEqual(before);
  expect(JSON.parse(read("suites.json"))).toMatchObject([
    { suite: "demo", trials: 4, lean: { tails: "light" } },
    { suite: "demo", trials: 4, lean: { tails: "rare" } },
  ]);
  expect(read("suites.md")).toContain(
    "| centre | false verdict | demo/behaviour/has-a-supported-control, centred | 4 |",
  );
}, 30_000);

test("calibrate of all suites keeps those that were done when it is interrupted, and --missing adds the rest", async () => {
  const [out, whole] = [freshFolder(), freshFolder()];
  for (const folder of [out, whole]) cpSync(COMMITTED, folder, { recursive: true });
  const words = (folder: string) => [
    "calibrate",
    "--only",
    "suites",
    "--suites",
    "1",
    "--workers",
    "1",
    "--out",
    folder,
  ];
  const env = { PLATEAU_ROOT: fileURLToPath(new URL("../..", import.meta.url)) };
  const suitesIn = (folder: string) => {
    const tables = JSON.parse(readFileSync(join(folder, "suites.json"), "utf8")) as { readonly suite: string }[];
    return [...new Set(tables.map(({ suite }) => suite))];
  };
  await plateauProcess(words(whole), { env });
  const all = suitesIn(whole);
  const running = plateauProcess(words(out), { env });
  running.stderr.on("data", (text: Buffer) => {
    if (text.includes(`suite ${all[2]}`)) running.kill("SIGINT");
  });
  const interrupted = await running;
  expect(interrupted).toMatchObject({ exitCode: 130, stderr: expect.stringContaining("--missing goes on") });
  expect(suitesIn(out)).toEqual(all.slice(0, 2));
  const writes = writesOf(out);
  await plateauProcess([...words(out), "--missing"], { env });
  // each suite that was lacking once, and no other table
  expect(await writes()).toEqual(all.slice(2).flatMap(() => ["suites.md", "suites.json"]));
  for (const name of ["suites.json", "suites.md"]) {
    expect(readFileSync(join(out, name), "utf8")).toBe(readFileSync(join(whole, name), "utf8"));
  }
}, 120_000);

test("calibrate --missing adds to suites of its own seed alone", async () => {
  const out = freshFolder();
  cpSync(COMMITTED, out, { recursive: true });
  const words = ["calibrate", "--only", "suites", "--missing", "--seed", "99", "--workers", "1", "--out", out];
  const { exitCode, stderr } = await plateauProcess(words);
  expect(stderr).toMatch(/--missing adds to suites of seed \d+, got seed 99/);
  expect(exitCode).toBe(2);
});

/** Names of the files that are put into a folder until it is asked, in order. */
function writesOf(folder: string): () => Promise<readonly string[]> {
  const names: string[] = [];
  const watcher = watch(folder, (event, name) => {
    if (event === "rename" && name !== null && !name.endsWith(".tmp")) names.push(name);
  });
  return async () => {
    // what the system has seen and not told yet
    await wait(200);
    watcher.close();
    return names;
  };
}

test.each([
  [["--only", "judge"], /--only takes judges, adversary, suites, got judge/],
  [["escape"], /no suite is called escape, suites are demo/],
  [["--only", "judges", "--trials", "-1"], /--trials/],
])("calibrate %j is wrong use", async (words, message) => {
  const { exit, stderr } = await plateau(["calibrate", ...words, "--out", freshFolder()]);
  expect(exit).toBe(2);
  expect(stderr).toMatch(message);
});

test("calibrate of a part says which table it would have added to, where there is none", async () => {
  const out = freshFolder();
  const { exitCode, stderr } = await plateauProcess([
    "calibrate",
    "demo",
    "--suites",
    "1",
    "--workers",
    "1",
    "--out",
    out,
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`calibrate of a part adds to ${join(out, "judges.json")}, which cannot be read`);
});
