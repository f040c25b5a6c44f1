import { sanitise } from "../../../src/report/layout/sanitise.ts";

declare const made: unique symbol;

/** Markup that may stand on a page. Only `html` and this folder's renderers make it: text never becomes markup unescaped. */
export interface Html {
  readonly [made]: true;
  toString(): string;
}

/** What may stand in a placeholder of `html`; nothing stands for undefined, null and false. */
export type Content = Html | string | number | undefined | null | false | readonly Content[];

const MADE = new WeakSet<object>();

/**
 * A template whose placeholders escape by default: text is inert as HTML, in a double-quoted attribute, as Markdown and as an
 * expression of Framework, and without control or reordering characters; only what another `html` made stays markup. Lists
 * are joined by nothing.
 */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Html {
  const parts = literals.map((literal, at) => literal + (at < values.length ? rendered(values[at]) : ""));
  return trusted(parts.join(""));
}

/** Items with something between them. */
export function joined(items: readonly Content[], between: Content): Html {
  return trusted(items.map(rendered).join(rendered(between)));
}

/** Markup from a renderer whose output is safe by its own rules; text of results must not come here. */
export function trusted(markup: string): Html {
  const value = { toString: () => markup } as Html;
  MADE.add(value);
  return value;
}

/** Text with every character that HTML, Markdown or Framework could take for more than text as its number. */
export function escaped(value: string): string {
  return sanitise(value).replace(/[&<>"'`$\\*_[\]{}#|~!^]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function rendered(value: Content): string {
  if (value === undefined || value === null || value === false) return "";
  if (Array.isArray(value)) return value.map(rendered).join("");
  if (typeof value === "object" && MADE.has(value)) return value.toString();
  return escaped(String(value));
}
