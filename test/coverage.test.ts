import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

test("README says of each sentence of the abstract what was accepted at the full tier", async () => {
  const script = fileURLToPath(new URL("../scripts/write-coverage.mjs", import.meta.url));
  const { exitCode, stderr } = await execa(process.execPath, [script, "--check"], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
