import { plain } from "./tex.ts";

export const GRADE_WORDS = {
  stated: "stated in the paper",
  derived: "derived by us",
} as const;

/** `2026-11-23 17:41 UTC`. */
export function timeWord(at: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(at);
  return match ? `${match[1]} ${match[2]} UTC` : at;
}

/** `depth 16, width 32`. */
export function cellWords(cell: Readonly<Record<string, string | number | boolean>>): string {
  const words = Object.entries(cell).map(([axis, value]) => `${axis} ${value}`);
  return words.join(", ") || "the one cell";
}

export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A measure's description without what follows its first part: that stands beside the numbers. */
export function firstPart(description: string): string {
  return plain(description.split(/[;:]/)[0]!);
}
