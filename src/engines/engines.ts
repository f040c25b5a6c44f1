import { type Engine, type EngineName, UnsupportedError } from "./engine.ts";
import { reference } from "./reference.ts";

/** Every engine that the design knows, those of this build and those still to come. */
export const ENGINE_NAMES: readonly EngineName[] = ["reference", "wasm", "openblas", "tensorflow", "webgpu"];

/**
 * The engine of that name; never another one in its place.
 * @throws UnsupportedError with the reason why it cannot be had
 */
export function engineNamed(name: EngineName): Engine {
  if (name === "reference") return reference;
  throw new UnsupportedError(`engine ${name} is not part of this build, which has: reference`);
}
