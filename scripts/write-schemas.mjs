// Writes schemas/*.json from the compiled zod schemas. Run after a build; a test asserts that the committed files are these.
import { mkdirSync, writeFileSync } from "node:fs";
import { resultJsonSchema } from "../dist/src/run/files/result-file.js";
import { scriptWords } from "./script-words.mjs";

scriptWords("write-schemas.mjs writes schemas/; it takes nothing");

const folder = new URL("../schemas/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("result.schema.json", folder), `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
