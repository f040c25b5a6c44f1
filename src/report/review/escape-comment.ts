import { clip } from "../layout/clip.ts";
import { sanitise } from "../layout/sanitise.ts";
import { escapeMarkdown } from "../markdown.ts";

/** Invisible, and the end of a name or a number to those who look for mentions in what was rendered. */
const BREAK = "&#8203;";

/**
 * A stranger's text for a comment or a summary on GitHub: at most `most` characters before escaping, on one line, without
 * markup. GitHub looks for mentions, issues and addresses in the rendered text too, where an escaped `@` is an `@` again:
 * an invisible mark after each keeps a text from notifying people and from showing up in other issues.
 */
export function escapeComment(text: string, most: number): string {
  return escapeMarkdown(clip(sanitise(text), most))
    .replace(/&#64;/g, `&#64;${BREAK}`)
    .replace(/\\#/g, `\\#${BREAK}`)
    .replace(/\bGH-(?=\d)/gi, (name) => `${name}${BREAK}`)
    .replace(/\bwww\./gi, (name) => `${name.slice(0, 3)}&#46;`);
}
