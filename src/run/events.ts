import type { ArmState, Outcome } from "../claim/result.ts";
import type { AnyCell } from "../predictions/cells.ts";

/** What a run tells while it goes on, for a progress line or a log. Never part of evidence. */
export type RunEvent =
  | {
      readonly kind: "planned";
      readonly claims: number;
      readonly arms: number;
      readonly cells: number;
      /** Replicates of all different experiments, at the last look. */
      readonly replicates: number;
      /** By the cost model, all computed and none found. */
      readonly seconds: number;
    }
  | { readonly kind: "started"; readonly workers: number; readonly out: string }
  /** The claims are taken up again on another engine, for comparison: what follows is its work. */
  | { readonly kind: "engine"; readonly name: string }
  | {
      readonly kind: "progress";
      /** Replicates, of those that the looks taken so far ask for; computed and found. */
      readonly done: number;
      readonly total: number;
      readonly computed: number;
      readonly found: number;
      readonly secondsLeft: number;
    }
  | {
      readonly kind: "cell";
      readonly claim: string;
      readonly arm: string;
      readonly cell: AnyCell;
      readonly state: "done" | "crashed" | "timed-out" | "skipped";
      readonly reason?: string;
    }
  | {
      readonly kind: "arm";
      readonly claim: string;
      readonly arm: string;
      readonly state: ArmState;
      readonly look: number;
    }
  | { readonly kind: "verdict"; readonly claim: string; readonly outcome: Outcome }
  /** Something that costs no evidence and that its user would want to know. */
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "finished"; readonly result: string; readonly seconds: number };
