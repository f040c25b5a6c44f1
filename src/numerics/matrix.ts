/**
 * A layer's weights inside a longer array: row-major, one row of `fanIn` weights an output, first weight at `at`.
 * Both products sum over their reduction index from 0 up; four outputs go side by side, which changes no sum.
 */
export interface Layer {
  readonly weights: Float64Array;
  readonly at: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

/** y = W x, from `x[xAt ...]` to `y[yAt ...]`. Cost: fanIn * fanOut multiply-adds. */
export function multiply(layer: Layer, x: Float64Array, xAt: number, y: Float64Array, yAt: number): void {
  const { weights, at, fanIn, fanOut } = layer;
  const blocked = fanOut - (fanOut % 4);
  for (let row = 0; row < blocked; row += 4) {
    const first = at + row * fanIn;
    const second = first + fanIn;
    const third = second + fanIn;
    const fourth = third + fanIn;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let column = 0; column < fanIn; column++) {
      const value = x[xAt + column]!;
      a += weights[first + column]! * value;
      b += weights[second + column]! * value;
      c += weights[third + column]! * value;
      d += weights[fourth + column]! * value;
    }
    y[yAt + row] = a;
    y[yAt + row + 1] = b;
    y[yAt + row + 2] = c;
    y[yAt + row + 3] = d;
  }
  for (let row = blocked; row < fanOut; row++) {
    const start = at + row * fanIn;
    let sum = 0;
    for (let column = 0; column < fanIn; column++) sum += weights[start + column]! * x[xAt + column]!;
    y[yAt + row] = sum;
  }
}

/** x = W^T y, from `y[yAt ...]` to `x[xAt ...]`. Cost: fanIn * fanOut multiply-adds. */
export function multiplyTransposed(layer: Layer, y: Float64Array, yAt: number, x: Float64Array, xAt: number): void {
  const { weights, at, fanIn, fanOut } = layer;
  const blocked = fanOut - (fanOut % 4);
  for (let column = 0; column < fanIn; column++) x[xAt + column] = 0;
  // Four terms of each sum a visit, added one after another as the plain loop over rows would.
  for (let row = 0; row < blocked; row += 4) {
    const first = at + row * fanIn;
    const second = first + fanIn;
    const third = second + fanIn;
    const fourth = third + fanIn;
    const a = y[yAt + row]!;
    const b = y[yAt + row + 1]!;
    const c = y[yAt + row + 2]!;
    const d = y[yAt + row + 3]!;
    for (let column = 0; column < fanIn; column++) {
      let sum = x[xAt + column]!;
      sum += weights[first + column]! * a;
      sum += weights[second + column]! * b;
      sum += weights[third + column]! * c;
      sum += weights[fourth + column]! * d;
      x[xAt + column] = sum;
    }
  }
  for (let row = blocked; row < fanOut; row++) {
    const start = at + row * fanIn;
    const value = y[yAt + row]!;
    for (let column = 0; column < fanIn; column++) x[xAt + column]! += weights[start + column]! * value;
  }
}
