import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FIXTURE_RESULT } from "../golden/fixture-result.ts";
import { plateauProcess } from "./compiled.ts";
import { type Answer, freshFolder, plateau } from "./recording-io.ts";

/** Exit 2, nothing on stdout, one line on stderr without a stack. */
function expectOneLine({ exit, stdout, stderr }: Answer, says: string | RegExp): void {
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toMatch(/^plateau: [^\n]+\n$/);
  expect(stderr).toMatch(says);
}

describe("what is mistyped gets one line that says what was found and needed", () => {
  const cell = ["--set", "depth=4", "--set", "init=he"];
  test.each([
    [["lits"], "no command lits, did you mean list?"],
    [["frobnicate"], "no command frobnicate, needed one of init list plan run"],
    [["list", "--jsn"], "plateau list has no flag --jsn, did you mean --json?"],
    [["list", "--constructor"], "no flag --constructor"],
    [["list", "-x"], "no flag -x"],
    [["list", "--json=yes"], "--json takes no value, got yes"],
    [["run", "holds", "--tier"], "--tier needs a value: --tier TIER, got none"],
    [["run", "holds", "--tier", "smoke", "--tier", "full"], "--tier takes one value, got two"],
    [["run", "holds", "--tier", "fulll"], "--tier needs one of smoke full deep, got fulll, did you mean full?"],
    [["run", "holds", "--tier", "deep"], "has no tier deep, it has smoke, full"],
    [["run", "holds", "--engine", "wsam"], "--engine needs one of .*, got wsam, did you mean wasm?"],
    [["run", "holds", "--engine", "wasm,wasm"], "--engine takes each engine once, got wasm twice"],
    [["run", "holds", "--engine", "openblas", "--fast"], "--fast is engine wasm-fast, got --engine openblas besides"],
    [["sample", "holds", "--engine", "wasm,reference", ...cell], "plateau run compares several"],
    [["run", "holds", "--seed", "1.5"], /a seed is a whole number from 0 to 2\^64 - 1, or fresh, got 1\.5/],
    [["run", "holds", "--seed", "18446744073709551616"], "got 18446744073709551616"],
    [["run", "holds", "--workers", "0"], "--workers needs a whole number from 1 to 1024, got 0"],
    [["run", "hold"], "no suite or claim is called hold, did you mean holds?"],
    [["run", "behavior/holds"], "did you mean behaviour/holds?"],
    [["run", "nothing-of-the-kind"], "plateau list shows all claims, suites are demo"],
    [["run", "--resume"], "no result was named"],
    [["sample"], "plateau sample needs the name of one claim, got nothing"],
    [["sample", "holds", "crashes"], "got one too many: crashes"],
    [["sample", "demo", ...cell], "no suite or claim is called demo"],
    [["sample", "holds", "--set", "depth=deep", "--set", "init=he"], "--set depth needs a whole number, .*got deep"],
    [["sample", "holds", "--set", "depth=4.5", "--set", "init=he"], "--set depth needs a whole number, .*got 4.5"],
    [["sample", "holds", "--set", "depth=", "--set", "init=he"], "--set depth needs a whole number, .*got nothing"],
    [["sample", "holds", "--set", "depth=Infinity", "--set", "init=he"], "--set depth needs a whole number"],
    [["sample", "holds", "--set", "depth=4", "--set", "init=hee"], "--set init needs one of he xavier, got hee"],
    [["sample", "holds", "--set", "depth=4"], "sample needs a value for init: --set init=he"],
    [["sample", "holds", "--set", "dept=4"], "names axis dept, the grid has depth init scaled, did you mean depth?"],
    [["sample", "holds", ...cell, "--set", "depth=8"], "--set needs each axis once"],
    [["sample", "holds", ...cell, "--set", "scaled=maybe"], "--set scaled needs one of true, got maybe"],
    [["sample", "holds", "--set", "depth"], "--set needs axis=value, as in --set depth=48, got depth"],
    [["sample", "holds", ...cell, "--arm", "centerd"], "has no arm centerd, did you mean centred?"],
    [
      ["sample", "holds", ...cell, "--replicates", "-3"],
      "--replicates needs a value|--replicates needs a whole number",
    ],
    [["sample", "holds", ...cell, "--json", "--csv"], "sample prints one form, got both"],
    [
      ["sample", "crashes", ...cell],
      "sample cannot be drawn at depth=4 init=he scaled=true: the experiment has a fault; in its",
    ],
    [["sample", "gives-nan", ...cell], "a number is required, got NaN at replicate 0"],
    [["report", FIXTURE_RESULT, "--format", "junitt"], "--format needs one of .*, got junitt, did you mean junit?"],
    [["doctor", "now"], "plateau doctor takes no names, got one too many: now"],
    [["accept"], "accept needs a reason"],
    [["accept", "--reason", "  "], "accept needs a reason"],
    [["list", "--root", "nowhere"], "needs a folder suites/, found none"],
  ])("%j", async (words, says) => {
    expectOneLine(await plateau(words), typeof says === "string" ? new RegExp(says) : says);
  });
});

