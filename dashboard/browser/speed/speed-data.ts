/** What the page of speeds draws; the site's generator writes one file of it. */
export interface SpeedData {
  /** By machine, whose name is that of its place on the page. */
  readonly peers: readonly { readonly name: string; readonly ratios: readonly PeerRatio[] }[];
  readonly kernels: readonly { readonly name: string; readonly groups: readonly KernelGroup[] }[];
}

/** One of our engines beside the best peer on one workload. */
export interface PeerRatio {
  readonly workload: string;
  readonly engine: string;
  /** Ours over the best peer's, one a round, and their median. */
  readonly ratios: readonly number[];
  readonly median: number;
  readonly target: number | null;
  readonly verdict: "met" | "missed" | "none";
  /** The best peer and its variant. */
  readonly best: string;
}

/** Kernels of one file of benchmarks. */
export interface KernelGroup {
  readonly file: string;
  readonly workloads: readonly {
    readonly workload: string;
    /** Part of the machine's limit that each engine reaches. */
    readonly shares: readonly { readonly engine: string; readonly share: number }[];
  }[];
}
