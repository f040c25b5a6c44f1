import type { Groups } from "../../program/primitives.ts";
import { THREADS } from "./unit-norm-shader.ts";

/** Of the WGSL struct `Groups`, in 32-bit words; the sixth is the numbers of a group. */
export function groupWords({ stride, outer, outerStride, inner }: Groups): readonly number[] {
  return [stride, outerStride, inner, outer * inner];
}

/**
 * A workgroup a group of numbers: `member(groups, group, i)` is where its i-th number lies, and `fn total(thread, values)` sums four
 * numbers over the threads, in thread order, for all of them. A sum of n numbers that each thread began with every 64th has at most
 * n / 64 + 64 roundings. Every thread of the group must call it.
 */
export const groupShader = `
struct Groups { stride: u32, outerStride: u32, inner: u32, length: u32 }

fn member(groups: Groups, group: u32, i: u32) -> u32 {
  return group * groups.stride + (i / groups.inner) * groups.outerStride + i % groups.inner;
}

var<workgroup> parts: array<vec4<f32>, ${THREADS}>;

fn total(thread: u32, values: vec4<f32>) -> vec4<f32> {
  parts[thread] = values;
  workgroupBarrier();
  var sum = parts[0];
  for (var i = 1u; i < ${THREADS}u; i++) { sum += parts[i]; }
  workgroupBarrier();
  return sum;
}
`;
