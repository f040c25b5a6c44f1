import { nextUniform, type Stream } from "../../numerics/random.ts";

/**
 * Puts 0, ..., n - 1 into `order` in an order of which each is equally likely, whatever was there: the next epoch of a stream of
 * lane `order`. Fisher and Yates from the last place down, one uniform an exchange: n - 1 draws.
 */
export function drawEpochOrder(stream: Stream, order: Int32Array): void {
  for (let place = 0; place < order.length; place++) order[place] = place;
  for (let place = order.length - 1; place > 0; place--) {
    const chosen = Math.floor(nextUniform(stream) * (place + 1));
    const example = order[chosen]!;
    order[chosen] = order[place]!;
    order[place] = example;
  }
}
