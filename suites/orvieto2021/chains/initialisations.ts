import {
  type Chain,
  heNormal,
  heUniform,
  type Initialisation,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "../../../src/lab/networks/network.ts";
import { EULER_GAMMA } from "../../../src/numerics/special-functions.ts";

/** U[-1, 1]: PyTorch's default where the fan-in is 1, variance 1/3. */
const torchUniform: Initialisation = torchDefault;
/** E ln |w| = 0: U[-e, e] and N(0, 2 e^gamma), the scales at which a typical product neither vanishes nor explodes. */
export const stableUniform: Initialisation = { law: "uniform", gain: Math.E ** 2 / 3, fan: "in" };
export const stableNormal: Initialisation = { law: "gaussian", gain: 2 * Math.exp(EULER_GAMMA), fan: "in" };
/** Student's t with one degree of freedom: a law of weights without any moment. */
export const cauchy: Initialisation = { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 1 };

export const INITIALISATIONS = {
  "xavier-uniform": xavierUniform,
  "xavier-normal": xavierNormal,
  "he-uniform": heUniform,
  "he-normal": heNormal,
  "torch-uniform": torchUniform,
  "stable-uniform": stableUniform,
  "stable-normal": stableNormal,
} as const satisfies Readonly<Record<string, Initialisation>>;

export const linearChain = (depth: number, init: Initialisation): Chain => ({
  kind: "chain",
  depth,
  activation: "linear",
  init,
});
