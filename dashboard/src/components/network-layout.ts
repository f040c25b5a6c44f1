import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation } from "d3";
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
/** What cites stands on the right of the paper (below it on a tall drawing), what it references on the left, the rest around it. */
const SIDE: Readonly<Record<Work["relation"], number>> = { paper: 0, cites: 1, referenced: -1, "same-topic": 0 };

/** The paper in the middle and a link from it to each work; the same at each visit, as d3-force draws no random numbers. */
export function layoutOf(
  works: readonly Work[],
  { width, height }: { readonly width: number; readonly height: number },
): Layout {
  const tall = height > width;
  const reach = tall ? height * 0.3 : Math.min(width, height * 1.7) * 0.3;
  const nodes = works.map((work, index): Node => ({ work, x: reach * Math.cos(index), y: reach * Math.sin(index) }));
  const paper = nodes.find(({ work }) => work.relation === "paper")!;
  paper.fx = 0;
  paper.fy = 0;
  const others = nodes.filter((node) => node !== paper);
  const links = others.map(
    (node): Link =>
      node.work.relation === "cites" ? { source: node, target: paper } : { source: paper, target: node },
  );
  const simulation = forceSimulation(nodes)
    .force(
      "link",
      forceLink(links)
        .distance(reach * 0.75)
        .strength(0.25),
    )
    .force("charge", forceManyBody().strength(tall ? -460 : -380))
    .force(
      "side",
      (tall ? forceY : forceX)(({ work }: Node) => SIDE[work.relation] * reach * 1.3).strength(tall ? 0.2 : 0.16),
    )
    .force("level", (tall ? forceX : forceY)(0).strength(tall ? 0.06 : 0.07))
    .force("apart", forceCollide(tall ? 42 : 36))
    .stop();
  simulation.tick(SETTLED);
  return { nodes, links, simulation };
}
