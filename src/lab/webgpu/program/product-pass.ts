import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";

/** Entry (i, j) lies at its place + i * row + j * column. */
export interface Operand {
  readonly place: Place;
  readonly row: number;
  readonly column: number;
}

export interface Product {
  readonly rows: number;
  readonly columns: number;
  /** Terms of each sum. */
  readonly terms: number;
  readonly left: Operand;
  readonly right: Operand;
  /** `rows` x `columns`, row-major. */
  readonly out: Place;
  /** out += instead of out =. */
  readonly accumulate?: boolean;
  /** One number a column, added. */
  readonly bias?: Place | undefined;
}

/** Matrix and its transpose, row-major with `columns` columns. */
export function matrix(place: Place, columns: number): Operand {
  return { place, row: columns, column: 1 };
}
export function transposed(place: Place, columns: number): Operand {
  return { place, row: 1, column: columns };
}

/**
 * out = left right (+ bias), for `count` rows z of places at once. Each sum runs over its terms from 0 up in one accumulator: at most
 * terms + 2 roundings.
 */
export function productPass(product: Product, count: number): Pass {
  const { rows, columns, terms, left, right, out, accumulate = false, bias } = product;
  return {
    shader: SHADER,
    bindings: [0],
    groups: [Math.ceil(columns / TILE), Math.ceil(rows / TILE), count],
    parameters: Uint32Array.of(
      ...[...placeWords(left.place), ...placeWords(right.place), ...placeWords(out), ...placeWords(bias ?? out)],
      ...[rows, columns, terms, left.row, left.column, right.row, right.column],
      (accumulate ? ACCUMULATE : 0) + (bias === undefined ? 0 : BIAS),
    ),
  };
}

const ACCUMULATE = 1;
const BIAS = 2;

/** Outputs of a workgroup are a square of this side; each number that is loaded is then used so many times. */
const TILE = 8;

const SHADER = `${PLACE_SHADER}
struct Parameters {
  left: Place, right: Place, out: Place, bias: Place,
  rows: u32, columns: u32, terms: u32,
  leftRow: u32, leftColumn: u32, rightRow: u32, rightColumn: u32, flags: u32,
}
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
var<workgroup> leftTile: array<f32, ${TILE * TILE}>;
var<workgroup> rightTile: array<f32, ${TILE * TILE}>;

@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let p = parameters;
  let left = locate(p.left, group.z);
  let right = locate(p.right, group.z);
  let row = group.y * ${TILE}u + local.y;
  let column = group.x * ${TILE}u + local.x;
  let slot = local.y * ${TILE}u + local.x;
  var sum = 0.0;
  for (var start = 0u; start < p.terms; start += ${TILE}u) {
    let leftTerm = start + local.x;
    let rightTerm = start + local.y;
    var a = 0.0;
    var b = 0.0;
    if (row < p.rows && leftTerm < p.terms) { a = numbers[left + row * p.leftRow + leftTerm * p.leftColumn]; }
    if (column < p.columns && rightTerm < p.terms) { b = numbers[right + rightTerm * p.rightRow + column * p.rightColumn]; }
    leftTile[slot] = a;
    rightTile[slot] = b;
    workgroupBarrier();
    for (var term = 0u; term < ${TILE}u; term++) {
      sum += leftTile[local.y * ${TILE}u + term] * rightTile[term * ${TILE}u + local.x];
    }
    workgroupBarrier();
  }
  if (row >= p.rows || column >= p.columns) { return; }
  let at = locate(p.out, group.z) + row * p.columns + column;
  if ((p.flags & ${BIAS}u) != 0u) { sum += numbers[locate(p.bias, group.z) + column]; }
  if ((p.flags & ${ACCUMULATE}u) != 0u) { sum += numbers[at]; }
  numbers[at] = sum;
}
`;
