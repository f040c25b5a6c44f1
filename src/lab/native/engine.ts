import type { Engine } from "../contract/engine.ts";
import { kernelOperations } from "../wasm/kernel-operations.ts";
import { type Opening, openLibrary, VERSIONS } from "./library.ts";
import { sizedPasses } from "./sized-passes.ts";
import { sizedPrimitives } from "./sized-primitives.ts";

/**
 * Float64 in C that the machine's compiler has vectorised: bytes equal to `reference`, as `wasm` gives them, with lanes as wide as the
 * processor's. What lies around the kernels is the code of `wasm`, and so are the kernels of networks that are too small to be worth a call.
 * @throws UnsupportedError where the library has not been built or cannot be opened, with the cure
 */
export async function openNative(opening: Opening = {}): Promise<Engine> {
  const library = await openLibrary(opening);
  const operations = kernelOperations(
    library.instantiate("plain"),
    sizedPrimitives((near) => library.instantiate("plain", near)),
  );
  return {
    name: "native",
    versions: VERSIONS,
    ...operations,
    ...sizedPasses(operations),
  };
}
