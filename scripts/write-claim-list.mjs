// Writes the list of claims beside the compiled suites, so that `plateau list` need not import them. After a build.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { claimListPath, claimListText } from "../dist/src/cli/claim-list.js";

const root = fileURLToPath(new URL("../dist/", import.meta.url));
writeFileSync(claimListPath(root), await claimListText(root));
