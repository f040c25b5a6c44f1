import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

test("the page of sizes says what every claim takes and needs at the full tier", async () => {
  const script = fileURLToPath(new URL("../scripts/write-sizes.mjs", import.meta.url));
  const { exitCode, stderr } = await execa(process.execPath, [script, "--check"], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
