import { agreementPages } from "./pages/agreement-page.ts";
import { claimPages } from "./pages/claim/claim-page.ts";
import { comparePages } from "./pages/compare-page.ts";
import { enginesPages } from "./pages/engines/engines-page.ts";
import { historyPages } from "./pages/history/history-page.ts";
import { interpretingPages } from "./pages/interpreting-page.ts";
import { mutantsPages } from "./pages/mutants-page.ts";
import { overviewPages } from "./pages/overview/overview-page.ts";
import { paperPages } from "./pages/paper/paper-page.ts";
import { picturesPages } from "./pages/pictures/pictures-page.ts";
import { runPages } from "./pages/run-page.ts";
import { speedPages } from "./pages/speed/speed-page.ts";
import type { PageKind } from "./site.ts";

/** Every kind of page, in the order of the sidebar: files, entries of the sidebar, bundled modules and tests follow from it. */
export const PAGES: readonly PageKind[] = [
  overviewPages,
  paperPages,
  picturesPages,
  claimPages,
  comparePages,
  historyPages,
  enginesPages,
  speedPages,
  runPages,
  interpretingPages,
  agreementPages,
  mutantsPages,
];
