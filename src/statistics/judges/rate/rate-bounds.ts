import { keptEdge } from "../../proved/kept-edge.ts";
import { atLeast, atMost, totalLaw } from "./count-law.ts";
import type { Events } from "./events.ts";

/** Lower bound of a rate, from the chance of so many events or more. Cost: some ten sums of as many terms as a total has likely values. */
export function lowestRate({ events, count }: Events, dispersion: number, alpha: number): number {
  const law = totalLaw(count, dispersion);
  return events === 0 ? 0 : outwardFrom(events, -STEP, (mean) => atLeast(law, events, mean), alpha) / count;
}

/** Upper bound of a rate, from the chance of so few events. */
export function highestRate({ events, count }: Events, dispersion: number, alpha: number): number {
  const law = totalLaw(count, dispersion);
  return outwardFrom(Math.max(events, HALF), STEP, (mean) => atMost(law, events, mean), alpha) / count;
}

/** First step of the search, of the logarithm of a mean. */
const STEP = 0.1;
/** A mean at which no event is likelier than any level in use. */
const HALF = 0.5;

/** The mean at which a tail that falls outward is `alpha`, the outer end of a bracket of a relative 1e-10; `mean` itself where it is smaller there. */
function outwardFrom(mean: number, step: number, tail: (mean: number) => number, alpha: number): number {
  const beyond = (logarithm: number) =>
    Math.log(alpha) - Math.log(Math.max(tail(Math.exp(logarithm)), Number.MIN_VALUE));
  const from = Math.log(mean);
  return beyond(from) > 0 ? mean : Math.exp(keptEdge(beyond, from, step));
}
