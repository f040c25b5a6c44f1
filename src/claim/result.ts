import { z } from "zod";
import { armState, enginesSection } from "./engine-comparison.ts";

/**
 * Schema of `result.json`. Evidence has no time, machine or engine in it and is equal byte for byte for equal code, seed,
 * tier and claims; provenance is all the rest. JSON has no infinities: an open end is null.
 */
export const RESULT_SCHEMA_VERSION = 2;
/** Version of INTERPRETING.md: what the verdicts mean. */
export const INTERPRETING_VERSION = 2;
/** Numbers in evidence that come from statistics are rounded to this many significant digits, so that no libm shows through. */
export const EVIDENCE_DIGITS = 9;
/** Replicates a digest covers. */
export const DIGEST_BLOCK = 64;

const strict = z.strictObject;
const text = z.string();
const finite = z.number();
const openEnd = z.number().nullable();
const count = z.int().nonnegative();
export const axisValue = z.union([z.number(), z.string(), z.boolean()]);

/**
 * A claim's id is its path below `suites/` without the ending, and becomes paths elsewhere: parts of letters, digits, dots,
 * dashes and underscores that begin with a letter or digit, so that none leads out of its folder.
 */
export const claimId = text.regex(
  /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/,
  "a claim's id: paper/topic/concept, each part of letters, digits, dots, dashes and underscores",
);
/** Key of the random streams, 32 hexadecimal digits: a hash of seed, experiment and setup. */
export const streamName = text.regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits");
/** As hexadecimal text; of a samples file it is its name on disk. */
const sha256 = text.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

export const tierName = z.enum(["smoke", "full", "deep"]);
/** `holds`: as the tier demands. `fails`: refuted, or a control supported. `undecided`: a tier that must decide did not. */
export const outcome = z.enum(["holds", "fails", "undecided", "crashed", "timed-out", "skipped"]);

/** The samples of one cell: where they come from and what they are, by digest. */
export const cellEvidence = strict({
  cell: z.record(text, axisValue),
  /** "experiment" or "against": which of the arm's two experiments. */
  role: z.enum(["experiment", "against"]),
  experiment: text,
  stream: streamName,
  replicates: count,
  /** Replicates that count, after `given`. */
  counted: count,
  /** First 16 hexadecimal digits of the SHA-256 of each block of 64 replicates, all measures. */
  blocks: z.array(text),
});

/** One question and its answer: a cell's, or that of several cells together. */
export const unitEvidence = strict({
  label: text,
  /** Indices into the arm's cells. */
  cells: z.array(count),
  statistic: text,
  predicted: openEnd,
  region: z.tuple([openEnd, openEnd]),
  rivals: z.array(finite),
  /** One-sided error level of each bound of `interval`. */
  level: finite,
  estimate: openEnd,
  interval: z.tuple([openEnd, openEnd]),
  spread: z.array(openEnd),
  state: z.enum(["supported", "refuted", "inconclusive"]),
  /** What the answer is made of, where one question asks for several things: by name, with intervals that hold together. */
  parts: z.array(strict({ label: text, estimate: openEnd, interval: z.tuple([openEnd, openEnd]) })).optional(),
  /** Why the samples were refused, where they were: inconclusive then, whatever the interval. */
  refused: text.optional(),
  /** Replicates a cell that would have decided at the known value, where undecided and known. */
  wouldNeed: z.array(count).optional(),
});

export const armEvidence = strict({
  /** "claimed", or the name of the broken assumption. */
  name: text,
  kind: z.enum(["claimed", "control"]),
  state: armState,
  /** Why, for crashed, timed-out and skipped. */
  reason: text.optional(),
  looks: count,
  cells: z.array(cellEvidence),
  units: z.array(unitEvidence),
});

