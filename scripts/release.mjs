// The last step of a release: publishes the built package with an attestation of its provenance. On anything but a tag it only
// shows what would be published. The tag has to name the version, and package.json the repository that the registry checks.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { scriptWords } from "./script-words.mjs";

scriptWords("release.mjs publishes the package, or shows what a tag would publish; it takes nothing");

const { version, repository } = JSON.parse(readFileSync("package.json", "utf8"));
const { GITHUB_REF_TYPE: kind, GITHUB_REF_NAME: name } = process.env;
const isRelease = kind === "tag";

if (isRelease && name !== `v${version}`)
  stop(`tag ${name} requires version ${name.slice(1)}, package.json has ${version}`);
if (isRelease && repository === undefined)
  stop("provenance requires the field repository of package.json, there is none");
const words = [
  "publish",
  "--provenance",
  "--ignore-scripts",
  "--access",
  "public",
  ...(isRelease ? [] : ["--dry-run"]),
];
process.exitCode = spawnSync("npm", words, { stdio: "inherit" }).status ?? 2;

function stop(message) {
  console.error(message);
  process.exit(2);
}
