/** The one path that a script is given, else `usual`. Ends the process with status 2 for an option or a second word: neither is a path. */
export function pathArgument(script, usual) {
  const words = process.argv.slice(2);
  const [path = usual] = words;
  if (path !== undefined && words.length < 2 && !path.startsWith("-")) return path;
  console.error(`${script} requires one path to write to and has no options, got ${words.join(" ") || "nothing"}`);
  process.exit(2);
}
