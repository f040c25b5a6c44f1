import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

test("the Python package passes its own tests", async () => {
  const env = { PYTHONPATH: "python", PYTHONDONTWRITEBYTECODE: "1" };
  const { stderr } = await execa("python3", ["-m", "unittest", "discover", "python/tests"], { cwd: root, env });
  expect(stderr).toMatch(/^Ran ([1-9]\d*) tests/m);
  expect(stderr).toMatch(/^OK$/m);
});
