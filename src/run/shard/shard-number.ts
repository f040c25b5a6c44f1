import { type Shard, ShardError } from "./shard.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** More parts than any suite has claims: a typing mistake. */
const MOST_SHARDS = 10_000;

const SLURM = "SLURM_ARRAY_TASK_ID";
const KUBERNETES = "JOB_COMPLETION_INDEX";

/**
 * Which shard this is: `2/4` says it; `auto` asks the environment of a Slurm array task (SLURM_ARRAY_TASK_ID, _MIN, _MAX,
 * _COUNT; the array starts at 0 or 1 and has no gaps) or of a pod of a Kubernetes indexed job (JOB_COMPLETION_INDEX, from
 * 0, with the total in JOB_COMPLETIONS, which the manifest has to set); `auto/4` asks it for the number alone.
 * Throws `ShardError`.
 */
export function shardNumber(text: string, environment: Environment): Shard {
  const [index, total, ...rest] = text.split("/");
  if (rest.length > 0 || index === undefined) throw malformed(text);
  if (index !== "auto") return checked(wholeNumber("--shard", index, text), wholeNumber("--shard", total ?? "", text));
  const said = total === undefined ? undefined : wholeNumber("--shard", total, text);
  const slurm = present(environment, SLURM);
  const kubernetes = present(environment, KUBERNETES);
  if (slurm && kubernetes) {
    throw new ShardError(`--shard ${text} found both ${SLURM} and ${KUBERNETES}, needed one: name the shard as i/n`);
  }
  if (slurm) return slurmShard(environment, said);
  if (kubernetes) return kubernetesShard(environment, said);
  throw new ShardError(`--shard ${text} needs ${SLURM} (Slurm) or ${KUBERNETES} (Kubernetes) to be set, found neither`);
}

function slurmShard(environment: Environment, said: number | undefined): Shard {
  const read = (name: string) => fromEnvironment(environment, name);
  const id = read(SLURM);
  const first = read("SLURM_ARRAY_TASK_MIN");
  const count = read("SLURM_ARRAY_TASK_COUNT");
  const last = present(environment, "SLURM_ARRAY_TASK_MAX") ? read("SLURM_ARRAY_TASK_MAX") : first + count - 1;
  const array = `the array has ${count} tasks from ${first} to ${last}`;
  if (first > 1 || last - first + 1 !== count || id < first || id > last) {
    throw new ShardError(
      `--shard auto needs a Slurm array without gaps that starts at 0 or 1, ${array} and this is task ${id}: name the shard as i/n`,
    );
  }
  if (said !== undefined && said !== count) throw new ShardError(`--shard auto/${said} needs ${said} tasks, ${array}`);
  return checked(id - first + 1, count);
}

function kubernetesShard(environment: Environment, said: number | undefined): Shard {
  const index = fromEnvironment(environment, KUBERNETES);
  const total = present(environment, "JOB_COMPLETIONS") ? fromEnvironment(environment, "JOB_COMPLETIONS") : undefined;
  const count = said ?? total;
  if (count === undefined) {
    throw new ShardError(
      `--shard auto needs the total besides ${KUBERNETES}: set JOB_COMPLETIONS in the manifest, or say auto/n`,
    );
  }
  if (total !== undefined && total !== count) {
    throw new ShardError(`--shard auto/${count} needs ${count} completions, JOB_COMPLETIONS is ${total}`);
  }
  return checked(index + 1, count);
}

function checked(index: number, count: number): Shard {
  if (count < 1 || count > MOST_SHARDS || index < 1 || index > count) {
    throw new ShardError(
      `--shard needs i/n with i from 1 to n and n from 1 to ${MOST_SHARDS}, got shard ${index} of ${count}`,
    );
  }
  return { index, count };
}

function present(environment: Environment, name: string): boolean {
  return environment[name] !== undefined && environment[name] !== "";
}

function fromEnvironment(environment: Environment, name: string): number {
  const text = environment[name] ?? "";
  if (!/^\d{1,9}$/.test(text)) {
    throw new ShardError(`--shard auto needs a whole number in ${name}, found ${text === "" ? "nothing" : text}`);
  }
  return Number(text);
}

function wholeNumber(flag: string, text: string, whole: string): number {
  if (!/^\d{1,9}$/.test(text)) throw malformed(whole, flag);
  return Number(text);
}

function malformed(text: string, flag = "--shard"): ShardError {
  return new ShardError(`${flag} needs i/n, such as 2/4, or auto or auto/n, got ${text}`);
}
