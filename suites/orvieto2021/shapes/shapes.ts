/** Widths of a network from runs of (layers, width); the input is as wide as the first layer. */
export function widthsOf(...runs: readonly (readonly [layers: number, width: number])[]): readonly number[] {
  const widths = runs.flatMap(([layers, width]) => new Array<number>(layers).fill(width));
  return [widths[0]!, ...widths];
}
