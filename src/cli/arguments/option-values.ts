import type { TierName } from "../../claim/claim.ts";
import { UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import type { Io } from "./command.ts";
import { didYouMean } from "./nearest.ts";

export const TIERS: readonly TierName[] = ["smoke", "full", "deep"];

/** More worker threads than any machine has cores: a typing mistake. */
export const MOST_WORKERS = 1024;

export function parseTier(text: string): TierName {
  return oneOf("--tier", text, TIERS);
}

/** One engine; `--fast` names the fast one. */
export function parseEngine(text: string | undefined, fast: boolean, io: Pick<Io, "stderr">): string {
  const [engine, ...others] = parseEngines(text, fast, io);
  if (others.length === 0) return engine;
  throw new UsageError(`--engine takes one engine here, got ${text}; plateau run compares several`);
}

/** The primary engine and those that it is compared with, from `wasm,tensorflow`; none named: the default one. */
export function parseEngines(
  text: string | undefined,
  fast: boolean,
  { stderr }: Pick<Io, "stderr">,
): readonly [string, ...string[]] {
  if (fast) return [fastEngine(text)];
  if (text === undefined) {
    const { engine, instead } = INSTRUMENT.defaultEngine();
    if (instead !== undefined) stderr(`plateau: ${instead}\n`);
    return [engine];
  }
  const names = text.split(",").map((name) => oneOf("--engine", name, INSTRUMENT.engines));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`--engine takes each engine once, got ${twice} twice`);
  return names as [string, ...string[]];
}

/** What `--fast` stands for, beside an engine that may be named too. */
function fastEngine(text: string | undefined): string {
  const { name, fast } = INSTRUMENT;
  if (fast === undefined) throw new UsageError(`--fast needs an instrument with a fast engine, ${name} has none`);
  if (text === undefined || text === fast.of || text === fast.engine) return fast.engine;
  throw new UsageError(`--fast is engine ${fast.engine}, got --engine ${text} besides`);
}

/** A whole number of things, from 1 to `most`. */
export function parseCount(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new UsageError(`${flag} needs a whole number from 1 to ${most}, got ${text}`);
  }
  return value;
}

const SIZE_UNITS = { "": 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** Bytes from `500MB`, `2GB` or a plain number. */
export function parseSize(flag: string, text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kMGT]B)?$/.exec(text) ?? [];
  if (number === undefined) throw new UsageError(`${flag} needs a size such as 500MB or 2GB, got ${text}`);
  return Number(number) * SIZE_UNITS[unit as keyof typeof SIZE_UNITS];
}

/** One of a few words. */
export function oneOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`${flag} needs one of ${words.join(" ")}, got ${text}${didYouMean(text, words)}`);
}
