/** An author's mistake in a claim or a suite: said at once, before anything runs. */
export class ClaimError extends Error {
  override readonly name = "ClaimError";
}