/** A program, by its words; or a record, by its file's name and the SHA-256 of what stands in it. */
export const originEvidence = z.discriminatedUnion("by", [
  strict({
    by: z.literal("program"),
    program: text,
    /** False where its numbers are not the same each time, so that bytes are never compared. */
    deterministic: z.boolean(),
    /** The declared rate of replicates that may be lost. */
    lost: finite.optional(),
  }),
  strict({ by: z.literal("recorded"), file: text, digest: text.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits") }),
]);

export const claimEvidence = strict({
  id: claimId,
  /** Content hash of the claim's manifest: prediction, margin, grid, controls, tiers. */
  hash: text,
  title: text,
  statement: text,
  source: strict({ paper: text, at: text, grade: z.enum(["stated", "derived"]) }),
  suite: text,
  share: finite,
  /** Laws that the claim declares and the samples cannot show, with the author's reasons: the error rates are promised for them. */
  declared: z.array(text).optional(),
  /** What makes its observations where no engine does: programs, and records of results that existed. */
  origins: z.array(originEvidence).optional(),
  /** Why no control shows that the claim could have failed: only of recorded results. */
  withoutControl: text.optional(),
  outcome,
  arms: z.array(armEvidence),
});

export const evidence = strict({
  tier: tierName,
  seed: text,
  interpreting: z.int(),
  suites: z.array(
    strict({ name: text, title: text, errors: strict({ falseVerdict: finite, undecided: finite }), shares: finite }),
  ),
  claims: z.array(claimEvidence),
});

export const provenance = strict({
  plateau: text,
  commit: text.nullable(),
  dirty: z.boolean().nullable(),
  engine: strict({ name: text, versions: z.record(text, text) }),
  node: text,
  platform: text,
  processor: text,
  cores: count,
  workers: count,
  startedAt: text,
  seconds: z.number(),
  command: z.array(text),
  /** Hash of the code of each experiment, with all that it imports, by the experiment's name: part of the samples' keys. */
  code: z.record(text, text),
  /** Wall time of each claim's computing, summed over workers; what was found in the store costs nothing. */
  claimSeconds: z.record(claimId, z.number()),
  /** Samples files beside the result: `samples/<digest>.f64`, by stream key; columns are the measures, one after the other. */
  samples: z.record(streamName, strict({ digest: sha256, measures: z.array(text), replicates: count })),
  /** What the programs that made observations are run by: what each said of its version. */
  programs: z.record(text, z.array(text)).optional(),
  /** Replicates computed in this run and found in the store. */
  computed: count,
  found: count,
  /**
   * Of a run that was merged: what each shard ran on. Above, the machines are then all that differ, cores and workers
   * those of the largest, and seconds the time from the first shard's start to the last one's end.
   */
  shards: z
    .array(
      strict({
        index: count,
        node: text,
        platform: text,
        processor: text,
        cores: count,
        workers: count,
        startedAt: text,
        seconds: z.number(),
        claims: count,
        computed: count,
        found: count,
      }),
    )
    .optional(),
});

export const result = strict({
  schema: z.literal(RESULT_SCHEMA_VERSION),
  /** Of the evidence, of the index of its samples, and of all other fields; see `Digests`. */
  digests: strict({ evidence: sha256, samples: sha256, rest: sha256 }),
  evidence,
  provenance,
  /** Of a run with several engines: the others beside the primary one, whose evidence and provenance stand above. */
  engines: enginesSection.optional(),
});

export type ArmState = z.infer<typeof armState>;
export type Outcome = z.infer<typeof outcome>;
export type CellEvidence = z.infer<typeof cellEvidence>;
export type UnitEvidence = z.infer<typeof unitEvidence>;
export type ArmEvidence = z.infer<typeof armEvidence>;
export type ClaimEvidence = z.infer<typeof claimEvidence>;
export type OriginEvidence = z.infer<typeof originEvidence>;
export type Evidence = z.infer<typeof evidence>;
export type Provenance = z.infer<typeof provenance>;
export type Result = z.infer<typeof result>;
