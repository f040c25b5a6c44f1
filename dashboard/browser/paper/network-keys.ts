import type { Node } from "./network-layout.js";

interface Network {
  readonly nodes: readonly Node[];
  readonly choose: (node: Node) => void;
  readonly zoomBy: (how: string) => void;
  readonly moved: () => void;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const STEP = 16;
/** Being off to the side counts so much more than being far ahead. */
const SIDEWAYS = 2;

/** One node is in the tab order; arrows go on from it, Shift with an arrow moves it, + − 0 zoom. */
export function enableKeys(elements: readonly SVGGElement[], network: Network): void {
  elements.forEach((element, at) => {
    const node = network.nodes[at]!;
    element.addEventListener("keydown", (event) => {
      const direction = DIRECTIONS[event.key];
      if (direction && event.shiftKey) move(node, direction, network);
      else if (direction) focus(elements, next(node, direction, network.nodes));
      else if (event.key === "Enter" || event.key === " ") network.choose(node);
      else if (event.key === "+" || event.key === "=") network.zoomBy("in");
      else if (event.key === "-") network.zoomBy("out");
      else if (event.key === "0") network.zoomBy("reset");
      else return;
      event.preventDefault();
    });
  });
}

function move(node: Node, [dx, dy]: readonly [number, number], { moved }: Network): void {
  node.fx = node.x + STEP * dx;
  node.fy = node.y + STEP * dy;
  moved();
}

/** The nearest node in a direction; the node itself where there is none. */
function next(from: Node, [dx, dy]: readonly [number, number], nodes: readonly Node[]): number {
  const distances = nodes.map((node) => {
    const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    return node === from || ahead <= 0 ? Number.POSITIVE_INFINITY : ahead + SIDEWAYS * aside;
  });
  const nearest = Math.min(...distances);
  return Number.isFinite(nearest) ? distances.indexOf(nearest) : nodes.indexOf(from);
}

function focus(elements: readonly SVGGElement[], at: number): void {
  elements.forEach((element, index) => {
    element.setAttribute("tabindex", index === at ? "0" : "-1");
  });
  elements[at]?.focus();
}
