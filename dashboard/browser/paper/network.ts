import {
  drag,
  select,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
  zoom,
  zoomIdentity,
} from "d3";
import type { Invalidation } from "../frame/chart-frame.js";
import { makeSortable } from "../frame/sortable.js";
import { setQuery } from "../frame/url-state.js";
import { RELATION_WORDS, type Relation, shortName, type Work } from "./citation-data.js";
import { enableKeys } from "./network-keys.js";
import { type Link, layoutOf, type Node } from "./network-layout.js";
import { enableSearch, showDetails } from "./work-details.js";

interface Paper {
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly works: readonly Work[];
}

const HEIGHT = 540;
/** On a phone the sides stand above and below the paper. */
const TALL = 680;
const NARROW = 560;
/** Room around the outermost nodes for their labels. */
const ROOM = { x: 62, y: 36 } as const;
const SHAPES = {
  paper: symbolSquare,
  cites: symbolCircle,
  referenced: symbolDiamond,
  "same-topic": symbolTriangle,
} as const;
const AREA: Readonly<Record<Relation, number>> = { paper: 620, cites: 300, referenced: 260, "same-topic": 190 };
/** How far one may zoom out and in. */
const ZOOM: readonly [number, number] = [0.4, 4];
const STEP = 1.4;

/** The paper and the works around it: hover, focus, click, drag, zoom; all of it by keyboard too. */
export function drawNetwork(paper: Paper, invalidation: Invalidation): void {
  const holder = document.querySelector<HTMLElement>("#network-view");
  const details = document.querySelector<HTMLElement>("#network-details");
  if (holder === null || details === null) return;
  const works: readonly Work[] = [
    {
      id: "paper",
      title: paper.title,
      authors: paper.authors,
      year: paper.year,
      url: null,
      relation: "paper",
      basis: "",
      claim: null,
    },
    ...paper.works,
  ];
  const width = Math.max(300, holder.clientWidth);
  const height = width < NARROW ? TALL : HEIGHT;
  const layout = layoutOf(works, { width, height });
  const svg = select(holder)
    .append("svg")
    .attr("viewBox", viewBoxOf(layout.nodes, width, height))
    .attr("height", height)
    .attr("role", "group")
    .attr("aria-label", "Citation network")
    .attr("aria-describedby", "network-help");
  arrowHead(svg);
  const ground = svg.append("g");
  const links = ground
    .append("g")
    .selectAll("line")
    .data(layout.links)
    .join("line")
    .attr(
      "class",
      ({ source, target }: Link) => `link ${(source.work.relation === "paper" ? target : source).work.relation}`,
    )
    .attr("marker-end", "url(#arrow)");
  const nodes = ground
    .append("g")
    .selectAll("g")
    .data(layout.nodes)
    .join("g")
    .attr("class", ({ work }: Node) => `node ${work.relation}`)
    .attr("data-id", ({ work }: Node) => work.id)
    .attr("role", "button")
    .attr("tabindex", ({ work }: Node) => (work.relation === "paper" ? 0 : -1))
    .attr("aria-label", ({ work }: Node) => `${work.title}, ${work.year}, ${RELATION_WORDS[work.relation]}`);
  nodes
    .append("path")
    .attr("class", ({ work }: Node) => `node-${work.relation}`)
    .attr("d", ({ work }: Node) => symbol(SHAPES[work.relation], AREA[work.relation])());
  nodes
    .append("text")
    .attr("dy", ({ work }: Node) => (work.relation === "paper" ? 30 : work.relation === "referenced" ? 27 : 22))
    .text(({ work }: Node) => shortName(work, height > width));

  const place = () => {
    links
      .attr("x1", (link: Link) => trimmed(link)[0].x)
      .attr("y1", (link: Link) => trimmed(link)[0].y)
      .attr("x2", (link: Link) => trimmed(link)[1].x)
      .attr("y2", (link: Link) => trimmed(link)[1].y);
    nodes.attr("transform", ({ x, y }: Node) => `translate(${x},${y})`);
  };
  layout.simulation.on("tick", place);
  place();

  const label = titleLabel(holder);
  const choose = (node: Node) => {
    nodes.classed("chosen", (other: Node) => other === node);
    showDetails(details, node.work);
    setQuery("work", node.work.id);
  };
  nodes
    .on("pointerenter focus", (event: Event, node: Node) => label.show(node.work.title, event.currentTarget as Element))
    .on("pointerleave blur", () => label.hide())
    .on("click", (_: Event, node: Node) => choose(node));
  const stopDragging = () => layout.simulation.alphaTarget(0);
  nodes.call(
    drag<Node>()
      .on("start", () => layout.simulation.alphaTarget(0.2).restart())
      .on("drag", (event, node) => {
        Object.assign(node, { fx: event.x, fy: event.y });
        label.hide();
      })
      .on("end", stopDragging),
  );
  const zooming = zoom()
    .scaleExtent(ZOOM)
    // A page that scrolls is not to be caught by the drawing: the wheel zooms with Ctrl only.
    .filter((event) => !event.button && (event.type !== "wheel" || event.ctrlKey))
    .on("zoom", ({ transform }) => ground.attr("transform", String(transform)));
  svg.call(zooming).on("dblclick.zoom", null);
  const zoomBy = (how: string) => {
    if (how === "reset") svg.call(zooming.transform, zoomIdentity);
    else svg.call(zooming.scaleBy, how === "in" ? STEP : 1 / STEP);
  };
  for (const button of holder.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
    button.onclick = () => zoomBy(button.dataset["zoom"]!);
  }
  enableKeys(nodes.nodes(), {
    nodes: layout.nodes,
    choose,
    zoomBy,
    moved: () => layout.simulation.alpha(0.1).restart(),
  });

  const linked = new URLSearchParams(location.search).get("work");
  const found = layout.nodes.find(({ work }) => work.id === linked);
  if (found) choose(found);
  enableSearch(paper.works.length);
  makeSortable([...document.querySelectorAll<HTMLTableElement>("#citation-table")]);
  invalidation.then(() => {
    layout.simulation.stop();
    svg.remove();
  });
}

