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
import {
  type Groups,
  groupsOf,
  meansOfGroups,
  normaliseGroups,
  projectGroups,
  sumOfProducts,
} from "./normalisation-groups.ts";

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
  const { memory, batch } = compilation;
  const groups = groupsOf(layer, batch);
  const { value: x, tangent: rx, wanted } = input;
  const output = openSignal(compilation, input.size, { wanted, dependent: rx >= 0, free: false });
  const { value: y, tangent: ry } = output;
  const perGroup = () => new Float64Array(groups.count);
  const scales = perGroup();
  const tangentMeans = perGroup();
  const tangentProducts = perGroup();

  return {
    output,
    forward: () => normaliseGroups(memory.values, groups, x, y, epsilon, scales),
    tangentForward() {
      if (rx < 0) return;
      meansOfGroups(memory.values, groups, rx, y, tangentMeans, tangentProducts);
      projectGroups(memory.values, groups, rx, y, ry, scales, tangentMeans, tangentProducts);
    },
    wire(cotangent) {
      if (!wanted) return { input: undefined, backward: nothing, tangentBackward: nothing };
      const { value: dy, tangent: rdy } = cotangent;
      const dx = openCotangent(compilation, input.size);
      releaseCotangent(compilation, input.size, cotangent);
      const means = perGroup();
      const products = perGroup();
      const moved = { means: perGroup(), products: perGroup() };
      return {
        input: dx,
        backward() {
          meansOfGroups(memory.values, groups, dy, y, means, products);
          projectGroups(memory.values, groups, dy, y, dx.value, scales, means, products);
        },
        tangentBackward() {
          const { values } = memory;
          meansOfGroups(values, groups, rdy, y, moved.means, moved.products);
          projectGroups(values, groups, rdy, y, dx.tangent, scales, moved.means, moved.products);
          addCurvature(values, groups, { y, ry, dy, rdx: dx.tangent }, { scales, means, products, tangentProducts });
        },
      };
    },
  };
}

/** dx' += s' / s dx - s (y' mean(dy y) + y mean(dy y')); dx is computed again, for the layer before may have written over it. */
function addCurvature(
  values: Float64Array,
  groups: Groups,
  at: {
    readonly y: number;
    readonly ry: number;
    readonly dy: number;
    readonly rdx: number;
  },
  state: {
    readonly scales: Float64Array;
    readonly means: Float64Array;
    readonly products: Float64Array;
    readonly tangentProducts: Float64Array;
  },
): void {
  const { count, stride, outer, outerStride, inner } = groups;
  const { y, ry, dy, rdx } = at;
  for (let group = 0; group < count; group++) {
    const from = group * stride;
    const scale = state.scales[group]!;
    const relative = -scale * state.tangentProducts[group]!;
    const mean = state.means[group]!;
    const product = state.products[group]!;
    const movedProduct = sumOfProducts(values, groups, dy + from, ry + from) / (outer * inner);
    for (let i = 0; i < outer; i++) {
      for (let k = from + i * outerStride, end = k + inner; k < end; k++) {
        const centred = values[dy + k]! - mean - values[y + k]! * product;
        values[rdx + k]! += scale * (relative * centred - values[ry + k]! * product - values[y + k]! * movedProduct);
      }
    }
  }
}
