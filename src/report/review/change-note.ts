import { z } from "zod";
import type { Change, ClaimComparison } from "../../baseline/compare/change.ts";
import { clip } from "../layout/clip.ts";
import { changeWords, detailWords, knownWords } from "../words/comparison-words.ts";

export const CHANGE_NOTES_SCHEMA_VERSION = 1;

/** The kinds of changes; `known`: it deviates as expectations.json says; `unrun`: the base has it, nothing was run of it. */
const NOTE_KINDS = [
  ...(["verdict", "claim", "removed", "missing", "expectation", "estimate", "bytes", "added", "renamed"] as const),
  ...(["known", "unrun"] as const),
] as const satisfies readonly (Change["kind"] | "known" | "unrun")[];

/** Lines of one change that travel: a claim may be changed in many places. */
const MOST_DETAILS = 20;

/** One thing that is not as the base has it, in words that need no comparison beside them. */
const changeNote = z.strictObject({
  claim: z.string().max(500),
  title: z.string().max(2000),
  kind: z.enum(NOTE_KINDS),
  words: z.string().max(5000),
  /** Of two notes of one kind the heavier stands first: an estimate's shift in margins. */
  weight: z.number().nonnegative(),
  /** Whether the head's own baselines have it so: accepted with a reason, in files that are reviewed with the code. */
  accepted: z.boolean(),
  /** Of a moved estimate, for a picture of it: the arm, the label of its question, and both values. */
  moved: z
    .strictObject({ arm: z.string().max(500), unit: z.string().max(2000), from: z.number(), to: z.number() })
    .optional(),
});

/** A comparison as it travels beside a result: `changes.json`. */
export const changeNotes = z.strictObject({
  schema: z.literal(CHANGE_NOTES_SCHEMA_VERSION),
  /** What was compared with: `baselines of 1a2b3c4d5e`. */
  against: z.string().max(500),
  notes: z.array(changeNote).max(100_000),
});

export type ChangeNote = z.infer<typeof changeNote>;
export type ChangeNotes = z.infer<typeof changeNotes>;

/** Heavier than any finite shift, and a number that JSON has. */
const HEAVIEST = 1e300;

/**
 * What changed between the base and the head: the comparison with the base's baselines, each change marked by whether the
 * comparison with the head's own baselines no longer finds it, which means that somebody accepted it. Changes that only the
 * head's baselines show, such as one accepted from another result, are in it too. `unrun` are claims that the head's
 * baselines have and the result has not.
 */
export function notesOfChanges(
  {
    base,
    head,
    unrun,
  }: {
    readonly base: readonly ClaimComparison[];
    readonly head: readonly ClaimComparison[];
    readonly unrun: readonly string[];
  },
  against: string,
): ChangeNotes {
  const open = new Set(head.flatMap(keysOf));
  const both = new Set(base.flatMap(keysOf));
  const onlyHead = head.map((comparison) => {
    return { ...comparison, changes: comparison.changes.filter((change) => !both.has(keyOf(comparison.id, change))) };
  });
  const notes = [
    ...onlyHead.flatMap((comparison) => changeNotesOf(comparison, () => false)),
    ...base.flatMap((comparison) => changeNotesOf(comparison, (change) => !open.has(keyOf(comparison.id, change)))),
    ...head.flatMap(knownNote),
    ...unrun.map((id) => note({ id, title: id }, "unrun", { words: "not run, though the baselines have it" })),
  ];
  return { schema: CHANGE_NOTES_SCHEMA_VERSION, against, notes };
}

function changeNotesOf(comparison: ClaimComparison, isAccepted: (change: Change) => boolean): readonly ChangeNote[] {
  return comparison.changes.map((change) => {
    const words = [changeWords(change), ...detailWords(change).slice(0, MOST_DETAILS)].join("; ");
    const weight = change.kind === "estimate" ? Math.min(change.margins, HEAVIEST) : 0;
    // a verdict that deviates as expectations.json says fails nothing
    const expected = change.kind === "verdict" && comparison.known !== undefined;
    // the claim's own file says what it was called: that is reviewed with the code, and nothing else is another
    const accepted = expected || change.kind === "renamed" || isAccepted(change);
    return { ...note(comparison, change.kind, { words, weight, accepted }), ...movedOf(change) };
  });
}

function movedOf(change: Change): Pick<ChangeNote, "moved"> {
  if (change.kind !== "estimate" || change.from === null || change.to === null || change.from === change.to) return {};
  const { arm, unit, from, to } = change;
  return { moved: { arm: clip(arm, 500), unit: clip(unit, 2000), from, to } };
}

function knownNote(comparison: ClaimComparison): readonly ChangeNote[] {
  if (comparison.known === undefined) return [];
  return [note(comparison, "known", { words: knownWords(comparison.known), accepted: true })];
}

function note(
  { id, title }: Pick<ClaimComparison, "id" | "title">,
  kind: ChangeNote["kind"],
  {
    words,
    weight = 0,
    accepted = false,
  }: { readonly words: string; readonly weight?: number; readonly accepted?: boolean },
): ChangeNote {
  return { claim: clip(id, 500), title: clip(title, 2000), kind, words: clip(words, 5000), weight, accepted };
}

function keysOf({ id, changes }: ClaimComparison): readonly string[] {
  return changes.map((change) => keyOf(id, change));
}

/** What a change is about, without the values: an accepted value leaves no change of that key. */
function keyOf(id: string, change: Change): string {
  const arm = "arm" in change ? change.arm : "";
  const place = change.kind === "estimate" ? change.unit : change.kind === "bytes" ? change.cell : "";
  return JSON.stringify([id, change.kind, arm, place]);
}
