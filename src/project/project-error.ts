/** A project that cannot be found or read: what was found, where, what was needed. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}
