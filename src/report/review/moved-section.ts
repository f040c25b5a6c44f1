import type { Evidence } from "../../claim/result.ts";
import { clip } from "../layout/clip.ts";
import { STRIP_KEY, stripText } from "../layout/strip.ts";
import type { ChangeNote, ChangeNotes } from "./change-note.ts";

/** Characters of a strip: with a name beside it it fits the width of a comment. */
const WIDTH = 31;
const NAME = 60;

/** A strip for each moved estimate, the farthest first, in a block of code: nothing in it is markup. */
export function movedSection({ claims }: Evidence, changes: ChangeNotes | undefined, most: number): string {
  const moved = (changes?.notes ?? []).filter((note) => note.moved !== undefined).sort((a, b) => b.weight - a.weight);
  const lines = moved.slice(0, most).flatMap((note) => {
    const region = regionOf(note, claims);
    return region === undefined ? [] : [`${stripText({ ...note.moved!, region }, WIDTH)}  ${nameOf(note)}`];
  });
  if (lines.length === 0) return "";
  const more = moved.length > most ? `, the farthest ${most} of ${moved.length}` : "";
  return [`**Moved estimates** (${STRIP_KEY}${more})`, "", "```text", ...lines, "```"].join("\n");
}

function regionOf({ claim, moved }: ChangeNote, claims: Evidence["claims"]) {
  const arm = claims.find(({ id }) => id === claim)?.arms.find(({ name }) => name === moved!.arm);
  return arm?.units.find(({ label }) => label === moved!.unit)?.region;
}

/** `fixed-width-vanishes, depth 16`: what a stranger's text may be is letters, digits and a few marks. */
function nameOf({ claim, moved }: ChangeNote): string {
  const arm = moved!.arm === "claimed" ? "" : `, control ${moved!.arm}`;
  const words = `${claim.split("/").at(-1)}${arm}${moved!.unit === "" ? "" : `, ${moved!.unit}`}`;
  return clip(words.replace(/[^\p{L}\p{N} .,=+()|-]/gu, "?"), NAME);
}
