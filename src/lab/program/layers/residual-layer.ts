import {
  type Compilation,
  type CompiledLayer,
  type Cotangent,
  openCotangent,
  openSignal,
  releaseCotangent,
  type Signal,
} from "../compiled-layer.ts";

/** What a branch compiles to, given its input. */
export type CompileBranch = (input: Signal) => CompiledLayer;

/** y = x + scale * branch(x). */
export function compileResidual(
  compilation: Compilation,
  scale: number,
  compileBranch: CompileBranch,
  input: Signal,
): CompiledLayer {
  const { primitives, memory, batch } = compilation;
  const length = batch * input.size;
  const branch = compileBranch({ ...input, free: false });
  const { value: b, tangent: rb, wanted } = branch.output;
  const output = openSignal(compilation, input.size, { wanted, dependent: rb >= 0, free: true });
  const copy = (from: number, to: number) => memory.values.copyWithin(to, from, from + length);

  return {
    output,
    forward() {
      branch.forward();
      copy(input.value, output.value);
      primitives.axpy(length, scale, b, output.value);
    },
    tangentForward() {
      if (rb < 0) return;
      branch.tangentForward();
      if (input.tangent >= 0) copy(input.tangent, output.tangent);
      else memory.values.fill(0, output.tangent, output.tangent + length);
      primitives.axpy(length, scale, rb, output.tangent);
    },
    wire(cotangent) {
      const scaled = openCotangent(compilation, input.size);
      const back = branch.wire(scaled);
      const dx = input.wanted ? cotangent : undefined;
      if (back.input !== undefined) releaseCotangent(compilation, input.size, back.input);
      if (dx === undefined) releaseCotangent(compilation, input.size, cotangent);
      const through = (part: keyof Cotangent, run: () => void) => () => {
        if (cotangent[part] < 0) return;
        copy(cotangent[part], scaled[part]);
        primitives.scale(length, scale, scaled[part]);
        run();
        if (back.input !== undefined) primitives.axpy(length, 1, back.input[part], cotangent[part]);
      };
      return {
        input: dx,
        backward: through("value", back.backward),
        tangentBackward: through("tangent", back.tangentBackward),
      };
    },
  };
}
