import { expect, test } from "vitest";
import { KERNEL_CONSTANTS } from "../kernel-functions.ts";
import { instantiate } from "../module.ts";
import { frameOf } from "./chain-frame.ts";

test("a frame of chains is laid out where the kernels look for it", () => {
  expect(frameOf(instantiate("plain").chains)).toEqual({
    active: KERNEL_CONSTANTS.FRAME_ACTIVE,
    escaped: KERNEL_CONSTANTS.FRAME_ESCAPED,
    steps: KERNEL_CONSTANTS.FRAME_STEPS,
    settings: KERNEL_CONSTANTS.FRAME_SETTINGS,
    layers: KERNEL_CONSTANTS.FRAME_LAYERS,
  });
});
