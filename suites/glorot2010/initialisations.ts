import { type Initialisation, torchDefault, xavierUniform } from "../../src/lab/networks/network.ts";

/** The two that the paper compares: U(-1/sqrt(n), 1/sqrt(n)) with n the fan-in, and U(-sqrt(6/(n + m)), sqrt(6/(n + m))) from n to m units. */
export const INITIALISATIONS = { standard: torchDefault, normalised: xavierUniform } as const satisfies Readonly<
  Record<string, Initialisation>
>;

export type InitialisationName = keyof typeof INITIALISATIONS;

/** Factor of a unit's variance a linear layer of equal widths, n Var(W): the variance of U(-a, a) is a^2 / 3. */
export const varianceFactor = (initialisation: InitialisationName): number =>
  initialisation === "standard" ? 1 / 3 : 1;

/** The other one: whose factor a reader who mixes the two up would expect. */
export const otherFactor = (initialisation: InitialisationName): number =>
  varianceFactor(initialisation === "standard" ? "normalised" : "standard");