describe("a result that is not one gets one line", () => {
  const whole = readFileSync(FIXTURE_RESULT, "utf8");
  test.each([
    ["truncated", whole.slice(0, 4000), "requires JSON, the file ends too early at line"],
    ["empty", "", "found an empty file"],
    ["another schema version", whole.replace('"schema": 2', '"schema": 7'), "schema version 2, found 7"],
    [
      "of the version before digests",
      whole.replace('"schema": 2', '"schema": 1'),
      "made before results carried digests",
    ],
    ["edited in one number", whole.replace("-0.634912", "-0.634913"), "its evidence was edited or damaged"],
    ["not a result at all", "[]", "schema version 2, found nothing"],
    ["with NaN", whole.replace("-0.634912", "NaN"), "requires JSON, found .NaN"],
    ["with a number too large", whole.replace("-0.634912", "1e999"), "estimate requires .*, found Infinity"],
    ["with a word for a number", whole.replace("-0.634912", '"low"'), 'estimate requires .*, found "low"'],
    ["with an unknown field", whole.replace('"schema": 2', '"schema": 2, "extra": 1'), "unknown field extra"],
    [
      "with an unknown verdict",
      whole.replace('"state": "refuted"', '"state": "passed"'),
      'state requires one of .*"passed"',
    ],
  ])("%s", async (_, text, says) => {
    const path = join(freshFolder(), "result.json");
    writeFileSync(path, text);
    const answer = await plateau(["report", path]);
    expectOneLine(answer, new RegExp(says));
    expect(answer.stderr).toContain(path);
  });

  test("missing", async () => {
    expectOneLine(await plateau(["report", "gone.json"]), /gone\.json cannot be read: it does not exist/);
  });

  test("a folder without a result", async () => {
    expectOneLine(await plateau(["report", freshFolder()]), /result\.json cannot be read: it does not exist/);
  });
});

describe("a place that cannot be written gets one line and keeps what was computed", () => {
  // root may write anywhere, so the test uses a file where a folder is needed
  test("an output folder below a file", async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, "file"), "");
    const { exitCode, stdout, stderr } = await plateauProcess(["run", "holds", "--out", "file/out"], { cwd });
    expectOneLine(
      { exit: exitCode as 2, stdout, stderr: `${stderr}\n` },
      /file\/out cannot be made: a part of the path is not a/,
    );
  });

  test("a store below a file", async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, "file"), "");
    const { exitCode, stdout, stderr } = await plateauProcess(["run", "holds", "--store", "file/store"], { cwd });
    expectOneLine(
      { exit: exitCode as 2, stdout, stderr: `${stderr}\n` },
      /sample store .*file\/store requires a directory/,
    );
  });

  test("an output folder that holds a finished run, which stays as it is", async () => {
    const cwd = freshFolder();
    expect((await plateauProcess(["run", "holds", "--out", "out"], { cwd })).exitCode).toBe(0);
    const before = readFileSync(join(cwd, "out/result.json"), "utf8");
    const { exitCode, stderr } = await plateauProcess(["run", "holds", "--out", "out", "--tier", "full"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/holds a finished run: choose another directory/);
    expect(readFileSync(join(cwd, "out/result.json"), "utf8")).toBe(before);
  });

  test("a folder for results without permission, unless the user is root", async () => {
    const cwd = freshFolder();
    mkdirSync(join(cwd, "results"));
    chmodSync(join(cwd, "results"), 0o500);
    const { exitCode, stderr } = await plateauProcess(["run", "holds"], { cwd });
    if (process.getuid?.() === 0) expect(exitCode).toBe(0);
    else
      expect({ exitCode, line: stderr.split("\n").at(-1) }).toEqual({
        exitCode: 2,
        line: expect.stringMatching(/permission is denied/),
      });
  });
});
