/** What the exit status of `plateau` says. Where several apply: misuse before failed before undecided. */
export const EXIT = {
  /** Every claim that was asked for holds. */
  holds: 0,
  /** A claim or a control failed, or got worse than its baseline. */
  failed: 1,
  /** Wrong use, unreadable input, output that could not be written. */
  misuse: 2,
  /** Undecided at a tier that must decide; crashed or timed out at any tier. */
  undecided: 3,
  /** A bug of ours: EX_SOFTWARE of BSD's sysexits.h. Printed with its stack and a request to report it. */
  bug: 70,
  /** Stopped by Ctrl-C: 128 + SIGINT, the shells' convention. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [EXIT.bug, EXIT.interrupted, EXIT.misuse, EXIT.failed, EXIT.undecided];

/** The one status for several findings. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.holds;
}
