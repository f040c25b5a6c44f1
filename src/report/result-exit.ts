import type { EngineComparison } from "../claim/engine-comparison.ts";
import type { Result } from "../claim/result.ts";
import { summariseEngine } from "./engine-summary.ts";
import { EXIT, type ExitCode, worstExit } from "./exit-code.ts";

/**
 * The exit status of a run: what its claims came to, and whether other engines agree. A claim that was skipped was not
 * decided, whatever the tier; what an engine refuses that is only compared fails nothing.
 */
export function exitOf({ evidence, engines }: Pick<Result, "evidence" | "engines">): ExitCode {
  const claims = evidence.claims.map(({ outcome }): ExitCode => {
    if (outcome === "holds") return EXIT.holds;
    return outcome === "fails" ? EXIT.failed : EXIT.undecided;
  });
  return worstExit([...claims, ...(engines?.others ?? []).map(exitOfEngine)]);
}

/** What one engine beside the primary one contributes. */
export function exitOfEngine(other: EngineComparison): ExitCode {
  const { disagreeing, outside, broken } = summariseEngine(other);
  if (disagreeing.length > 0 || outside.length > 0) return EXIT.failed;
  return broken.length > 0 ? EXIT.undecided : EXIT.holds;
}
