import type { Library } from "../library.ts";

/**
 * Eigenvalues of symmetric matrices, ascending, in float32, by TensorFlow's own operation (Eigen's tridiagonal QR); `matrices` are
 * rows of `dimension` x `dimension` numbers.
 */
export function eigenvalues(tf: Library, matrices: Float64Array, dimension: number): Float32Array {
  const backend = tf.backend();
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "compute_v", type: TF_ATTR_BOOL, value: false },
  ];
  const count = matrices.length / dimension ** 2;
  let values: Float32Array = new Float32Array();
  tf.tidy(() => {
    const input = tf.tensor(Float32Array.from(matrices), [count, dimension, dimension]);
    const [found] = backend.executeMultipleOutputs("SelfAdjointEigV2", attributes, [input], 2);
    values = found!.dataSync();
  });
  return values;
}
