import { createColors } from "picocolors";
import { sanitise } from "../report/sanitise.ts";
import { wrap } from "../report/wrap.ts";
import { selectClaims } from "./claim-names.ts";
import { defineCommand } from "./command.ts";
import { EXIT } from "./exit-code.ts";
import { type KnownClaim, knownClaims } from "./known-claims.ts";
import { findRoots } from "./roots.ts";

export default defineCommand({
  name: "list",
  summary: "Suites and claims: their names, what each says, and whether the paper states it or we derived it.",
  usage: "list [suite|claim…] [options]",
  examples: [
    { command: "list", does: "everything" },
    { command: "list escape --json", does: "one suite, for programs" },
  ],
  options: {},
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async ({ values, positionals }, io) => {
    const all = await knownClaims(findRoots(values.root, io).suites);
    const claims = positionals.length === 0 ? all : selectClaims(positionals, all);
    io.stdout(values.json ? `${JSON.stringify(listData(claims), null, 2)}\n` : listText(claims, io));
    return EXIT.holds;
  },
});

function listData(claims: readonly KnownClaim[]): unknown {
  return claims.map(({ claim, suite, share }) => ({
    id: claim.id,
    suite: suite.name,
    title: claim.title,
    statement: claim.statement,
    source: claim.source,
    share,
    tiers: Object.keys(claim.tiers),
    grid: claim.grid,
    controls: claim.controls.map(({ breaks }) => breaks),
  }));
}

function listText(
  claims: readonly KnownClaim[],
  { columns, color }: { readonly columns: number; readonly color: boolean },
): string {
  const colors = createColors(color);
  const suites = [...new Set(claims.map(({ suite }) => suite))];
  const blocks = suites.map((suite) => {
    const own = claims.filter((each) => each.suite === suite);
    const lines = own.flatMap(({ claim }) => [
      `  ${sanitise(claim.id)} ${colors.dim(claim.source.grade)}`,
      ...wrap(sanitise(claim.title), columns - 6).map((line) => `      ${line}`),
    ]);
    const noun = own.length === 1 ? "1 claim" : `${own.length} claims`;
    return [`${colors.bold(sanitise(suite.name))}: ${sanitise(suite.title)} (${noun})`, ...lines, ""].join("\n");
  });
  const foot = "stated: the paper's abstract says it; derived: our consequence of what it says\n";
  return `${[...blocks, ...wrap(foot.trim(), columns)].join("\n")}\n`;
}
