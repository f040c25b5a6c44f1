import { cellLabel } from "../predictions/cells.ts";
import { countText, secondsText } from "../report/layout/number-text.ts";
import { sanitise } from "../report/layout/sanitise.ts";
import { OUTCOME_WORDS } from "../report/words/verdict-words.ts";
import type { RunEvent } from "../run/events.ts";
import type { Io } from "./arguments/command.ts";

export interface Progress {
  readonly emit: (event: RunEvent) => void;
  /** Removes the line from a terminal. */
  readonly close: () => void;
}

/** In a log a line for each tenth of the work is enough. */
const LOG_STEPS = 10;
const ERASE_LINE = "\r\u001b[2K";

/** How far a run is: one line rewritten on a terminal, one line an event in a log. On stderr, so that stdout is the result. */
export function progressOn(io: Pick<Io, "stderr" | "isTTY" | "columns">): Progress {
  return io.isTTY ? terminalProgress(io) : logProgress(io);
}

/** Claims whose claimed arm was left undecided: at the smoke tier they hold, and must not read as supported. */
function undecidedClaims(): (event: RunEvent) => ReadonlySet<string> {
  const undecided = new Set<string>();
  return (event) => {
    if (event.kind === "arm" && event.arm === "claimed") {
      if (event.state === "inconclusive") undecided.add(event.claim);
      else undecided.delete(event.claim);
    }
    return undecided;
  };
}

function terminalProgress({ stderr, columns }: Pick<Io, "stderr" | "columns">): Progress {
  let claims = 0;
  let judged = 0;
  let work = "";
  let drawn = "";
  const draw = () => {
    const line = [...`${judged} of ${claims} claims judged${work}`].slice(0, columns - 1).join("");
    // thousands of equal lines a minute would flicker, and be slow over a network
    if (line === drawn) return;
    drawn = line;
    stderr(ERASE_LINE + line);
  };
  return {
    emit: (event) => {
      if (event.kind === "planned") {
        claims = event.claims;
        judged = 0;
      }
      if (event.kind === "verdict") judged += 1;
      if (event.kind === "progress") work = `, ${percent(event)} % of the samples, ${timeLeft(event)}`;
      if (isFailure(event) || event.kind === "warning") {
        stderr(`${ERASE_LINE}${eventLine(event)}\n`);
        drawn = "";
      }
      draw();
    },
    close: () => stderr(ERASE_LINE),
  };
}

function logProgress({ stderr }: Pick<Io, "stderr">): Progress {
  let step = 0;
  const note = undecidedClaims();
  return {
    emit: (event) => {
      const undecided = note(event);
      if (event.kind === "engine") step = 0;
      if (event.kind === "progress") {
        const reached = Math.floor((percent(event) / 100) * LOG_STEPS);
        if (reached <= step) return;
        step = reached;
      }
      // a line for each of a thousand cells would hide the verdicts; what went wrong is never hidden
      if ((event.kind === "cell" || event.kind === "arm") && !isFailure(event)) return;
      stderr(`${eventLine(event, undecided)}\n`);
    },
    close: () => undefined,
  };
}

/** An event as one line of a log. */
function eventLine(event: RunEvent, undecided: ReadonlySet<string> = new Set()): string {
  switch (event.kind) {
    case "planned":
      return `planned ${event.claims} claims, ${event.arms} arms, ${event.cells} cells, ${countText(event.replicates)} replicates, about ${secondsText(event.seconds)}`;
    case "started":
      return `started ${event.workers} workers, results go to ${sanitise(event.out)}`;
    case "engine":
      return `once more on engine ${sanitise(event.name)}, to compare`;
    case "progress":
      return `${percent(event)} % of the samples (${countText(event.found)} found, ${countText(event.computed)} computed), ${timeLeft(event)}`;
    case "cell":
      return `${event.state} ${sanitise(event.claim)}, arm ${sanitise(event.arm)}, ${cellLabel(event.cell)}${event.reason === undefined ? "" : `: ${sanitise(event.reason)}`}`;
    case "arm":
      return `${event.state} ${sanitise(event.claim)}, arm ${sanitise(event.arm)}, look ${event.look}`;
    case "verdict": {
      const open = event.outcome === "holds" && undecided.has(event.claim);
      const { symbol, word } = OUTCOME_WORDS[open ? "undecided" : event.outcome];
      return `${symbol} ${word}: ${sanitise(event.claim)}`;
    }
    case "warning":
      return `warning: ${sanitise(event.text)}`;
    case "finished":
      return `finished in ${secondsText(event.seconds)}: ${sanitise(event.result)}`;
  }
}

type Work = Extract<RunEvent, { readonly kind: "progress" }>;

function percent({ done, total }: Work): number {
  return total === 0 ? 100 : Math.floor((100 * done) / total);
}

function timeLeft({ secondsLeft }: Work): string {
  return Number.isFinite(secondsLeft) ? `about ${secondsText(Math.max(0, secondsLeft))} left` : "time left unknown";
}

function isFailure(event: RunEvent): boolean {
  return (event.kind === "cell" || event.kind === "arm") && (event.state === "crashed" || event.state === "timed-out");
}
