/**
 * Products with weights that lie in memory, row-major. Sums run over their index from 0 up; outputs go side by side.
 */

/** output = W input, for `rows` x `columns` weights. */
export function multiplyRows(weights: usize, rows: i32, columns: i32, input: usize, output: usize): void {
  const rowBytes = <usize>columns * 8;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const first = weights + <usize>row * rowBytes;
    const low = multiplyTwo(first, first + rowBytes, columns, input);
    const high = multiplyTwo(first + 2 * rowBytes, first + 3 * rowBytes, columns, input);
    v128.store(output + 8 * <usize>row, low);
    v128.store(output + 8 * <usize>row, high, 16);
  }
  for (; row < rows; row++) {
    const first = weights + <usize>row * rowBytes;
    store<f64>(output + 8 * <usize>row, f64x2.extract_lane(multiplyTwo(first, first, columns, input), 0));
  }
}

/** The products of two rows, side by side. */
function multiplyTwo(first: usize, second: usize, columns: i32, input: usize): v128 {
  const end = <usize>columns * 8;
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 8 < end; at += 16) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(a, b, 0, 2), v128.load64_splat(input + at)));
    sum = f64x2.add(sum, f64x2.mul(v128.shuffle<f64>(a, b, 1, 3), v128.load64_splat(input + at, 8)));
  }
  if (at < end) {
    const last = v128.load64_lane(second + at, v128.load64_zero(first + at), 1);
    sum = f64x2.add(sum, f64x2.mul(last, v128.load64_splat(input + at)));
  }
  return sum;
}

/** output[c] = sum over r of factors[r] * row r [c]: `count` rows at the listed addresses, `columns` numbers each. */
export function addRows(count: i32, addresses: usize, factors: usize, columns: i32, output: usize): void {
  memory.fill(output, 0, 8 * <usize>columns);
  let row = 0;
  for (; row + 3 < count; row += 4) addFour(addresses + 4 * <usize>row, factors + 8 * <usize>row, columns, output);
  for (; row < count; row++) {
    const weights = <usize>load<u32>(addresses + 4 * <usize>row);
    const factor = load<f64>(factors + 8 * <usize>row);
    for (let at: usize = 0; at < <usize>columns * 8; at += 8) {
      store<f64>(output + at, load<f64>(output + at) + load<f64>(weights + at) * factor);
    }
  }
}

/** Four terms of each sum a visit, one after another. */
function addFour(addresses: usize, factors: usize, columns: i32, output: usize): void {
  const a = <usize>load<u32>(addresses);
  const b = <usize>load<u32>(addresses, 4);
  const c = <usize>load<u32>(addresses, 8);
  const d = <usize>load<u32>(addresses, 12);
  const end = <usize>columns * 8;
  let at: usize = 0;
  for (; at + 8 < end; at += 16) {
    let sum = v128.load(output + at);
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + at), v128.load64_splat(factors)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(b + at), v128.load64_splat(factors, 8)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(c + at), v128.load64_splat(factors, 16)));
    sum = f64x2.add(sum, f64x2.mul(v128.load(d + at), v128.load64_splat(factors, 24)));
    v128.store(output + at, sum);
  }
  if (at < end) {
    let sum = load<f64>(output + at) + load<f64>(a + at) * load<f64>(factors);
    sum += load<f64>(b + at) * load<f64>(factors, 8);
    sum += load<f64>(c + at) * load<f64>(factors, 16);
    store<f64>(output + at, sum + load<f64>(d + at) * load<f64>(factors, 24));
  }
}
