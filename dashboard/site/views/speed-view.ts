import { median } from "simple-statistics";
import { ENGINE_NAMES } from "../../../src/lab/engines.ts";
import type { KernelGroup, PeerRatio, SpeedData } from "../../browser/speed/speed-data.ts";
import { plain } from "../html/tex.ts";
import { defined, type KernelsFile, type PeersFile, type SpeedFiles } from "../sources/speed-files.ts";

/** The numbers that the page of speeds draws. */
export function speedData(machines: SpeedFiles): SpeedData {
  return {
    peers: defined(machines, ({ peers }) => peers).map(({ name, file }) => ({ name, ratios: file.rows.map(ratioOf) })),
    kernels: defined(machines, ({ kernels }) => kernels).map(({ name, file }) => ({ name, groups: groupsOf(file) })),
  };
}

/** A target is met by the median of the rounds' ratios. */
export function ratioOf({ workload, engine, target, best, ratios }: PeersFile["rows"][number]): PeerRatio {
  const middle = median(ratios);
  const verdict = target === undefined ? "none" : middle >= target ? "met" : "missed";
  const names = { workload: plain(workload), engine: plain(engine), best: plain(best) };
  return { ...names, ratios, median: middle, target: target ?? null, verdict };
}

/** A benchmark's name without the engine at its end, and that engine: `eigenvalues n=256, wasm`. */
export function engineAtEnd(name: string): { readonly workload: string; readonly engine: string | undefined } {
  const engine = ENGINE_NAMES.find((each) => name.endsWith(`, ${each}`));
  return { engine, workload: engine === undefined ? name : name.slice(0, -(engine.length + 2)) };
}

function groupsOf({ benchmarks }: KernelsFile): readonly KernelGroup[] {
  const limited = benchmarks.flatMap(({ file, name, shareOfLimit }) => {
    const { workload, engine = "reference" } = engineAtEnd(name);
    return shareOfLimit === undefined ? [] : [{ file, workload, engine, share: shareOfLimit }];
  });
  return distinct(limited.map(({ file }) => file)).map((file) => {
    const own = limited.filter((each) => each.file === file);
    const workloads = distinct(own.map(({ workload }) => workload)).map((workload) => ({
      workload: plain(workload),
      shares: own.flatMap(({ engine, share, ...one }) => (one.workload === workload ? [{ engine, share }] : [])),
    }));
    return { file: plain(file), workloads };
  });
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
