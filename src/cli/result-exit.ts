import type { Evidence } from "../claim/result.ts";
import { EXIT, type ExitCode, worstExit } from "./exit-code.ts";

/** The exit status of a run: what its claims came to. A claim that was skipped was not decided, whatever the tier. */
export function exitOf({ claims }: Evidence): ExitCode {
  const codes = claims.map(({ outcome }): ExitCode => {
    if (outcome === "holds") return EXIT.holds;
    return outcome === "fails" ? EXIT.failed : EXIT.undecided;
  });
  return worstExit(codes);
}
