import type { PlacedLayer } from "../../networks/layered-network.ts";
import {
  type Compilation,
  type CompiledLayer,
  nothing,
  openCotangent,
  openSignal,
  releaseCotangent,
  type Signal,
} from "../compiled-layer.ts";
import type { Groups } from "../primitives.ts";
import { groupsOf } from "./normalisation-groups.ts";

/**
 * y = s (x - mean), s = 1 / sqrt(variance + epsilon), in each group. With J a = s (a - mean(a) - y mean(a y)) the derivatives are
 * dx = J dy, y' = J x' and, along a direction, dx' = J dy' + s' / s dx - s (y' mean(dy y) + y mean(dy y')), where
 * s' = -s^2 mean(x' y).
 */
export function compileNormalisation(
  compilation: Compilation,
  layer: PlacedLayer,
  epsilon: number,
  input: Signal,
): CompiledLayer {
  const { primitives, memory, buffers, batch, order } = compilation;
  const groups = groupsOf(layer, batch);
  const { value: x, tangent: rx, wanted } = input;
  const output = openSignal(compilation, input.size, { wanted, dependent: rx >= 0, free: false });
  const { value: y, tangent: ry } = output;
  const perGroup = () => buffers.keep(groups.count);
  const scales = perGroup();
  const tangentMeans = order === 1 ? -1 : perGroup();
  const tangentProducts = order === 1 ? -1 : perGroup();

  return {
    output,
    forward: () => primitives.normaliseGroups(groups, x, y, epsilon, scales),
    tangentForward() {
      if (rx < 0) return;
      primitives.meansOfGroups(groups, rx, y, tangentMeans, tangentProducts);
      primitives.projectGroups(groups, rx, y, ry, scales, tangentMeans, tangentProducts);
    },
    wire(cotangent) {
      if (!wanted) return { input: undefined, backward: nothing, tangentBackward: nothing };
      const { value: dy, tangent: rdy } = cotangent;
      const dx = openCotangent(compilation, input.size);
      releaseCotangent(compilation, input.size, cotangent);
      const means = perGroup();
      const products = perGroup();
      const backward = () => {
        primitives.meansOfGroups(groups, dy, y, means, products);
        primitives.projectGroups(groups, dy, y, dx.value, scales, means, products);
      };
      if (order === 1) return { input: dx, backward, tangentBackward: nothing };
      const movedMeans = perGroup();
      const movedProducts = perGroup();
      return {
        input: dx,
        backward,
        tangentBackward() {
          primitives.meansOfGroups(groups, rdy, y, movedMeans, movedProducts);
          primitives.projectGroups(groups, rdy, y, dx.tangent, scales, movedMeans, movedProducts);
          primitives.meansOfGroups(groups, dy, ry, movedMeans, movedProducts);
          const at = { y, ry, dy, rdx: dx.tangent, scales, means, products, tangentProducts, movedProducts };
          addCurvature(memory.values, groups, at);
        },
      };
    },
  };
}

/** dx' += s' / s dx - s (y' mean(dy y) + y mean(dy y')); dx is computed again, for the layer before may have written over it. */
function addCurvature(values: Float64Array, groups: Groups, at: Curvature): void {
  const { count, stride, outer, outerStride, inner } = groups;
  const { y, ry, dy, rdx } = at;
  for (let group = 0; group < count; group++) {
    const from = group * stride;
    const scale = values[at.scales + group]!;
    const relative = -scale * values[at.tangentProducts + group]!;
    const mean = values[at.means + group]!;
    const product = values[at.products + group]!;
    const movedProduct = values[at.movedProducts + group]!;
    for (let i = 0; i < outer; i++) {
      for (let k = from + i * outerStride, end = k + inner; k < end; k++) {
        const centred = values[dy + k]! - mean - values[y + k]! * product;
        values[rdx + k]! += scale * (relative * centred - values[ry + k]! * product - values[y + k]! * movedProduct);
      }
    }
  }
}

/** Where the derivatives of the batch lie, and what each group has: s, mean(dy), mean(dy y), mean(x' y), mean(dy y'). */
interface Curvature {
  readonly y: number;
  readonly ry: number;
  readonly dy: number;
  readonly rdx: number;
  readonly scales: number;
  readonly means: number;
  readonly products: number;
  readonly tangentProducts: number;
  readonly movedProducts: number;
}
