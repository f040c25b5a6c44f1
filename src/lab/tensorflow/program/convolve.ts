import type { PlacedLayer } from "../../networks/layered-network.ts";
import type { ImageShape } from "../../networks/network.ts";
import type { Library, Tensor } from "../library.ts";

/**
 * A convolution as one matrix product over patches: the library's own convolution has no second derivative, and one kernel for
 * all of a batch of networks. `multiply` takes replicates x places x (channel, kernel row, kernel column) to replicates x places
 * x output channels.
 */
export function convolve(
  tf: Library,
  x: Tensor,
  { description, input, output }: PlacedLayer,
  multiply: (patches: Tensor) => Tensor,
): Tensor {
  if (description.kind !== "convolution" || typeof input === "number" || typeof output === "number") {
    throw new TypeError(`convolve requires a convolution on an image, got ${description.kind}`);
  }
  const { channels, height, width } = input;
  const [replicates, examples] = x.shape as [number, number];
  const places = height * width;
  const columns = channels * description.size * description.size;
  const images = tf.reshape(x, [replicates * examples, channels, height, width]);
  const framed = frame(tf, images, (description.size - 1) / 2, description.padding);
  const patches = tf.reshape(shifts(tf, framed, input, description.size), [replicates * examples, columns, places]);
  const z = multiply(tf.reshape(tf.transpose(patches, [0, 2, 1]), [replicates, examples * places, columns]));
  const byPlace = tf.reshape(z, [replicates * examples, places, output.channels]);
  return tf.reshape(tf.transpose(byPlace, [0, 2, 1]), [replicates, examples, output.channels * places]);
}

/** `border` more rows and columns on each side: zeros, or the other side's. */
function frame(tf: Library, images: Tensor, border: number, padding: "circular" | "zero"): Tensor {
  if (border === 0) return images;
  const both = [border, border] as const;
  if (padding === "zero") return tf.pad(images, [[0, 0], [0, 0], both, both]);
  return wrap(tf, wrap(tf, images, border, 2), border, 3);
}

function wrap(tf: Library, images: Tensor, border: number, axis: number): Tensor {
  const length = images.shape[axis]!;
  const part = (from: number) => {
    const begin = images.shape.map((_, index) => (index === axis ? from : 0));
    const size = images.shape.map((whole, index) => (index === axis ? border : whole));
    return tf.slice(images, begin, size);
  };
  return tf.concat([part(length - border), images, part(0)], axis);
}

/** Images shifted by each place of the kernel: images x channels x size^2 x height x width. */
function shifts(tf: Library, framed: Tensor, { channels, height, width }: ImageShape, size: number): Tensor {
  const count = framed.shape[0]!;
  const parts: Tensor[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      parts.push(tf.slice(framed, [0, 0, row, column], [count, channels, height, width]));
    }
  }
  return tf.stack(parts, 2);
}
