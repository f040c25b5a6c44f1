import type { Attack } from "../linear-attack.ts";

/** An attack on one group's mean as one on pairs that have its values as differences, beside what both have in common. */
export function pairedAttack(attack: Attack): Attack {
  return {
    ...attack,
    groupsOf: (values, context) =>
      attack.groupsOf(values, context).map(({ columns: [differences] }) => {
        const common = differences!.toReversed();
        return { columns: [differences!.map((difference, pair) => common[pair]! + difference), common] };
      }),
  };
}
