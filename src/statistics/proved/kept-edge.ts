/**
 * Where numbers cease to be kept outward from `around`, `beyond` turning positive, in steps of `unit` doubled; the outer end of a bracket of a relative
 * 1e-10. Regula falsi with Illinois's halving (M. Dowell and P. Jarratt, BIT 11, 1971, 168-174): about ten calls.
 */
export function keptEdge(beyond: (at: number) => number, around: number, unit: number): number {
  const at = (steps: number): number => beyond(around + steps * unit);
  let within = 0;
  let out = 1;
  let [under, over] = [at(within), at(out)];
  for (let step = 0; !(over > 0); step++) {
    if (step > MOST_DOUBLINGS) return unit * Number.POSITIVE_INFINITY;
    [within, under] = [out, over];
    out *= 2;
    over = at(out);
  }
  let last = 0;
  while (out - within > 1e-10 * out) {
    // A quarter of the bracket asked, so that an end on the edge is passed and the other one follows.
    const least = 0.25e-10 * out;
    const chord = within + ((out - within) * under) / (under - over);
    const next = Math.min(out - least, Math.max(within + least, Number.isNaN(chord) ? (within + out) / 2 : chord));
    const value = at(next);
    if (value > 0) {
      [out, over] = [next, value];
      if (last === 1) under /= 2;
      last = 1;
    } else {
      [within, under] = [next, value];
      if (last === -1) over /= 2;
      last = -1;
    }
  }
  return around + out * unit;
}

const MOST_DOUBLINGS = 200;
