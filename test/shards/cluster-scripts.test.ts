import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { shardNumber } from "../../src/run/shard/shard-number.ts";
import { freshFolder } from "../cli/recording-io.ts";

const CLUSTER = fileURLToPath(new URL("../../cluster/", import.meta.url));
/** The scripts only look whether it is there: no job of these tests runs. */
const MAIN = fileURLToPath(new URL("../../package.json", import.meta.url));

type Jobs = Readonly<Record<number, string>>;

/** What `scontrol -o show job` prints of a job: shortened from Slurm 22.05. */
const job = (state: string, exitCode = "0:0", task = "") =>
  `JobId=1 ${task}JobName=x UserId=root(0) JobState=${state} Reason=None Dependency=(null) Requeue=1 ExitCode=${exitCode}`;

/** A Slurm that takes every job, numbers them from 1, writes down how it was called and tells of jobs what it is given. */
function fakeSlurm(jobs: Jobs, answer = "$job"): string {
  const bin = freshFolder();
  const script = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const log = `printf '%s\\n' "$(basename "$0") $*" >> ${bin}/calls`;
  const count = `job=$(($(cat ${bin}/jobs 2>/dev/null || echo 0) + 1))\necho $job > ${bin}/jobs`;
  script("sbatch", `${log}\n${count}\nprintf '%s\\n' "${answer}"`);
  script("scancel", `${log}\nprintf 'cluster %s\\n' "$SLURM_CLUSTERS" >> ${bin}/clusters`);
  for (const [id, text] of Object.entries(jobs)) writeFileSync(join(bin, `job-${id}`), `${text}\n`);
  script("scontrol", `printf 'cluster %s\\n' "$SLURM_CLUSTERS" >> ${bin}/clusters\ncat ${bin}/job-$4`);
  return bin;
}

async function slurm(words: readonly string[], jobs: Jobs = {}, mergeLog = "", answer?: string) {
  const bin = fakeSlurm(jobs, answer);
  const out = join(freshFolder(), "out put");
  mkdirSync(join(out, "logs"), { recursive: true });
  writeFileSync(join(out, "logs/merge.log"), mergeLog);
  const env = { PATH: `${bin}:${process.env["PATH"]}`, PLATEAU_MAIN: MAIN, PLATEAU_SLURM_POLL: "0.01" };
  const given = words.map((word) => (word === "OUT" ? out : word));
  const { exitCode, stderr, stdout } = await execa(join(CLUSTER, "slurm.sh"), given, { env, reject: false });
  const calls = existsSync(join(bin, "calls")) ? readFileSync(join(bin, "calls"), "utf8").trimEnd().split("\n") : [];
  const clusters = existsSync(join(bin, "clusters")) ? readFileSync(join(bin, "clusters"), "utf8").split("\n") : [];
  return { exitCode, stderr, stdout, calls, out, clusters: [...new Set(clusters)].filter((line) => line !== "") };
}

const GOOD = ["-n", "3", "-o", "OUT", "--", "vanishing", "--tier", "full"];
const ALL_SHARDS = [1, 2, 3].map((task) => job("COMPLETED", "0:0", `ArrayTaskId=${task} `)).join("\n");

