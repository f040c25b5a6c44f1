// Lints the workflows with zizmor, which knows the ways in which workflows give away their tokens, and proves first that it
// finds a planted injection. Takes an installed zizmor, or installs the pinned one with pip below node_modules/.cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptWords } from "./script-words.mjs";

scriptWords("lint-workflows.mjs lints the workflows; it takes nothing");

const VERSION = "1.32.0";
const CACHE = join("node_modules/.cache", `zizmor-${VERSION}`);
const PLANTED = `name: planted
on: pull_request
permissions: {}
jobs:
  planted:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    steps:
      - run: echo "\${{ github.head_ref }}"
`;

const zizmor = installed() ?? install();
const folder = mkdtempSync(join(tmpdir(), "plateau-zizmor-"));
try {
  const workflows = join(folder, ".github/workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(workflows, "planted.yml"), PLANTED);
  const planted = lint([workflows], "pipe");
  if (planted.status === 0 || !`${planted.stdout}`.includes("template-injection")) {
    fail(`zizmor requires to find a planted injection, ended with status ${planted.status}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log("zizmor finds a planted injection");
process.exitCode = lint([".github/workflows", "action.yml", "templates"], "inherit").status ?? 1;

function lint(paths, output) {
  const words = ["--offline", "--no-progress", "--color=never", ...paths];
  return spawnSync(zizmor, words, { stdio: ["ignore", output, output === "pipe" ? "ignore" : "inherit"] });
}

function installed() {
  const answer = spawnSync("zizmor", ["--version"], { encoding: "utf8" });
  return answer.status === 0 && answer.stdout.trim() === `zizmor ${VERSION}` ? "zizmor" : undefined;
}

function install() {
  const program = join(CACHE, "bin/zizmor");
  if (existsSync(program)) return program;
  run("python3", ["-m", "venv", CACHE]);
  run(join(CACHE, "bin/python"), [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `zizmor==${VERSION}`,
  ]);
  return program;
}

function run(program, words) {
  const { status, error } = spawnSync(program, words, { stdio: "inherit" });
  if (status !== 0)
    fail(`${program} ${words.join(" ")} requires python with venv and pip: ${error?.message ?? status}`);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
