import { forceCollide, forceManyBody, forceSimulation, forceX, forceY, type Simulation } from "d3";
import type { Work } from "./citation-data.js";

export interface Node {
  readonly work: Work;
  x: number;
  y: number;
  fx?: number | null;
  fy?: number | null;
}

export interface Link {
  readonly source: Node;
  readonly target: Node;
}

export interface Layout {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  readonly simulation: Simulation;
}

/** Ticks after which the drawing has settled. */
const SETTLED = 300;

/** Strengths of the forces, chosen by eye: no label on another at 1280 and at 390 pixels. */
const WIDE = { charge: -220, year: 0.35, level: 0.14, apart: 64 } as const;
const TALL = { charge: -220, year: 0.35, level: 0.2, apart: 36 } as const;

/**
 * Works in the order of their years, the older ones on the left of the paper (above it on a tall drawing), the newer ones on the
 * right, and a link where one is known to cite the other. The same at each visit, as d3-force draws no random numbers.
 */
export function layoutOf(
  works: readonly Work[],
  { width, height }: { readonly width: number; readonly height: number },
): Layout {
  const tall = height > width;
  const reach = (tall ? height : Math.min(width, height * 2.2)) * 0.44;
  const placeOf = placesOfYears(works);
  const nodes = works.map((work, index): Node => ({ work, x: reach * Math.cos(index), y: reach * Math.sin(index) }));
  const paper = nodes.find(({ work }) => work.relation === "paper")!;
  const atItsYear = reach * placeOf(paper.work);
  Object.assign(paper, tall ? { fx: 0, fy: atItsYear } : { fx: atItsYear, fy: 0 });
  const [along, across] = tall ? [forceY, forceX] : [forceX, forceY];
  const pull = tall ? TALL : WIDE;
  const simulation = forceSimulation(nodes)
    .force("charge", forceManyBody().strength(pull.charge))
    .force("year", along(({ work }: Node) => reach * placeOf(work)).strength(pull.year))
    .force("level", across<Node>(0).strength(pull.level))
    .force("apart", forceCollide(pull.apart))
    .stop();
  simulation.tick(SETTLED);
  return { nodes, links: linksOf(nodes, paper), simulation };
}

/** No link where no citation is known: a line would say that there is one. */
function linksOf(nodes: readonly Node[], paper: Node): readonly Link[] {
  return nodes.flatMap((node): readonly Link[] => {
    if (node.work.relation === "cites") return [{ source: node, target: paper }];
    return node.work.relation === "referenced" ? [{ source: paper, target: node }] : [];
  });
}

/** From -1, the first year, to 1, the last; years without a work take no room. */
function placesOfYears(works: readonly Work[]): (work: Work) => number {
  const years = [...new Set(works.map(({ year }) => year))].sort((a, b) => a - b);
  return ({ year }) => (years.length < 2 ? 0 : (2 * years.indexOf(year)) / (years.length - 1) - 1);
}
