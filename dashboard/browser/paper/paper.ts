import type { Invalidation } from "../frame/chart-frame.js";
import type { Work } from "./citation-data.js";
import { drawNetwork } from "./network.js";
import { drawTerms, type Term } from "./terms.js";

/** What the page of a paper draws; the site's generator writes one file of it a paper. */
interface PaperData {
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly works: readonly Work[];
  readonly terms: readonly Term[];
}

/** Draws what the page of a paper has a place for. */
export function drawPaper(paper: PaperData, invalidation: Invalidation): void {
  drawTerms(paper.terms, invalidation);
  drawNetwork(paper, invalidation);
}
