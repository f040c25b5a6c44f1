import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

test("the functions and constants of src/lab/wasm/kernel-functions.ts are those of the built kernels", async () => {
  const script = fileURLToPath(new URL("../scripts/write-kernel-functions.mjs", import.meta.url));
  const { exitCode, stderr } = await execa(process.execPath, [script, "--check"], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
