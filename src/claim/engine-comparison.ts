import { z } from "zod";

/** What an arm came to. `skipped`: not computed, with a reason; one that begins with `unsupported` is the engine's refusal. */
export const armState = z.enum(["supported", "refuted", "inconclusive", "crashed", "timed-out", "skipped"]);

/** Rises when the form of the section `engines` changes. A result of one engine has no such section. */
export const ENGINES_SECTION_VERSION = 1;

const strict = z.strictObject;
const text = z.string();
const count = z.int().nonnegative();
/** Null for what is infinite or was not derived. */
const orNull = z.number().nullable();

/** One estimate on two engines, from the same numbers of replicates. */
const estimateComparison = strict({
  label: text,
  statistic: text,
  /** Replicates that count, of all groups together, on the primary engine. */
  replicates: count,
  primary: orNull,
  other: orNull,
  /** Other less primary. */
  difference: orNull,
  /** How far the difference may reach: derived from roundings, or standard errors enough for chance; null for none. */
  bound: orNull,
  /**
   * Largest part of its bound that the difference takes, or the largest of the observations' differences without those that
   * are allowed to be beyond; null without any bound.
   */
  share: orNull,
  /** Where the bound comes from, or why there is none. */
  because: text,
  /** Whether the difference and those of observations keep to their bounds; null where none was derived. */
  inside: z.boolean().nullable(),
  /** Of the same streams on both engines, replicate by replicate; absent for engines with draws of their own. */
  paired: strict({
    /** Observations of which any bit differs. */
    differing: count,
    /** Largest difference of two observations; null where one of them is infinite. */
    largest: orNull,
    /** Bound of one observation's difference; of several measures or groups that which is kept to least. Null for none. */
    bound: orNull,
    /**
     * Observations beyond it, and how many of them its derived rate allows; of outcomes without a bound, how many more went one
     * way than the other, and how many may by chance.
     */
    beyond: count.nullable(),
    allowed: count.nullable(),
  }).optional(),
  /** Of the difference of two independent estimates; null where there is none or outcomes are counted, absent where a bound is derived. */
  standardError: orNull.optional(),
});

const comparedArm = strict({
  name: text,
  kind: z.enum(["claimed", "control"]),
  primary: armState,
  other: armState,
  /** Why the other engine came to no verdict. */
  reason: text.optional(),
  /** Cells that the other engine refuses, each with its reason. */
  unsupported: z.array(strict({ cell: text, role: z.enum(["experiment", "against"]), reason: text })),
  estimates: z.array(estimateComparison),
});

/** The run's claims on another engine beside the primary one, whose evidence is the result. */
export const engineComparison = strict({
  engine: strict({ name: text, versions: z.record(text, text) }),
  seconds: z.number(),
  computed: count,
  found: count,
  claims: z.array(strict({ id: text, suite: text, arms: z.array(comparedArm) })),
});

export const enginesSection = strict({
  version: z.literal(ENGINES_SECTION_VERSION),
  others: z.array(engineComparison),
});

export type EstimateComparison = z.infer<typeof estimateComparison>;
export type ComparedArm = z.infer<typeof comparedArm>;
export type EngineComparison = z.infer<typeof engineComparison>;