describe("cluster/slurm.sh", () => {
  test("submits an array of shards and the merge that depends on it, and shows the merge's words", async () => {
    const { exitCode, stdout, calls, out } = await slurm(GOOD, { 1: ALL_SHARDS, 2: job("COMPLETED") }, "30 claims\n");
    expect(calls).toEqual([
      expect.stringMatching(/^sbatch --parsable --job-name=plateau-shard --array=1-3 --ntasks=1 --cpus-per-task=1 /),
      expect.stringMatching(/^sbatch .*--dependency=afterok:1 --kill-on-invalid-dep=yes .*slurm-merge\.sh /),
    ]);
    expect(calls[0]).toContain(`slurm-shard.sh ${MAIN} ${out} 3 1 vanishing --tier full`);
    expect(stdout).toBe("30 claims");
    expect(exitCode).toBe(0);
  });

  test("gives options for sbatch to both jobs", async () => {
    const words = ["-s", "-p long -A me", "-t", "90", "-c", "4", ...GOOD];
    const { calls } = await slurm(words, { 1: ALL_SHARDS, 2: job("COMPLETED") });
    for (const call of calls) expect(call).toContain("sbatch --parsable -p long -A me --time=90 ");
    expect(calls[0]).toContain("--cpus-per-task=4");
  });

  const oneBad = (state: string, exitCode: string) =>
    ALL_SHARDS.replace(job("COMPLETED", "0:0", "ArrayTaskId=2 "), job(state, exitCode, "ArrayTaskId=2 "));

  test.each([
    ["a notice of the site before the number", "You have used 88 % of your share.\n$job"],
    ["notices on both sides of it", "Welcome to 7.\n\n$job\nHave a nice day, see https://example.org/42"],
  ])("finds the job's number after %s", async (_, answer) => {
    const { exitCode, calls } = await slurm(GOOD, { 1: ALL_SHARDS, 2: job("COMPLETED") }, "", answer);
    expect(calls[1]).toContain("--dependency=afterok:1 ");
    expect(exitCode).toBe(0);
  });

  test("asks the cluster that took the jobs about them, and cancels there", async () => {
    const done = await slurm(GOOD, { 1: ALL_SHARDS, 2: job("COMPLETED") }, "", "$job;gpu");
    expect(done).toMatchObject({ exitCode: 0, clusters: ["cluster gpu"] });
    const lost = await slurm(GOOD, { 1: oneBad("FAILED", "0:9") }, "", "$job;gpu");
    expect(lost).toMatchObject({ exitCode: 4, clusters: ["cluster gpu"] });
    expect(lost.calls).toContain("scancel 2");
  });

  test("refuses an answer without a job's number, and shows it", async () => {
    const { exitCode, stderr, calls } = await slurm(GOOD, {}, "", "sbatch: try again later");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("sbatch gave no job number, it wrote: sbatch: try again later");
    expect(calls.length).toBe(1);
  });

  test.each([
    ["the merge's own code", 1, { 1: ALL_SHARDS, 2: job("FAILED", "1:0") }],
    ["the merge's own code", 3, { 1: ALL_SHARDS, 2: job("FAILED", "3:0") }],
    ["4 for a merge that never ran", 4, { 1: ALL_SHARDS, 2: job("CANCELLED") }],
    ["4 for a merge that was killed", 4, { 1: ALL_SHARDS, 2: job("FAILED", "0:9") }],
    ["4 for a shard that was killed", 4, { 1: oneBad("FAILED", "0:9") }],
    ["4 for a shard that failed, whatever its code", 4, { 1: oneBad("FAILED", "1:0") }],
    ["4 for a shard out of time", 4, { 1: oneBad("TIMEOUT", "0:15") }],
    ["4 for a shard out of memory", 4, { 1: oneBad("OUT_OF_MEMORY", "0:125") }],
    ["4 for a state that nobody knows", 4, { 1: oneBad("SOMETHING_NEW", "0:0") }],
    ["4 for jobs that Slurm forgot", 4, {}],
  ])("exits with %s: %i", async (_, code, jobs) => {
    const { exitCode, calls } = await slurm(GOOD, jobs);
    expect(exitCode).toBe(code);
    // a merge that can no more run is not left in the queue
    expect(calls.includes("scancel 2")).toBe(!(2 in jobs));
  });

  test.each([
    ["no number of shards", ["-o", "OUT", "--", "a"], "-n needs a number of shards"],
    ["no shards", ["-n", "0", "-o", "OUT", "--", "a"], "-n needs a number of shards from 1 to 9999, got '0'"],
    ["no folder", ["-n", "2", "--", "a"], "-o needs the folder"],
    ["no claims", ["-n", "2", "-o", "OUT"], "needs the suites or claims to run"],
    ["an unknown option", ["-x"], "there is no option -x"],
    ["an option without its value", ["-n"], "-n needs a value"],
    ["cores that are no number", ["-n", "2", "-o", "OUT", "-c", "all", "--", "a"], "-c needs a number of cores"],
    ["a shard of its own", [...GOOD, "--shard", "1/2"], "--shard is set by this script"],
    ["a folder of its own", [...GOOD, "--out=x"], "--out=x is set by this script"],
    ["a fresh seed", [...GOOD, "--seed", "fresh"], "a fresh seed would differ between shards"],
  ])("refuses %s before anything is submitted", async (_, words, message) => {
    const { exitCode, stderr, calls } = await slurm(words);
    expect(stderr).toContain(`slurm.sh: ${message}`);
    expect(exitCode).toBe(2);
    expect(calls).toEqual([]);
  });
});

test("the Kubernetes example says the same total three times, and its pods are the shards", () => {
  const text = readFileSync(join(CLUSTER, "kubernetes-job.yaml"), "utf8");
  const completions = Number(/^ {2}completions: (\d+)$/m.exec(text)![1]);
  expect(text).toContain("completionMode: Indexed");
  expect(text).toContain(`{ name: JOB_COMPLETIONS, value: "${completions}" }`);
  const indices = /for index in ([\d ]+);/.exec(text)![1]!.split(" ").map(Number);
  const shards = indices.map((index) =>
    shardNumber("auto", { JOB_COMPLETION_INDEX: String(index), JOB_COMPLETIONS: String(completions) }),
  );
  expect(shards.map(({ index }) => index)).toEqual(Array.from({ length: completions }, (_, at) => at + 1));
});
