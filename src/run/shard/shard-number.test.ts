import { describe, expect, test } from "vitest";
import { ShardError } from "./shard.ts";
import { shardNumber } from "./shard-number.ts";

const slurm = (id: number, min: number, max: number, count = max - min + 1) => ({
  SLURM_ARRAY_TASK_ID: String(id),
  SLURM_ARRAY_TASK_MIN: String(min),
  SLURM_ARRAY_TASK_MAX: String(max),
  SLURM_ARRAY_TASK_COUNT: String(count),
});
const kubernetes = (index: number, completions?: number) => ({
  JOB_COMPLETION_INDEX: String(index),
  ...(completions === undefined ? {} : { JOB_COMPLETIONS: String(completions) }),
});

describe("the number of a shard", () => {
  test.each([
    ["said outright", "2/4", {}, [2, 4]],
    ["said outright inside an array", "2/4", slurm(7, 0, 9), [2, 4]],
    ["the first task of a Slurm array from 0", "auto", slurm(0, 0, 3), [1, 4]],
    ["the last task of a Slurm array from 0", "auto", slurm(3, 0, 3), [4, 4]],
    ["the first task of a Slurm array from 1", "auto", slurm(1, 1, 4), [1, 4]],
    ["the last task of a Slurm array from 1", "auto", slurm(4, 1, 4), [4, 4]],
    ["a Slurm that does not tell the last number", "auto", { ...slurm(2, 1, 4), SLURM_ARRAY_TASK_MAX: "" }, [2, 4]],
    ["a Slurm array of the total that is named", "auto/4", slurm(3, 0, 3), [4, 4]],
    ["the first pod of a Kubernetes job", "auto", kubernetes(0, 4), [1, 4]],
    ["the last pod of a Kubernetes job", "auto", kubernetes(3, 4), [4, 4]],
    ["a Kubernetes job whose total is named", "auto/4", kubernetes(1), [2, 4]],
  ])("of %s", (_, text, environment, [index, count]) => {
    expect(shardNumber(text, environment)).toEqual({ index, count });
  });

  test.each([
    ["no number", "", {}, "needs i/n, such as 2/4, or auto or auto/n, got "],
    ["one number", "2", {}, "needs i/n, such as 2/4, or auto or auto/n, got 2"],
    ["three numbers", "1/2/3", {}, "got 1/2/3"],
    ["a sign", "-1/2", {}, "got -1/2"],
    ["a fraction", "1.5/2", {}, "got 1.5/2"],
    ["shard 0", "0/4", {}, "got shard 0 of 4"],
    ["a shard beyond the last", "5/4", {}, "got shard 5 of 4"],
    ["no shards", "1/0", {}, "got shard 1 of 0"],
    ["too many shards", "1/10001", {}, "n from 1 to 10000, got shard 1 of 10001"],
    ["auto outside of a cluster", "auto", {}, "found neither"],
    ["auto in both clusters", "auto", { ...slurm(0, 0, 1), ...kubernetes(0, 2) }, "found both"],
    ["a Slurm array with gaps", "auto", slurm(3, 1, 7, 3), "the array has 3 tasks from 1 to 7 and this is task 3"],
    ["one task of a Slurm array run again", "auto", slurm(3, 3, 3), "the array has 1 tasks from 3 to 3"],
    ["a Slurm array of another size than named", "auto/5", slurm(0, 0, 3), "needs 5 tasks, the array has 4 tasks"],
    ["a task that is no number", "auto", { ...slurm(0, 0, 3), SLURM_ARRAY_TASK_ID: "%a" }, "found %a"],
    ["Slurm without the array's size", "auto", { SLURM_ARRAY_TASK_ID: "1" }, "in SLURM_ARRAY_TASK_MIN, found nothing"],
    ["a Kubernetes job without its total", "auto", kubernetes(0), "set JOB_COMPLETIONS in the manifest, or say auto/n"],
    ["two totals", "auto/5", kubernetes(0, 4), "needs 5 completions, JOB_COMPLETIONS is 4"],
    ["a pod beyond the total", "auto", kubernetes(4, 4), "got shard 5 of 4"],
  ])("is refused for %s", (_, text, environment, message) => {
    expect(() => shardNumber(text, environment)).toThrow(ShardError);
    expect(() => shardNumber(text, environment)).toThrow(message);
  });
});
