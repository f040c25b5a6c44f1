import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds suites, baselines and this dashboard. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
