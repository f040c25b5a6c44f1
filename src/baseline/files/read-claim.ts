import type { TierName } from "../../claim/claim.ts";
import { unitEvidence } from "../../claim/result.ts";
import { type AcceptedArm, type AcceptedCell, type Baseline, BaselineError, type TierBaseline } from "../baseline.ts";
import type { DefinedArm, DefinedSource } from "../definition.ts";
import type { Line } from "./line.ts";
import { type Lines, parseLines } from "./parse-lines.ts";

/** The baseline that the text of a claim's file is of. Throws `BaselineError`; see `parseLines`. */
export function readClaim(text: string, path: string): Baseline {
  const lines = parseLines(text, path);
  const { claim, hash, title, prediction, assumptions, grid } = lines.schema[0]!;
  try {
    return {
      ...{ claim, title, hash },
      definition: {
        prediction,
        assumptions,
        grid,
        tiers: Object.fromEntries(lines.tier.map(({ tier }) => [tier, definedArms(lines, tier)])),
      },
      tiers: Object.fromEntries(
        lines.tier.flatMap((line) => ("outcome" in line ? [[line.tier, tierOf(lines, line)]] : [])),
      ),
      streams: new Map(lines.stream.map(({ stream, digests }) => [stream, prefixesOf(digests)])),
    };
  } catch (error) {
    throw new BaselineError(`baseline ${path} requires lines that fit together: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function prefixesOf(digests: Line<"stream">["digests"]): ReadonlyMap<number, string> {
  return new Map(Object.entries(digests).map(([count, digest]) => [Number(count), digest]));
}

function definedArms(lines: Lines, tier: TierName): readonly DefinedArm[] {
  return armsAt(lines, tier).map(({ arm: name, kind }) => ({
    name,
    kind,
    sources: cellsAt(lines, tier, name).map((line) => sourceOf(line, tier)),
    units: unitsAt(lines, tier, name).map(({ unit: label, statistic, predicted, region, rivals }) => {
      return { label, statistic, predicted, region, rivals };
    }),
  }));
}

function sourceOf({ cell, role, experiment, setup, replicates }: Line<"cell">, tier: TierName): DefinedSource {
  return { cell, role: role ?? "experiment", experiment, setup, replicates: replicates[tier] };
}

function tierOf(lines: Lines, line: Extract<Line<"tier">, { readonly outcome: unknown }>): TierBaseline {
  const { tier, seed, interpreting, outcome, at, commit, engine, reason } = line;
  const arms = armsAt(lines, tier).map((arm) => armOf(lines, arm));
  return { seed, interpreting, outcome, arms, accepted: { at, commit, engine, reason } };
}

function armOf(lines: Lines, { arm: name, tier, kind, state, looks, reason }: Line<"arm">): AcceptedArm {
  if (state === undefined || looks === undefined)
    throw new Error(`arm ${name} at tier ${tier} has no state, its tier has`);
  const all = lines.cell.filter(({ arm }) => arm === name);
  const cells = cellsAt(lines, tier, name);
  const units = unitsAt(lines, tier, name).flatMap((unit) => {
    if (unit.state === undefined) return [];
    const { unit: label, tier: _tier, arm: _arm, cells: places = [], ...rest } = unit;
    return [unitEvidence.parse({ label, ...rest, cells: places.map((place) => cells.indexOf(all[place]!)) })];
  });
  const evidence = cells.map((cell) => cellOf(cell, tier));
  return { name, kind, state, ...(reason !== undefined && { reason }), looks, cells: evidence, units };
}

function cellOf({ cell, role, experiment, stream, ...counts }: Line<"cell">, tier: TierName): AcceptedCell {
  const replicates = counts.taken?.[tier] ?? counts.replicates[tier];
  if (stream === undefined || replicates === undefined)
    throw new Error(`a cell at tier ${tier} has no stream, its tier was accepted`);
  return {
    cell,
    role: role ?? "experiment",
    experiment,
    stream,
    replicates,
    counted: counts.counted?.[tier] ?? replicates,
  };
}

function armsAt({ arm }: Lines, tier: TierName): readonly Line<"arm">[] {
  return arm.filter((line) => line.tier === tier);
}

function unitsAt({ unit }: Lines, tier: TierName, arm: string): readonly Line<"unit">[] {
  return unit.filter((line) => line.tier === tier && line.arm === arm);
}

function cellsAt({ cell }: Lines, tier: TierName, arm: string): readonly Line<"cell">[] {
  return cell.filter((line) => {
    return line.arm === arm && (line.replicates[tier] !== undefined || line.taken?.[tier] !== undefined);
  });
}
