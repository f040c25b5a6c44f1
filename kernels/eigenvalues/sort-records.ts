/**
 * Sorts `count` records of two float64s by the first, ascending and stable; `spare` has room for as many. Returns where the
 * result is: `records` or `spare`. By merging runs of 1, 2, 4, ...
 */
export function sortRecords(records: usize, spare: usize, count: i32): usize {
  let from = records;
  let to = spare;
  const bytes = (<usize>count << 4);
  for (let run: usize = 16; run < bytes; run *= 2) {
    for (let start: usize = 0; start < bytes; start += 2 * run) {
      merge(from + start, from + min(start + run, bytes), from + min(start + 2 * run, bytes), to + start);
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

/** The runs [first, second) and [second, end) into `out`; the first run's record goes first where two are equal. */
function merge(first: usize, second: usize, end: usize, out: usize): void {
  let a = first;
  let b = second;
  for (; a < second && b < end; out += 16) {
    if (load<f64>(b) < load<f64>(a)) {
      v128.store(out, v128.load(b));
      b += 16;
    } else {
      v128.store(out, v128.load(a));
      a += 16;
    }
  }
  memory.copy(out, a, second - a);
  memory.copy(out + (second - a), b, end - b);
}
