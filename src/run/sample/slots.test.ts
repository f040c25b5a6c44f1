import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { slots } from "./slots.ts";

test("at most that many run at once, in the order given, also when some fail", async () => {
  const inSlot = slots(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4].map((index) =>
      inSlot(async () => {
        begun.push(index);
        running++;
        most = Math.max(most, running);
        await setImmediate();
        running--;
        if (index === 1) throw new Error("one");
        return index;
      }),
    ),
  );
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
});
