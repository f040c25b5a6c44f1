import { join } from "node:path";
import type { EngineComparison } from "../claim/engine-comparison.ts";
import type { Provenance } from "../claim/result.ts";
import { summariseEngine } from "../report/engine-summary.ts";
import { type ExitCode, worstExit } from "../report/exit-code.ts";
import { exitOfEngine } from "../report/result-exit.ts";
import { annotation } from "../report/review/annotations.ts";
import { escapeComment } from "../report/review/escape-comment.ts";
import { comparisonWords, engineText } from "../report/words/engine-words.ts";
import { readResult } from "../run/files/result-file.ts";
import { resultFolder } from "./place.ts";
import { addSummary, type Step, StepError } from "./step.ts";

/** Refused cells of a whole suite are a few lines; a fault may be in every arm of it. */
const MOST_LINES = 50;
const LINE = 1000;

/**
 * Red where an engine contradicts the one that it stands beside or is outside a derived bound (1), or crashed (3): the exit
 * statuses of the run itself. Red as well (2) where nothing was compared, or where PLATEAU_ADAPTER is `hardware` and a
 * graphics engine took a software adapter: a check that checked nothing must not look like one.
 */
export async function engines(step: Step): Promise<number> {
  const { engines: section, provenance } = await readResult(join(resultFolder(step), "result.json"));
  const others = section?.others ?? [];
  if (others.length === 0) throw new StepError("the result compares no engine with another, needed at least one");
  requireHardware(step, [provenance.engine, ...others.map(({ engine }) => engine)]);
  others.forEach(requireEstimates);
  return worstExit(others.map((other) => tell(step, other, provenance.engine.name)));
}

function tell(step: Step, other: EngineComparison, primary: string): ExitCode {
  const exit = exitOfEngine(other);
  const words = comparisonWords(other, primary);
  const heading = `${exit === 0 ? "✓" : "✗"} ${engineText(other.engine)}`;
  for (const line of [heading, ...words]) step.print(line);
  if (exit !== 0) step.print(annotation("error", `${other.engine.name} beside ${primary}: ${words.join("; ")}`));
  const shown = words.slice(0, MOST_LINES).map((line) => `- ${escapeComment(line, LINE)}`);
  const more = words.length > MOST_LINES ? [`- and ${words.length - MOST_LINES} more`] : [];
  addSummary(step, `**${escapeComment(heading, LINE)}**\n\n${[...shown, ...more].join("\n")}\n\n`);
  return exit;
}

function requireEstimates(other: EngineComparison): void {
  if (summariseEngine(other).estimates.length > 0) return;
  throw new StepError(`no estimate was compared on ${other.engine.name}, needed one: it refuses or broke everything`);
}

function requireHardware({ env }: Step, used: readonly Provenance["engine"][]): void {
  if (env["PLATEAU_ADAPTER"] !== "hardware") return;
  const adapters = used.filter(({ versions }) => versions["fallback"] !== undefined);
  if (adapters.length === 0)
    throw new StepError("PLATEAU_ADAPTER requires an engine with a graphics adapter, got none");
  const soft = adapters.find(({ versions }) => versions["fallback"] !== "false");
  if (soft !== undefined) throw new StepError(`a real graphics adapter is required, got ${engineText(soft)}`);
}
