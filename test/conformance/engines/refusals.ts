import type { EngineName } from "../../../src/engines/engine.ts";
import type { Operation } from "./check.ts";

/**
 * All that an engine does not do: for each operation words of the reason that it must give. What is not here must pass the
 * contract, and what is here must be refused.
 */
export const refusals: { readonly [engine in EngineName]?: { readonly [operation in Operation]?: RegExp } } = {};