/** All nodes with their labels, and no less than the drawing's own size. */
function viewBoxOf(nodes: readonly Node[], width: number, height: number): string {
  const reach = (of: (node: Node) => number, room: number) =>
    2 * (Math.max(...nodes.map((node) => Math.abs(of(node)))) + room);
  const [across, down] = [
    Math.max(
      width,
      reach(({ x }) => x, ROOM.x),
    ),
    Math.max(
      height,
      reach(({ y }) => y, ROOM.y),
    ),
  ];
  return `${-across / 2} ${-down / 2} ${across} ${down}`;
}

function arrowHead(svg: ReturnType<typeof select>): void {
  svg
    .append("defs")
    .append("marker")
    .attr("id", "arrow")
    .attr("viewBox", "0 -4 8 8")
    .attr("refX", 8)
    .attr("markerWidth", 7)
    .attr("markerHeight", 7)
    .attr("orient", "auto")
    .append("path")
    .attr("d", "M0,-4L8,0L0,4")
    .attr("class", "arrow");
}

/** A link from edge to edge of its nodes, so that its arrow is seen. */
function trimmed({ source, target }: Link) {
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const length = Math.hypot(dx, dy) || 1;
  const room = ({ work }: Node) => (work.relation === "paper" ? 17 : 12);
  const at = (node: Node, distance: number) => ({
    x: node.x + (dx / length) * distance,
    y: node.y + (dy / length) * distance,
  });
  return [at(source, room(source)), at(target, -room(target))] as const;
}

/** The title of a work, shown while its node is pointed at or focused. */
function titleLabel(holder: HTMLElement) {
  const label = document.createElement("div");
  label.className = "network-title";
  label.hidden = true;
  holder.append(label);
  return {
    show: (title: string, node: Element) => {
      label.textContent = title;
      label.hidden = false;
      const [box, frame] = [node.getBoundingClientRect(), holder.getBoundingClientRect()];
      const left = box.left + box.width / 2 - frame.left - label.offsetWidth / 2;
      label.style.left = `${Math.max(4, Math.min(left, frame.width - label.offsetWidth - 4))}px`;
      label.style.top = `${Math.max(4, box.top - frame.top - label.offsetHeight - 6)}px`;
    },
    hide: () => {
      label.hidden = true;
    },
  };
}
