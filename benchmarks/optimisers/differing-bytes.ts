/** How many of the 8 bytes of each pair of numbers differ, in all; -0 and 0 differ, and equal NaN do not. */
export function differingBytes(first: Float64Array, second: Float64Array): number {
  if (first.length !== second.length) {
    throw new RangeError(`bytes are compared of as many numbers, got ${first.length} and ${second.length}`);
  }
  const left = new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
  const right = new Uint8Array(second.buffer, second.byteOffset, second.byteLength);
  let differing = 0;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) differing++;
  return differing;
}
