/** Installs Node 22 and 24 (374 MB, 10 to 15 s) beside this file; does nothing when they are there, or off Linux x64. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

if (process.platform !== "linux" || process.arch !== "x64") {
  console.log(`node matrix: packages exist for linux x64 only, this is ${process.platform} ${process.arch}`);
} else if (!isInstalled()) {
  console.log("node matrix: installing Node 22 and 24 (374 MB)");
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
  if (!isInstalled()) throw new Error("node matrix: npm ci left another version than package.json pins");
}

function isInstalled() {
  const { devDependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  return Object.entries(devDependencies).every(([name, pinned]) => pinned.endsWith(`@${installedVersion(name)}`));
}

/** What the binary itself says: an interrupted install has the folder, not the file. */
function installedVersion(name) {
  try {
    return execFileSync(`${folder}node_modules/${name}/bin/node`, ["--version"], { encoding: "utf8" }).trim().slice(1);
  } catch {
    return "none";
  }
}
