/**
 * The rising (or falling) sequence nearest to the values in weighted least squares, by pooling neighbours that violate the order
 * (M. Ayer et al., Annals of Mathematical Statistics 26, 1955, 641-647). `weights` are positive, one a value. Cost: linear.
 */
export function isotonicFit(
  values: readonly number[],
  weights: readonly number[],
  order: "ascending" | "descending",
): readonly number[] {
  if (order === "descending") {
    return isotonicFit(
      values.map((value) => -value),
      weights,
      "ascending",
    ).map((value) => 0 - value);
  }
  const blocks: Block[] = [];
  values.forEach((value, i) => {
    let block: Block = { sum: weights[i]! * value, weight: weights[i]!, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight > block.sum / block.weight; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ sum, weight, count }) => Array<number>(count).fill(sum / weight));
}

/** Neighbours with one value. */
interface Block {
  readonly sum: number;
  readonly weight: number;
  readonly count: number;
}
