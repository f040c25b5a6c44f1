import { parseArgs } from "node:util";
import { UsageError } from "../errors.ts";
import { type Arguments, COMMON_OPTIONS, type Command, type Option, type Options } from "./command.ts";
import { didYouMean } from "./nearest.ts";

/** Parses a command's words strictly: an unknown, repeated or valueless flag is a `UsageError` that says what was needed. */
export function parseArguments<O extends Options>(command: Command<O>, words: readonly string[]): Arguments<O> {
  const options: Options = { ...COMMON_OPTIONS, ...command.options };
  const { tokens } = parseArgs({
    args: [...words],
    options: toParseArgs(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | string[] | undefined> = defaults(options);
  const positionals: string[] = [];
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = known(command, options, token.name, token.rawName);
    const value = optionValue(option, token.rawName, token.value);
    if (option.multiple) (values[token.name] as string[]).push(String(value));
    else if (seen.has(token.name)) throw new UsageError(`${token.rawName} takes one value, got two`);
    else values[token.name] = value;
    seen.add(token.name);
  }
  if (values["help"] !== true) checkPositionals(command, positionals);
  return { values, positionals } as unknown as Arguments<O>;
}

function toParseArgs(options: Options): Record<string, { type: "string" | "boolean"; multiple: boolean }> {
  const entries = Object.entries(options).map(([name, { type, multiple }]) => {
    return [name, { type, multiple: multiple ?? false }] as const;
  });
  return Object.fromEntries(entries);
}

function defaults(options: Options): Record<string, string | boolean | string[] | undefined> {
  const entries = Object.entries(options).map(([name, option]) => {
    if (option.multiple) return [name, []] as const;
    return [name, option.type === "boolean" ? false : option.default] as const;
  });
  return Object.fromEntries(entries);
}

function known<O extends Options>(command: Command<O>, options: Options, name: string, raw: string): Option {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option !== undefined) return option;
  const flags = Object.keys(options).map((flag) => `--${flag}`);
  const hint = didYouMean(raw, flags) || `, needed one of ${flags.join(" ")}`;
  throw new UsageError(`plateau ${command.name} has no flag ${raw}${hint}`);
}

function optionValue(option: Option, raw: string, value: string | undefined): string | boolean {
  if (option.type === "boolean") {
    if (value !== undefined) throw new UsageError(`${raw} takes no value, got ${value}`);
    return true;
  }
  // `--seed --json` means that the value was forgotten; a value that begins with a dash is written `--seed=-1`
  if (value === undefined) {
    throw new UsageError(`${raw} needs a value: ${raw} ${option.placeholder ?? "VALUE"}, got none`);
  }
  return value;
}

function checkPositionals<O extends Options>(command: Command<O>, words: readonly string[]): void {
  const { min, max, what } = command.positionals;
  if (words.length < min) throw new UsageError(`plateau ${command.name} needs ${what}, got nothing`);
  if (words.length <= max) return;
  const extra = words[max];
  throw new UsageError(`plateau ${command.name} takes ${max === 0 ? "no names" : what}, got one too many: ${extra}`);
}
