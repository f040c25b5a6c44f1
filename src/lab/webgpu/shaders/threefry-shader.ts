const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
] as const;
const ROUNDS = 20;

/**
 * `fn streamBlock(index: u32) -> vec4<u32>`: block `index` of the stream (streamKey, streamReplicate, streamLane), equal to that of
 * `numerics/random.ts`: Threefry4x32-20 of the counter (index, 0, replicate, lane). Source and constants as in
 * `numerics/threefry.ts`. Unrolled into text, because a loop would look its rotations up in memory.
 */
export const threefryShader = `
var<private> streamKey: vec4<u32>;
var<private> streamReplicate: u32;
var<private> streamLane: u32;

fn streamBlock(index: u32) -> vec4<u32> {
  let k = streamKey;
  let parity = 0x1bd11bdau ^ k.x ^ k.y ^ k.z ^ k.w;
  let keys = array<u32, 5>(k.x, k.y, k.z, k.w, parity);
  var x0 = index + keys[0];
  var x1 = keys[1];
  var x2 = streamReplicate + keys[2];
  var x3 = streamLane + keys[3];
${Array.from({ length: ROUNDS }, (_, round) => roundText(round)).join("")}
  return vec4<u32>(x0, x1, x2, x3);
}
`;

/** Even rounds mix words (0, 1) and (2, 3), odd ones (0, 3) and (2, 1); after every fourth a key is added. */
function roundText(round: number): string {
  const [first, second] = ROTATIONS[round % 8]!;
  const [a, b] = round % 2 === 0 ? ["x1", "x3"] : ["x3", "x1"];
  const mixed = `${mix("x0", a, first)}${mix("x2", b, second)}`;
  return round % 4 === 3 ? mixed + injection((round + 1) / 4) : mixed;
}

function mix(sum: string, word: string, rotation: number): string {
  return `  ${sum} += ${word}; ${word} = ((${word} << ${rotation}u) | (${word} >> ${32 - rotation}u)) ^ ${sum};\n`;
}

function injection(count: number): string {
  const words = [0, 1, 2, 3].map((word) => `x${word} += keys[${(count + word) % 5}];`);
  return `  ${words.join(" ")} x3 += ${count}u;\n`;
}
