import { relative, resolve, sep } from "node:path";
import { initProject, type NewPaper } from "../../project/init/init-project.ts";
import { packageRoot } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { stripsTypes } from "../../run/plan/module-files.ts";
import { defineCommand } from "../arguments/command.ts";
import { oneOf, parseCount } from "../arguments/option-values.ts";
import { UsageError } from "../errors.ts";
import { version } from "../version.ts";

/** Part of claims' ids, and the name of a folder. */
const NAME = /^[a-z][a-z0-9-]*$/;
/** No paper is of a later year than this. */
const LAST_YEAR = 9999;

export default defineCommand({
  name: "init",
  summary:
    "Begin a project in the current folder, or that of --root: a claim that holds, its control, a suite and a workflow.",
  usage: "init PAPER [options]",
  notes: [
    "Asks nothing. In a repository with files of its own it adds to .gitignore and package.json, leaves README.md, plateau.json and tsconfig.json as they are, and refuses by name whatever else it would write over; then nothing is written.",
    "The language is TypeScript where this Node loads it (22.18 and later), else JavaScript: the text is the same.",
  ],
  examples: [
    { command: "init glorot2010", does: "a first claim for that paper" },
    { command: "init glorot2010 --python", does: "whose experiments are Python programs" },
    { command: "init glorot2010 --recorded", does: "whose numbers exist and are judged as they are" },
    { command: 'init curie1903 --title "Radioactive substances" --year 1903', does: "with what its pages are called" },
  ],
  options: {
    title: { type: "string", placeholder: "TEXT", description: "the paper's title (default: its name)" },
    authors: { type: "string", placeholder: "NAMES", description: "with commas between them" },
    year: { type: "string", placeholder: "YEAR", description: "of the paper (default: this one)" },
    url: { type: "string", placeholder: "URL", description: "where the paper is" },
    language: { type: "string", placeholder: "NAME", description: "of claims: typescript or javascript" },
    recorded: { type: "boolean", description: "with results that exist: a CSV, a row a seed; nothing is run" },
    python: { type: "boolean", description: "with an experiment that is a Python program (numpy)" },
  },
  positionals: { min: 1, max: 1, what: "the name of the paper" },
  run: async ({ values, positionals }, io) => {
    const [name = ""] = positionals;
    if (!NAME.test(name)) {
      throw new UsageError(`init needs a name of small letters, digits and dashes, such as curie1903, got ${name}`);
    }
    const paper: NewPaper = {
      name,
      title: values.title?.trim() || name,
      authors: (values.authors ?? "").split(",").flatMap((author) => author.trim() || []),
      year: values.year === undefined ? io.now().getUTCFullYear() : parseCount("--year", values.year, LAST_YEAR),
      url: values.url,
      language: languageOf(values.language),
      experiment: experimentOf(values),
    };
    const folder = resolve(io.cwd, values.root ?? ".");
    const done = initProject(folder, paper, dependency(folder));
    io.stdout(values.json ? `${JSON.stringify(done, null, 2)}\n` : initText(done, name));
    return EXIT.holds;
  },
});

function experimentOf(flags: { readonly python: boolean; readonly recorded: boolean }): NewPaper["experiment"] {
  if (flags.python && flags.recorded)
    throw new UsageError("init needs one kind of experiment, got --python and --recorded");
  if (flags.python) return "python";
  return flags.recorded ? "recorded" : "script";
}

function languageOf(named: string | undefined): NewPaper["language"] {
  if (named === undefined) return stripsTypes() ? "typescript" : "javascript";
  return oneOf("--language", named, ["typescript", "javascript"] as const);
}

/**
 * Where `npm install` gets plateau from. Not from a registry where this program does not come from one: the name may be a
 * stranger's there.
 */
function dependency(folder: string): string {
  const root = packageRoot();
  return root.split(sep).includes("node_modules") ? `^${version()}` : `file:${relative(folder, root) || "."}`;
}

function initText({ written, kept }: ReturnType<typeof initProject>, name: string): string {
  return [
    ...written.map((path) => `  wrote  ${path}`),
    ...kept.map((path) => `  left   ${path} as it is`),
    "",
    "Next:",
    "  npm install",
    `  npx --no -- plateau run ${name}`,
    '  git add . && git commit -m "Claims"',
    '  npx --no -- plateau run && npx --no -- plateau accept --reason "first baselines"',
    "",
  ].join("\n");
}
