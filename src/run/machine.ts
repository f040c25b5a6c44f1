import { availableParallelism, cpus, release } from "node:os";
import type { Provenance } from "../claim/result.ts";

/** This machine, as provenance names it. */
export function describeMachine(): Pick<Provenance, "node" | "platform" | "processor" | "cores"> {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch} ${release()}`,
    processor: cpus()[0]?.model.trim() || "unknown",
    cores: usableCores(),
  };
}

/** Cores that this process may use, which in a container can be fewer than there are. */
export function usableCores(): number {
  return availableParallelism();
}
