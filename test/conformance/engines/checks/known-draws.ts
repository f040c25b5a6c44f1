import type { Initialisation } from "../../../../src/lab/networks/network.ts";
import { arraysDiffer, type Check } from "../check.ts";
import { streamsOf } from "../fixtures.ts";

/**
 * The first six weights of replicate 5 at gain 1, from Threefry's definition (its known answers checked first) and the
 * interface's words on what each law makes of its blocks, computed with 40 digits by a program of another language.
 */
const WEIGHTS: readonly (readonly [Partial<Initialisation> & Pick<Initialisation, "law">, readonly number[]])[] = [
  [
    { law: "gaussian" },
    [
      0.2517026590827784, -1.191311585737298, -2.10364778987665, -2.2187867813614432, 0.16855255115896775,
      0.7120757062924299,
    ],
  ],
  [
    { law: "uniform" },
    [
      0.5301532482909272, 1.0182744773904924, -0.8929556349366468, 0.4327524078654107, -1.4857971710785973,
      -0.2291941065099162,
    ],
  ],
  [{ law: "rademacher" }, [-1, -1, -1, -1, 1, -1]],
  [
    { law: "student-t", degreesOfFreedom: 1 },
    [
      0.6369264485527962, -1.7468544996856268, -0.5818544892621401, -0.46927077062449185, -0.3141326509044642,
      0.66419317718137,
    ],
  ],
  [
    { law: "student-t", degreesOfFreedom: 2 },
    [
      0.6094808217186064, -1.5040500381944941, -0.6606069126496126, -0.5452000325516703, -0.3712474334684476,
      0.7420491060228578,
    ],
  ],
  [{ law: "orthogonal" }, [1, -1, -1, -1, 1, 1]],
];

export const knownDraws: readonly Check[] = WEIGHTS.map(([init, expected]) => ({
  name: `${init.law} ${init.degreesOfFreedom ?? ""} weights are those of another program`,
  operations: ["chainWeights"],
  violations: (engine, { draw }) => {
    const network = { kind: "chain", depth: 6, activation: "linear", init: { gain: 1, fan: "in", ...init } } as const;
    const found = engine.chainWeights({ network, streams: streamsOf(1, 5) });
    const bounds = expected.map((value) => draw * Math.max(1, Math.abs(value)));
    return arraysDiffer("weight", found, expected, bounds);
  },
}));
