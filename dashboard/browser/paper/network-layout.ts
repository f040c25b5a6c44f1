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

/** Strengths of the forces, chosen by eye: no label on another at 1280 and at 390 pixels. */
const WIDE = { link: 0.2, charge: -400, side: 0.16, topic: 0.16, level: 0.07 } as const;
const TALL = { link: 0.05, charge: -330, side: 0.3, topic: 0.015, level: 0.16 } as const;

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
  const [along, across] = tall ? [forceY, forceX] : [forceX, forceY];
  const pull = tall ? TALL : WIDE;
  const simulation = forceSimulation(nodes)
    .force(
      "link",
      forceLink(links)
        .distance(reach * 0.75)
        .strength(pull.link),
    )
    .force("charge", forceManyBody().strength(pull.charge))
    .force(
      "side",
      along(({ work }: Node) => SIDE[work.relation] * reach * 1.3).strength(({ work }: Node) =>
        work.relation === "same-topic" ? pull.topic : pull.side,
      ),
    )
    .force("level", across<Node>(0).strength(pull.level))
    .force("apart", forceCollide(tall ? 36 : 47))
    .stop();
  simulation.tick(SETTLED);
  return { nodes, links, simulation };
}
