import { type EngineAbout, moduleBeside } from "../contract/about.ts";

export const tensorflow: EngineAbout<"tensorflow"> = {
  name: "tensorflow",
  module: moduleBeside(import.meta.url, "./engine"),
  open: async () => (await import("./engine.ts")).openTensorflow(),
  bytes: "own",
  draws: "reference",
  // a step of a training on digits takes as long for one replicate as for the next thirty together
  together: 32,
  // of twelve million arguments none had more than 6.5 units; a test looks at a part of them
  precision: { unit: 2 ** -24, draw: 1, curves: 10, words: "float32, float64 draws rounded once" },
  cure: (_, folder) => `bash ${folder}/scripts/install-tensorflow.sh`,
  words: {
    what: "TensorFlow's kernels in float32 and its automatic differentiation: a second implementation, for checking and not for speed.",
    compared: "The same draws, rounded to float32: differences stay within bounds derived from operation counts.",
    install: "Linux x64; where npm could not download the library, this puts it in place.",
    command: "npm run engine:tensorflow",
  },
};
