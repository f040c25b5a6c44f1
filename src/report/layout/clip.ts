/**
 * Text of at most `most` characters, whole characters only: lone surrogates become the replacement character, and what
 * was cut away is shown by an ellipsis.
 */
export function clip(text: string, most: number): string {
  const whole = text.replace(/\p{Surrogate}/gu, "\ufffd");
  if (whole.length <= most) return whole;
  return `${whole.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
