/** What a text may say of a claim beside a marker. */
export const FIELDS = ["holds", "verdict", "estimate", "interval", "low", "high", "predicted", "replicates"] as const;

export type Field = (typeof FIELDS)[number];

/** What a marker says: which claim a piece of text is about, and what of it. */
export interface Marker {
  readonly claim: string;
  readonly field: Field;
  /** Absent: the tier that must decide. */
  readonly tier?: string;
  /** Label of the judged unit, where the claim has several. */
  readonly unit?: string;
}

/** A piece of a manuscript that is bound to a claim. */
export interface Binding extends Marker {
  /** For people: `paper.tex:12`, `notes.ipynb:cell 3:2`. */
  readonly place: string;
  /** The text that must agree; undefined where the text is generated and only its claim has to be there. */
  readonly text: string | undefined;
}

/** What is wrong at a place of a manuscript. */
export interface Finding {
  readonly place: string;
  readonly problem: string;
}

const WORD = /([a-z]+)="([^"]*)"|([a-z]+)=([^\s"]+)|([^\s="]+)/g;

/**
 * Reads `CLAIM [FIELD] [tier=TIER] [unit="LABEL"]`; without a field the text says that the claim holds. Answers with what is
 * wrong where it is something else.
 */
export function readMarker(text: string): Marker | string {
  const rest = text.replace(WORD, "").trim();
  if (rest !== "") return `the marker needs CLAIM [FIELD] [tier=TIER] [unit="LABEL"], found ${rest}`;
  const words: string[] = [];
  const named = new Map<string, string>();
  for (const [, quoted, label, plain, value, word] of text.matchAll(WORD)) {
    if (word !== undefined) words.push(word);
    else named.set((quoted ?? plain)!, (label ?? value)!);
  }
  const unknown = [...named.keys()].find((name) => name !== "tier" && name !== "unit");
  if (unknown !== undefined) return `the marker knows tier= and unit=, found ${unknown}=`;
  const [claim, field = "holds", more] = words;
  if (claim === undefined) return "the marker names no claim";
  if (more !== undefined) return `the marker needs one claim and one field, found ${more} besides`;
  const known = FIELDS.find((one) => one === field);
  if (known === undefined) return `the marker needs one of ${FIELDS.join(" ")}, found ${field}`;
  const [tier, unit] = [named.get("tier"), named.get("unit")];
  return { claim, field: known, ...(tier !== undefined && { tier }), ...(unit !== undefined && { unit }) };
}
