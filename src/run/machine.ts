import { readFileSync } from "node:fs";
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

/** Cores that this process may use: those of its affinity, and no more than the quota of its control group, rounded up. */
export function usableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(quotaOfCores(textAt))));
}

/**
 * Cores' worth of processor time that Linux grants the control group of this process and those around it, version 2
 * (`cpu.max`) or 1 (`cpu.cfs_quota_us`); Infinity where nothing limits it. Node 20 looks at the affinity alone.
 * Source: https://docs.kernel.org/admin-guide/cgroup-v2.html and https://docs.kernel.org/scheduler/sched-bwc.html
 */
export function quotaOfCores(read: (path: string) => string | undefined): number {
  const groups = (read("/proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  const unified = groups.find(([number, controllers]) => number === "0" && controllers === "");
  const processor = groups.find(([, controllers]) => controllers?.split(",").includes("cpu"));
  const limits = [
    ...foldersUp(unified?.[2]).map((folder) => parsedQuota(read(`/sys/fs/cgroup${folder}/cpu.max`))),
    ...foldersUp(processor?.[2]).map((folder) => {
      const at = `/sys/fs/cgroup/cpu${folder}`;
      return parsedQuota(`${read(`${at}/cpu.cfs_quota_us`) ?? ""} ${read(`${at}/cpu.cfs_period_us`) ?? ""}`);
    }),
  ];
  return Math.min(Infinity, ...limits);
}

/** A group's folder and all that are around it; in a container the group's own files lie at the top. */
function foldersUp(path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  const parts = path.split("/").filter((part) => part !== "");
  return Array.from({ length: parts.length + 1 }, (_, count) =>
    parts
      .slice(0, count)
      .map((part) => `/${part}`)
      .join(""),
  );
}

/** `max 100000` and `-1 100000` mean no limit. */
function parsedQuota(text: string | undefined): number {
  const [quota, period] = (text ?? "").trim().split(/\s+/).map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : Infinity;
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
