import type { Engine } from "../../../../src/lab/contract/engine.ts";
import type { Arithmetic } from "../check.ts";
import { logNormErrors, squaredNorm } from "./linear-chain.ts";
import { drawWeights, inputOf, passForward, type Slope, slopeAt } from "./pass.ts";

type Request = Parameters<Engine["propagate"]>[0];

/** What `propagate` is to give, and how far an engine of this arithmetic may be from it. */
export function naivePropagate(request: Request, arithmetic: Arithmetic, slope: Slope = slopeAt) {
  const { streams } = request;
  const rows = Array.from({ length: streams.count }, (_, row) =>
    propagateOne(request, streams.first + row, arithmetic, slope),
  );
  return {
    logIncrements: rows.flatMap(({ increments }) => increments),
    logInput: rows.map(({ logInput }) => logInput),
    layersAlive: rows.map(({ alive }) => alive),
    errors: rows.flatMap(({ errors }) => errors),
    inputErrors: rows.map(({ inputError }) => inputError),
  };
}

function propagateOne(request: Request, replicate: number, arithmetic: Arithmetic, slope: Slope) {
  const { network, input, streams, data, revive = false } = request;
  const start = inputOf(input, network.widths[0]!, streams.key, replicate, data);
  const weights = drawWeights(network, streams.key, replicate);
  const increments: number[] = [];
  const errors: number[] = [];
  let alive = weights.length;
  let from = 0;
  let first = start;
  while (from < weights.length) {
    const rest = weights.slice(from);
    const { hidden, masked } = passForward(rest, Array(rest.length).fill(network.activation), first, slope);
    const squares = hidden.map(squaredNorm);
    const death = squares.indexOf(0);
    const passed = death < 0 ? rest.length : death - 1;
    const bounds = logNormErrors(masked.slice(0, passed), first, arithmetic);
    for (let layer = 0; layer < passed; layer++) {
      increments.push(Math.log(squares[layer + 1]! / squares[layer]!));
      errors.push(bounds[layer]! + (bounds[layer - 1] ?? 4 * network.widths[0]! * arithmetic.unit));
    }
    if (death < 0) break;
    alive = Math.min(alive, from + passed);
    const dead = revive ? 1 : rest.length - passed;
    increments.push(...Array<number>(dead).fill(-Infinity));
    errors.push(...Array<number>(dead).fill(0));
    if (!revive) break;
    from += passed + 1;
    first = Array.from({ length: network.widths[from]! }, (_, unit) => (unit === 0 ? 1 : 0));
  }
  const square = squaredNorm(start);
  const logInput = input.law === "raw-image" ? Math.log(square) : 0;
  const inputError = (network.widths[0]! + 8) * arithmetic.unit * (1 + Math.abs(Math.log(square)));
  return { increments, errors, alive, logInput, inputError: input.law === "raw-image" ? inputError : 0 };
}
