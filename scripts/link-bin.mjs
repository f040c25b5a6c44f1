// Makes `npx --no -- plateau` work in a clone, as it does where the package is installed: npm links the commands of
// dependencies only. On Windows, where npm writes shims instead of links, use `node dist/src/cli/main.js`.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";

const MAIN = "dist/src/cli/main.js";
const LINK = "node_modules/.bin/plateau";

chmodSync(MAIN, 0o755);
if (process.platform !== "win32") {
  mkdirSync("node_modules/.bin", { recursive: true });
  rmSync(LINK, { force: true });
  symlinkSync(`../../${MAIN}`, LINK);
}
