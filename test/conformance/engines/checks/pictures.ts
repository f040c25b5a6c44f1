import type { Mlp } from "../../../../src/lab/networks/network.ts";
import { heNormal, torchDefault } from "../../../../src/lab/networks/network.ts";
import { arraysDiffer, type Check, differs } from "../check.ts";
import { layers, picturesOf, signs, streamsOf } from "../fixtures.ts";
import { naiveAngles, naiveLossGradients } from "../naive/pictures.ts";

/** The last width is the number of classes, for the loss; wide enough that few replicates die. */
const classifiers: readonly (readonly [string, Mlp])[] = [
  ["ReLU, He normal", { ...layers([6, 9, 8, 3]), activation: "relu", init: heNormal }],
  ["leaky, signs", { ...layers([7, 5, 6, 3]), activation: { leakySlope: 0.3 }, init: signs }],
  ["linear, torch's default", { ...layers([5, 4, 3]), activation: "linear", init: torchDefault }],
  ["often dead, ReLU", { ...layers([4, 2, 2, 1, 2, 3]), activation: "relu", init: heNormal }],
];
const BATCHES = [2, 5];
const FIRST = 7;
const NETWORKS = 6;

const requestsOf = (network: Mlp, batch: number) => ({
  network,
  batch,
  streams: streamsOf(NETWORKS, FIRST),
  data: picturesOf(network.widths[0]!),
});

/**
 * 1 - cos as |u - v|^2 / 2 of unit vectors: each entry of a difference has an error of the vectors' own relative error, so the
 * logarithm one of 2 errors / |u - v|. The vectors' is that of their layers: some n + 6 units each, carried by factors of about 1.
 */
function angleBound(
  network: Mlp,
  distance: number,
  { unit, draw }: { readonly unit: number; readonly draw: number },
): number {
  const perLayer = network.widths.reduce((sum, width) => sum + Math.sqrt(width) * ((width + 6) * unit + draw), 0);
  return (16 * perLayer) / Math.sqrt(2 * distance);
}

const angles: readonly Check[] = classifiers.flatMap(([name, network]) =>
  BATCHES.map((batch) => ({
    name: `angles between ${batch} pictures, ${name}: the naive version's`,
    operations: ["propagateBatch"],
    violations: (engine, arithmetic) => {
      const request = requestsOf(network, batch);
      const found = engine.propagateBatch(request);
      return Array.from({ length: NETWORKS }, (_, row) => row).flatMap((row) => {
        const expected = naiveAngles(request, FIRST + row);
        const bound = expected.middle > 0 ? angleBound(network, expected.middle, arithmetic) : 0;
        const inputs = 8 * (network.widths[0]! + 4) * arithmetic.unit;
        // An exact collapse in one arithmetic is a distance of rounding size in another: both are below the bound.
        const collapsed =
          Math.max(expected.logOneMinusCosine, found.logOneMinusCosine[row]!) < 2 * Math.log(1e4 * arithmetic.unit);
        return [
          ...(collapsed
            ? []
            : differs(`logOneMinusCosine[${row}]`, found.logOneMinusCosine[row]!, expected.logOneMinusCosine, bound)),
          ...(collapsed ? [] : differs(`collapsed[${row}]`, found.collapsed[row]!, expected.collapsed, 0)),
          ...differs(`inputs[${row}]`, found.inputOneMinusCosine[row]!, expected.inputOneMinusCosine, inputs),
          ...differs(`alive[${row}]`, found.alive[row]!, expected.alive, 0),
        ];
      });
    },
  })),
);

const losses: readonly Check[] = classifiers.flatMap(([name, network]) =>
  [1, ...BATCHES].map((batch) => ({
    name: `loss gradients of ${batch} pictures, ${name}: the naive version's`,
    operations: ["lossGradients"],
    violations: (engine, arithmetic) => {
      const request = requestsOf(network, batch);
      const found = engine.lossGradients(request).logGradients;
      const rows = Array.from({ length: NETWORKS }, (_, row) =>
        naiveLossGradients(request, FIRST + row, arithmetic),
      ).flat();
      return arraysDiffer(
        "logGradients",
        found,
        rows.map(({ log }) => log),
        rows.map(({ error }) => error),
      );
    },
  })),
);

export const pictures: readonly Check[] = [...angles, ...losses];
