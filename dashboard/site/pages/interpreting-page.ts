import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/project/roots.ts";
import { documentPage } from "../html/page.ts";
import type { PageKind } from "../site.ts";

/** What verdicts mean: INTERPRETING.md as it is. */
export const interpretingPages: PageKind = {
  path: "interpreting",
  entries: () => [{ name: "How to read a verdict", path: "/interpreting" }],
  files: () => [
    {
      path: "interpreting.md",
      content: documentPage(
        { title: "How to read a verdict", toc: true },
        readFileSync(join(packageRoot(), "INTERPRETING.md"), "utf8"),
      ),
    },
  ],
};
