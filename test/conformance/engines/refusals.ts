import type { EngineName } from "../../../src/lab/engines.ts";
import type { Check, Operation } from "./check.ts";

/** One thing that an engine does not do, and words of the reason that it must give. */
export interface Refusal {
  readonly operation: Operation;
  /** Only the checks whose names this matches; absent: the operation altogether. */
  readonly of?: RegExp;
  readonly reason: RegExp;
}

const lawExact = (reason: RegExp): readonly Refusal[] =>
  (["propagate", "backpropagate"] as const).map((operation) => ({ operation, of: /law-exact/, reason }));
const CURVED = /GELU, SiLU, SELU and sigmoid/;
const MODEL_OPERATIONS = [
  ...(["layerNorms", "outputs", "gradients", "hessianVectorProducts", "hessians", "hessianEigenvalues"] as const),
] as const;
const TWO_CURVED = /has tanh and sigmoid alone of the curved activations, got gelu/;

/** All that engines do not do. What is not here must pass the contract, and what is here must be refused as unsupported. */
export const refusals: { readonly [engine in EngineName]?: readonly Refusal[] } = {
  tensorflow: [
    ...MODEL_OPERATIONS.map((operation) => ({ operation, of: CURVED, reason: TWO_CURVED })),
    ...lawExact(/requires direct sampling, got law-exact/),
    { operation: "chainWeights", reason: /own draws, of which TensorFlow would compute nothing/ },
    { operation: "chainHessians", reason: /below float32's rounding/ },
    { operation: "chainEscapes", reason: /float32 absorbs the steps/ },
    { operation: "chainTrajectories", reason: /float32 absorbs steps/ },
    { operation: "diffusionExits", reason: /own noise/ },
    {
      operation: "propagate",
      of: /gains of 1e-300 and 1e300/,
      reason: /float32, which requires weights of 2\^-60 to 2\^60/,
    },
  ],
  webgpu: MODEL_OPERATIONS.map((operation) => ({ operation, of: CURVED, reason: TWO_CURVED })),
};

/** The refusal that a check of an engine runs into, if any: of the operation it asks first. */
export function refusalOf(engine: EngineName, { name, operations }: Check): Refusal | undefined {
  return refusals[engine]?.find(
    ({ operation, of }) => operations.includes(operation) && (of === undefined || of.test(name)),
  );
}
