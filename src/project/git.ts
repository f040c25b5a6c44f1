import { execa } from "execa";

/** What git says of a folder, or undefined where it refuses or is not there. */
export async function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa("git", ["-C", folder, ...words], { reject: false, stdin: "ignore" });
  return exitCode === 0 ? stdout.trim() : undefined;
}
