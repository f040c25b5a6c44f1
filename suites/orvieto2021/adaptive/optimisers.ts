import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";

/** Steps so small that a depth-free escape takes some hundred of them. */
const RATE = 0.002;

/**
 * Time, in steps times rate, in which a method counts as having escaped: thirty times what sign descent takes, and each weight,
 * of size at most 1.7, can travel several times its own size. 4,000 steps.
 */
export const HORIZON = 8;

export const sign: Optimiser = { name: "sign-descent", rate: RATE };
export const normalised: Optimiser = { name: "normalised-descent", rate: RATE, epsilon: 0 };
export const descent: Optimiser = { name: "gradient-descent", rate: RATE };
export const flow = { name: "gradient-flow" } as const;

export const rmsprop = (epsilon = 0) => ({ name: "rmsprop", rate: RATE, decay: 0.99, epsilon }) as const;
export const adam = (epsilon = 0) => ({ name: "adam", rate: RATE, beta1: 0.9, beta2: 0.999, epsilon }) as const;

/** A larger rate, as its steps shrink like one over the root of their number; its horizon is as many steps. */
export const adagrad = (epsilon = 0) => ({ name: "adagrad", rate: 0.05, epsilon }) as const;
export const ADAGRAD_HORIZON = 200;

/** What adapts each weight's step to the size of its own gradients, or all steps to the size of the whole gradient. */
export const ADAPTIVE = { adam: adam(), rmsprop: rmsprop(), sign, normalised } as const;
