import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MeasuredMutant, readMeasuredMutants } from "../../../src/gate/mutants/mutant.ts";
import { packageRoot } from "../../../src/project/roots.ts";
import { badge } from "../html/badges.ts";
import { page } from "../html/page.ts";
import { table } from "../html/parts.ts";
import { type Content, type Html, html } from "../html/template.ts";
import type { PageKind, Site } from "../site.ts";

const MEASURED = join(packageRoot(), "docs/mutants.json");

/** Which planted faults were found, and by what: a document of the repository that a run over all of them leaves. */
export const mutantsPages: PageKind = {
  path: "mutants",
  entries: (site) => (isShown(site) ? [{ name: "Planted faults", path: "/mutants" }] : []),
  files: (site) => {
    if (!isShown(site)) return [];
    const mutants = readMeasuredMutants(readFileSync(MEASURED, "utf8"));
    return [{ path: "mutants.md", content: mutantsPage(mutants, site) }];
  },
};

/** They are faults of this package: another project's pages do not speak of them. */
function isShown({ ownEngines }: Site): boolean {
  return ownEngines && existsSync(MEASURED);
}

function mutantsPage(mutants: readonly MeasuredMutant[], site: Site): string {
  const killed = mutants.filter(({ state }) => state === "killed").length;
  const areas = [...new Set(mutants.map(({ area }) => area))];
  return page({ title: "Planted faults", toc: true }, [
    html`<h1>Would a fault be found?</h1>
<p class="lead">${mutants.length} faults were planted in this program, one at a time: in what draws and computes networks, in the experiments, in the judges and in what makes a verdict of them. Each names beforehand the claim or the file of tests that must turn red. <b>${killed} of ${mutants.length}</b> did.</p>
<p>What is named knows the right value by itself, from a loop written out, a published number or an exact law, and no accepted result: a fault that was there when results were accepted would have been found as well. Every night three of them, chosen at random, are planted again.</p>`,
    ...areas.map((area) => areaSection(area, mutants, site)),
  ]);
}

function areaSection(area: string, mutants: readonly MeasuredMutant[], site: Site): Html {
  const rows = mutants
    .filter((mutant) => mutant.area === area)
    .map(({ fault, guards, killer, state, commit }): readonly Content[] => [
      fault,
      guards,
      killerCell(killer, site),
      state === "killed"
        ? badge("good", "✓", "found")
        : badge("bad", "✗", state === "survived" ? "not found" : "unsound"),
      commit === undefined ? "not written down" : html`<code>${commit.slice(0, 7)}</code>`,
    ]);
  return html`<h2>${area[0]!.toUpperCase()}${area.slice(1)}</h2>
<div class="faults">${table(["fault", "of", "what has to find it", "found", "commit"], rows, area)}</div>`;
}

function killerCell(killer: MeasuredMutant["killer"], { slugs }: Site): Content {
  if ("test" in killer) return html`<code>${killer.test}</code>`;
  const slug = slugs.get(killer.claim);
  return slug === undefined ? killer.claim : html`<a href="./claims/${slug}">${killer.claim}</a>`;
}
