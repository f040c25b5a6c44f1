/** A run's folder that cannot be used: it holds another run, is damaged, locked or cannot be written. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}
