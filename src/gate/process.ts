import { execa } from "execa";
import { WITHOUT_GIT } from "../project/git.ts";
import { StepError } from "./step.ts";

export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Take what it writes instead of showing it. */
  readonly quiet?: boolean;
}

export interface ProcessAnswer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Exit status of what a signal ended: the shells' 128, without the signal's number. */
const SIGNALLED = 128;

/** Runs a program without a shell, so that no text is ever parsed as a command. Throws `StepError` where it cannot start. */
export async function runProcess(
  program: string,
  words: readonly string[],
  { cwd, env, quiet = false }: ProcessOptions,
): Promise<ProcessAnswer> {
  const shown = quiet ? "pipe" : "inherit";
  const options = {
    cwd,
    reject: false,
    stdin: "ignore",
    stdout: shown,
    stderr: shown,
    stripFinalNewline: false,
  } as const;
  const answer = await execa(program, words, { ...options, env: { ...WITHOUT_GIT, ...env } });
  if (answer.exitCode === undefined && answer.signal === undefined) {
    throw new StepError(`${program} cannot be started: ${answer.shortMessage ?? "no reason given"}`);
  }
  return { exit: answer.exitCode ?? SIGNALLED, stdout: answer.stdout ?? "", stderr: answer.stderr ?? "" };
}
