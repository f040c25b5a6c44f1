/** Characters of a reason that are kept: it enters evidence, and whoever wrote the experiment wrote it. */
const MOST_CHARACTERS = 2000;

/** What an experiment threw, in words that name no place, time or machine. Never throws, whatever was thrown. */
export function thrownWords(error: unknown): string {
  try {
    return clipped(wordsOf(error));
  } catch {
    return "experiment threw a value that cannot be shown";
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return `experiment threw ${String(error)}`;
  const { name, message } = error;
  return name === "Error" || name === "ObservationError" ? String(message) : `${name}: ${message}`;
}

function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
