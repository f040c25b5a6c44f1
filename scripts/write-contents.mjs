// Writes what the package brings along as a CycloneDX list: its dependencies, and the development dependencies whose code the
// build bundles into dist (scripts/vendor-packages.mjs).
import { writeFile } from "node:fs/promises";
import { execa } from "execa";
import { scriptWords } from "./script-words.mjs";

const BUNDLED = /^@stdlib\//;

const {
  words: [path],
} = scriptWords("write-contents.mjs FILE writes the list there", { least: 1, most: 1 });
const everything = await contents([]);
const installed = await contents(["--omit", "dev"]);
const kept = new Set(installed.components.map((component) => component["bom-ref"]));
for (const component of everything.components) if (isBundled(component)) kept.add(component["bom-ref"]);
const root = installed.metadata.component["bom-ref"];
const list = {
  ...everything,
  components: everything.components.filter((component) => kept.has(component["bom-ref"])),
  dependencies: everything.dependencies
    .filter(({ ref }) => ref === root || kept.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn?.filter((ref) => kept.has(ref)) })),
};
await writeFile(path, `${JSON.stringify(list, null, 2)}\n`);

async function contents(words) {
  const { stdout } = await execa("npm", ["sbom", "--sbom-format", "cyclonedx", ...words]);
  return JSON.parse(stdout);
}

function isBundled({ name, group }) {
  return BUNDLED.test(group === undefined ? name : `${group}/${name}`);
}
