import { normalUpperTail } from "../quantiles.ts";

/** What one group's parameter may be at each price: `price` d^2 of its exact one-sided p-value's normal deviate d >= 0, 0 where p >= 1/2. */
export interface Offers {
  readonly prices: Float64Array;
  /** Least contribution to the total that may be had at that price. */
  readonly values: Float64Array;
}

/**
 * The q with P(S > q) <= alpha, S the sum over independent groups of max(0, d_i)^2, d_i = normal deviate of an exact
 * one-sided p-value.
 *
 * Proof of the joint region: an exact p-value is stochastically at least uniform, so d_i is stochastically at most normal,
 * and S at most the sum of squared positive parts of independent normals: a mixture of chi-squares with binomial weights
 * C(k, j) / 2^k (Bartholomew's chi-bar-square of k free directions). Hence the parameters' true values satisfy S <= q with
 * probability 1 - alpha, and the least total over {S <= q} is a lower confidence bound for the true total.
 * alpha in (0, 1/2). Splitting alpha over k groups instead would widen the bound by up to sqrt(k).
 */
export function jointBudget(alpha: number, groups: number): number {
  let low = 0;
  let high = 1;
  while (mixtureTail(high, groups) > alpha) high *= 2;
  // 24 halvings leave it too large by less than a millionth; on the safe side.
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (mixtureTail(middle, groups) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

function mixtureTail(q: number, groups: number): number {
  let tail = 0;
  let weight = 0.5 ** groups;
  chiSquareTails(q, groups).forEach((chiSquareTail, i) => {
    weight *= (groups - i) / (i + 1);
    tail += weight * chiSquareTail;
  });
  return tail;
}

/** P(chi-square > q) for 1, 2, ... `most` degrees: P_(j+2) = P_j + (q/2)^(j/2) exp(-q/2) / Gamma(j/2 + 1), no cancellation. */
function chiSquareTails(q: number, most: number): readonly number[] {
  const density = Math.exp(-q / 2);
  const tails = [2 * normalUpperTail(Math.sqrt(q)), density];
  const terms = [Math.sqrt((2 * q) / Math.PI) * density, (q / 2) * density];
  for (let j = 3; j <= most; j++) {
    tails.push(tails[j - 3]! + terms[j - 3]!);
    terms.push((terms[j - 3]! * q) / j);
  }
  return tails.slice(0, most);
}

/**
 * A number that no choice of one offer a group with total price at most `budget` undercuts, close to the least such total.
 * By weak duality: for every multiplier m >= 0, sum_i min(value + m price) - m budget is such a number; the best m is where
 * the prices of the minimisers cross the budget. Cost: offers times about 45.
 */
export function leastTotal(groups: readonly Offers[], budget: number): number {
  const affordable = groups.map((offers) => withinBudget(offers, budget));
  if (affordable.some(({ values }) => values.includes(Number.NEGATIVE_INFINITY))) return Number.NEGATIVE_INFINITY;
  if (affordable.some(({ values }) => values.includes(Number.POSITIVE_INFINITY))) return Number.NEGATIVE_INFINITY;
  const range = affordable.reduce((sum, { values }) => sum + Math.max(...values) - Math.min(...values), 0);
  if (range === 0) return dual(affordable, budget, 0).total;
  let low = 0;
  let high = range / budget;
  while (dual(affordable, budget, high).price > budget) high *= 2;
  let best = Math.max(dual(affordable, budget, 0).total, dual(affordable, budget, high).total);
  // 40 halvings leave the multiplier wrong by 1e-12 of its range: the total is flat there.
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    const { total, price } = dual(affordable, budget, middle);
    best = Math.max(best, total);
    if (price > budget) low = middle;
    else high = middle;
  }
  return best;
}

function withinBudget({ prices, values }: Offers, budget: number): Offers {
  const affordable = { prices: new Float64Array(prices.length), values: new Float64Array(prices.length) };
  let count = 0;
  for (let i = 0; i < prices.length; i++) {
    if (!(prices[i]! <= budget)) continue;
    affordable.prices[count] = prices[i]!;
    affordable.values[count] = values[i]!;
    count++;
  }
  return { prices: affordable.prices.subarray(0, count), values: affordable.values.subarray(0, count) };
}

function dual(groups: readonly Offers[], budget: number, multiplier: number): { total: number; price: number } {
  let total = -multiplier * budget;
  let price = 0;
  for (const { prices, values } of groups) {
    let least = Number.POSITIVE_INFINITY;
    let paid = 0;
    for (let i = 0; i < prices.length; i++) {
      const cost = values[i]! + multiplier * prices[i]!;
      if (cost < least) {
        least = cost;
        paid = prices[i]!;
      }
    }
    total += least;
    price += paid;
  }
  return { total, price };
}
