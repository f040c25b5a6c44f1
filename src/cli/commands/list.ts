import { createColors } from "picocolors";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { sanitise } from "../../report/layout/sanitise.ts";
import { wrap } from "../../report/layout/wrap.ts";
import { selectClaims } from "../arguments/claim-names.ts";
import { defineCommand } from "../arguments/command.ts";
import { type ListedClaim, listedClaims } from "../claim-list.ts";

export default defineCommand({
  name: "list",
  summary: "Suites and claims: their names, what each says, and whether the paper states it or we derived it.",
  usage: "list [suite|claim…] [options]",
  examples: [
    { command: "list", does: "everything" },
    { command: "list SUITE --json", does: "one suite, for programs" },
  ],
  options: {},
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async ({ values, positionals }, io) => {
    const all = await listedClaims(findRoots(values.root, io).suites);
    const claims = positionals.length === 0 ? all : selectClaims(positionals, all);
    io.stdout(values.json ? `${JSON.stringify(listData(claims), null, 2)}\n` : listText(claims, io));
    return EXIT.holds;
  },
});

function listData(claims: readonly ListedClaim[]): unknown {
  return claims.map(({ claim: { id, title, statement, source, tiers, grid, controls }, suite, share }) => ({
    ...{ id, suite: suite.name, title, statement, source, share, tiers, grid, controls },
  }));
}

function listText(
  claims: readonly ListedClaim[],
  { columns, color }: { readonly columns: number; readonly color: boolean },
): string {
  const colors = createColors(color);
  const suites = new Map(claims.map(({ suite }) => [suite.name, suite]));
  const blocks = [...suites.values()].map(({ name, title }) => {
    const own = claims.filter(({ suite }) => suite.name === name);
    const lines = own.flatMap(({ claim }) => [
      `  ${sanitise(claim.id)} ${colors.dim(claim.source.grade)}`,
      ...wrap(sanitise(claim.title), columns - 6).map((line) => `      ${line}`),
    ]);
    const noun = own.length === 1 ? "1 claim" : `${own.length} claims`;
    return [`${colors.bold(sanitise(name))}: ${sanitise(title)} (${noun})`, ...lines, ""].join("\n");
  });
  const foot = "stated: the paper says it; derived: our consequence of what it says\n";
  return `${[...blocks, ...wrap(foot.trim(), columns)].join("\n")}\n`;
}
