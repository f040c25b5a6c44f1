import type { Groups } from "../../program/primitives.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { groupShader, groupWords } from "../shaders/group-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/** One group of so many numbers, one behind another. */
export function everything(length: number): Groups {
  return { count: 1, stride: length, outer: 1, outerStride: 0, inner: length };
}

export interface GroupSum {
  readonly groups: Groups;
  readonly a: Place;
  /** Absent: ones. */
  readonly b?: Place;
  /** One number a group. */
  readonly out: Place;
  /** out += instead of out =. */
  readonly accumulate?: boolean;
}

/** out = sum over each group of a b, for `count` rows z of places; n numbers have at most n / 64 + 66 roundings. */
export function groupSumPass({ groups, a, b, out, accumulate = false }: GroupSum, count: number): Pass {
  return {
    shader: SHADER,
    bindings: [0],
    groups: [groups.count, 1, count],
    parameters: Uint32Array.of(
      ...[...placeWords(a), ...placeWords(b ?? a), ...placeWords(out), ...groupWords(groups)],
      ...[b === undefined ? 0 : 1, accumulate ? 1 : 0, 0, 0],
    ),
  };
}

const SHADER = `${PLACE_SHADER}${groupShader}
struct Parameters { a: Place, b: Place, out: Place, groups: Groups, hasFactor: u32, accumulate: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let a = locate(p.a, group.z);
  let b = locate(p.b, group.z);
  var sum = 0.0;
  for (var i = thread; i < p.groups.length; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    sum += numbers[a + at] * select(1.0, numbers[b + at], p.hasFactor == 1u);
  }
  let all = total(thread, vec4<f32>(sum, 0.0, 0.0, 0.0)).x;
  if (thread > 0u) { return; }
  let out = locate(p.out, group.z) + group.x;
  numbers[out] = select(all, all + numbers[out], p.accumulate == 1u);
}
`;
