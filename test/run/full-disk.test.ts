import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { CHILD, type ChildAnswer, freshFolder, runChild } from "./fixture-run.ts";

const RUN_MILLISECONDS = 120_000;

/**
 * Runs the child in a namespace of its own where `folder` is a small file system, and copies what lies there to `kept` when
 * it has ended. Needs unprivileged user namespaces; where they are forbidden the test fails and says so.
 */
async function runOnSmallDisk(folder: string, mount: string, options: object): Promise<ChildAnswer & { kept: string }> {
  const kept = freshFolder();
  mkdirSync(folder, { recursive: true });
  const script = `mount -t tmpfs ${mount} none "$1" || exit 99; node "$2" "$3"; cp -r "$1/." "$4"`;
  const { stdout, exitCode, stderr } = await execa(
    "unshare",
    ["-rm", "bash", "-c", script, "bash", folder, CHILD, JSON.stringify(options), kept],
    { reject: false },
  );
  if (exitCode === 99 || !stdout) throw new Error(`unshare -rm with a tmpfs is required for this test: ${stderr}`);
  return { ...(JSON.parse(stdout) as ChildAnswer), kept };
}

test(
  "a store that is full stops the run with one clear error, and what was stored by then is used by the next run",
  async () => {
    const folder = freshFolder();
    const store = join(folder, "store");
    // 16 pages of 4 KiB: room for some chunks of 64 replicates (1 KiB of samples each, a page at least) and not for all.
    const options = { suite: "sound", store, out: join(folder, "out") };
    const answer = await runOnSmallDisk(store, "-o size=64k", options);
    expect(answer.error).toBe("StoreError");
    expect(answer.message).toMatch(/^sample store cannot write .*\.f64: no space is left on the device$/);
    const resumed = await runChild({ ...options, store: answer.kept, resume: true });
    const whole = await runChild({ suite: "sound", store: freshFolder(), out: join(folder, "whole") });
    expect(resumed.evidence).toBe(whole.evidence);
  },
  RUN_MILLISECONDS,
);

test(
  "a result folder that is full is one clear error, and the samples are in the store",
  async () => {
    const folder = freshFolder();
    const out = join(folder, "out");
    const store = join(folder, "store");
    const answer = await runOnSmallDisk(out, "-o size=16k", { suite: "sound", store, out });
    expect(answer.error).toMatch(/^(ResultFileError|JournalError)$/);
    expect(answer.message).toContain("no space is left on the device");
    const { computed, found } = await runChild({ suite: "sound", store, out: join(folder, "next") });
    expect(found).toBeGreaterThan(computed!);
  },
  RUN_MILLISECONDS,
);

test("a read-only result folder is one clear error", async () => {
  const folder = freshFolder();
  const out = join(folder, "out");
  const answer = await runOnSmallDisk(out, "-o ro", { suite: "sound", store: join(folder, "store"), out });
  expect(answer.message).toBe(`output directory ${out} cannot be written: the file system is read-only`);
});

test(
  "a store that may not be written is used for what it has, and the run goes on without keeping the rest",
  async () => {
    const folder = freshFolder();
    const options = { suite: "sound", store: join(folder, "store"), out: join(folder, "out") };
    const answer = await runOnSmallDisk(options.store, "-o ro", options);
    const whole = await runChild({ suite: "sound", store: freshFolder(), out: join(folder, "whole") });
    expect(answer.evidence).toBe(whole.evidence);
  },
  RUN_MILLISECONDS,
);

test("a store below a file is one clear error", async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "file"), "");
  const answer = await runChild({ suite: "sound", store: join(folder, "file/store"), out: join(folder, "out") });
  expect(answer).toMatchObject({ error: "StoreError", message: expect.stringContaining("not a directory") });
});
