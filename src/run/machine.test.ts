import { describe, expect, test } from "vitest";
import { quotaOfCores } from "./machine.ts";

describe("the quota of cores", () => {
  test.each([
    ["nothing is told", {}, Infinity],
    ["version 2, no limit", { "/proc/self/cgroup": "0::/a", "/sys/fs/cgroup/a/cpu.max": "max 100000" }, Infinity],
    ["version 2, one and a half", { "/proc/self/cgroup": "0::/a", "/sys/fs/cgroup/a/cpu.max": "150000 100000" }, 1.5],
    ["version 2, seen from inside a container", { "/proc/self/cgroup": "0::/", "/sys/fs/cgroup/cpu.max": "2 1" }, 2],
    [
      "version 2, the narrowest of the groups around it",
      {
        "/proc/self/cgroup": "0::/pod/job/task\n",
        "/sys/fs/cgroup/pod/cpu.max": "400000 100000",
        "/sys/fs/cgroup/pod/job/cpu.max": "100000 100000",
        "/sys/fs/cgroup/pod/job/task/cpu.max": "max 100000",
      },
      1,
    ],
    [
      "version 1, beside other controllers",
      {
        "/proc/self/cgroup": "12:memory:/b\n3:cpu,cpuacct:/b\n0::/b",
        "/sys/fs/cgroup/cpu/b/cpu.cfs_quota_us": "250000\n",
        "/sys/fs/cgroup/cpu/b/cpu.cfs_period_us": "100000\n",
      },
      2.5,
    ],
    [
      "version 1, no limit",
      {
        "/proc/self/cgroup": "3:cpu,cpuacct:/b",
        "/sys/fs/cgroup/cpu/b/cpu.cfs_quota_us": "-1",
        "/sys/fs/cgroup/cpu/b/cpu.cfs_period_us": "100000",
      },
      Infinity,
    ],
    ["a file that holds no numbers", { "/proc/self/cgroup": "0::/a", "/sys/fs/cgroup/a/cpu.max": "?" }, Infinity],
  ] as const)("%s", (_, files, cores) => {
    expect(quotaOfCores((path) => (files as Record<string, string>)[path])).toBe(cores);
  });
});
