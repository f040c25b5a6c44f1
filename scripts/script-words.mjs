import { basename } from "node:path";
import { parseArgs } from "node:util";

/**
 * What a script was asked: its options and its other words. `--help` prints `usage` and ends the process with status 0. For an option that
 * it has not, and for fewer or more words than it takes, it ends with status 2, what was got and the usage: nothing has been done by then.
 * @param {string} usage what the script does, and its words: `write-sizes.mjs [--check]`
 * @param {{ options?: import("node:util").ParseArgsConfig["options"], least?: number, most?: number, args?: string[] }} takes
 */
export function scriptWords(usage, { options = {}, least = 0, most = 0, args = process.argv.slice(2) } = {}) {
  const { values, positionals } = parsed(args, options, usage);
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  if (positionals.length > most) misuse(`one word too many, ${positionals[most]}`, usage);
  if (positionals.length < least) misuse(positionals.length === 0 ? "nothing" : positionals.join(" "), usage);
  return { values, words: positionals };
}

/** Ends the process with status 2: what was got, and what is needed. */
export function misuse(got, usage) {
  console.error(`${basename(process.argv[1])} got ${got}, needed: ${usage}`);
  process.exit(2);
}

/** What a script was told to take, where that is one of those that there are. */
export function oneOf(word, known, usage) {
  if (!known.includes(word)) misuse(`${word}, which is none of ${known.join(" ")}`, usage);
  return word;
}

function parsed(args, options, usage) {
  try {
    return parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } }, allowPositionals: true });
  } catch (error) {
    if (!`${error.code}`.startsWith("ERR_PARSE_ARGS")) throw error;
    return misuse(`a wrong option (${error.message.split(". ")[0]})`, usage);
  }
}
