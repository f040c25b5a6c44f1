import { spawn } from "node:child_process";

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

/** Runs a program without a shell, so that no text is ever parsed as a command. A signal counts as 128. */
export function runProcess(
  program: string,
  words: readonly string[],
  { cwd, env, quiet = false }: ProcessOptions,
): Promise<ProcessAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (part: Buffer) => out.push(part));
    child.stderr?.on("data", (part: Buffer) => err.push(part));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ exit: code ?? 128, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** What git says, or undefined when it refuses. */
export async function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const { exit, stdout } = await runProcess("git", ["-C", folder, ...words], { cwd: folder, quiet: true });
  return exit === 0 ? stdout.trim() : undefined;
}
