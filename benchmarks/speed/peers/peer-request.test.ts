import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { readRequest } from "./peer-request.ts";
import { workloads } from "./workloads.ts";

describe("speed:peers", () => {
  test("takes all workloads where no word is given, else those that have every word", () => {
    expect(readRequest([])).toEqual({ workloads, rounds: 7, json: false });
    const request = readRequest(["signal", "float64", "--rounds", "3", "--json"]);
    expect(request).toMatchObject({ rounds: 3, json: true });
    const names = request === "help" ? [] : request.workloads.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/signal.*float64/);
  });

  test.each([
    [["--foo"], /^Unknown option '--foo', needed words, --rounds N, --json or --help$/],
    [["--rounds", "x"], /^--rounds needs a whole number from 1 to 1000, got x$/],
    [["--rounds", "0"], /^--rounds needs a whole number from 1 to 1000, got 0$/],
    [["--rounds"], /^Option '--rounds <value>' argument missing, needed/],
    [["no-such-row"], /^no workload has no-such-row in its name, there are .*normals float64/],
  ])("refuses %j with what was found and what was needed", (args, message) => {
    expect(() => readRequest(args)).toThrow(message);
  });

  const run = (words: readonly string[]) =>
    execa("node", ["--import", "tsx", fileURLToPath(new URL("./main.ts", import.meta.url)), ...words], {
      reject: false,
    });

  test("says how it is used, and ends with one line and status 2 where it is used otherwise", async () => {
    const help = await run(["--help"]);
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: npm run speed:peers -- [word…] [--rounds N] [--json]");
    const refused = await run(["--rounds", "0"]);
    expect(refused).toMatchObject({
      ...{ exitCode: 2, stdout: "" },
      stderr: "speed:peers: --rounds needs a whole number from 1 to 1000, got 0",
    });
  });
});
