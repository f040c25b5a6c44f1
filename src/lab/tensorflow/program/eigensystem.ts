import type { Library } from "../library.ts";

/** Eigenvalues of symmetric matrices, ascending, and with `vectors` their eigenvectors, one a column. */
export interface Eigensystem {
  readonly values: Float32Array;
  readonly vectors: Float32Array;
}

/** By TensorFlow's own operation (Eigen's tridiagonal QR), in float32; `count` matrices of `dimension` x `dimension`. */
export function eigensystem(tf: Library, matrices: Float64Array, dimension: number, vectors: boolean): Eigensystem {
  const backend = tf.backend();
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "compute_v", type: TF_ATTR_BOOL, value: vectors },
  ];
  const count = matrices.length / dimension ** 2;
  let system: Eigensystem = { values: new Float32Array(), vectors: new Float32Array() };
  tf.tidy(() => {
    const input = tf.tensor(Float32Array.from(matrices), [count, dimension, dimension]);
    const [values, columns] = backend.executeMultipleOutputs("SelfAdjointEigV2", attributes, [input], 2);
    system = { values: values!.dataSync(), vectors: vectors ? columns!.dataSync() : system.vectors };
  });
  return system;
}
