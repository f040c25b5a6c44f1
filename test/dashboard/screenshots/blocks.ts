import type { Page } from "playwright";

/** A picture in blocks of some pixels: the mean colour of each, red, green and blue from 0 to 255, row by row. */
export interface Blocks {
  readonly width: number;
  readonly height: number;
  readonly colours: Uint8Array;
}

/** Pixels of a side of a block. */
export const BLOCK = 4;
/**
 * How far a block's colour may be off, of 255. What is drawn a third of a pixel beside its place, as another way of smoothing
 * edges does, changes an edge's block by a twelfth, and a thin line's, which has two edges, by a sixth: 43.
 */
const OFF = 48;
/** Blocks of a side of a tile: 64 pixels, so that a tile has room for one line of text. */
const TILE = 16;

/** The worst tile: the part of its blocks whose colours are further apart than smoothing explains, and where it is. */
export interface Worst {
  readonly part: number;
  /** In pixels from the left and from the top. */
  readonly at: readonly [x: number, y: number];
}

/** Compares two pictures tile by tile: a local fault is not lost in a large page. Where one is larger, what it has more is off. */
export function worstTile(a: Blocks, b: Blocks): Worst {
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  let worst: Worst = { part: 0, at: [0, 0] };
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const part = differingPart(a, b, left, top);
      if (part > worst.part) worst = { part, at: [left * BLOCK, top * BLOCK] };
    }
  }
  return worst;
}

function differingPart(a: Blocks, b: Blocks, left: number, top: number): number {
  let count = 0;
  for (let y = top; y < top + TILE; y++) for (let x = left; x < left + TILE; x++) if (isOff(a, b, x, y)) count += 1;
  return count / (TILE * TILE);
}

function isOff(a: Blocks, b: Blocks, x: number, y: number): boolean {
  const [first, second] = [placeOf(a, x, y), placeOf(b, x, y)];
  if (first === undefined || second === undefined) return first !== second;
  return [0, 1, 2].some((channel) => Math.abs(a.colours[first + channel]! - b.colours[second + channel]!) > OFF);
}

/** Where a block's colour begins; undefined outside of the picture. */
function placeOf({ width, height }: Blocks, x: number, y: number): number | undefined {
  return x < width && y < height ? 3 * (y * width + x) : undefined;
}

/** Decodes a PNG in a browser and takes means over blocks of `size` pixels: 1 for a file that has been reduced before. */
export async function blocksOf(page: Page, png: Buffer, size: number): Promise<Blocks & { readonly png: Buffer }> {
  const source = `data:image/png;base64,${png.toString("base64")}`;
  // By the debugger's protocol: the policy of the pages forbids what a page would evaluate itself.
  const answer = await page.evaluate(`(${REDUCE})(${JSON.stringify(source)}, ${size})`);
  const { width, height, colours, reduced } = answer as Answer;
  return {
    ...{ width, height, colours: new Uint8Array(Buffer.from(colours, "latin1")) },
    png: Buffer.from(reduced.replace(/^.*,/, ""), "base64"),
  };
}

/** Colours as text of one letter each, and the reduced picture as a data URL: lists of numbers are slow on their way. */
interface Answer {
  readonly width: number;
  readonly height: number;
  readonly colours: string;
  readonly reduced: string;
}

const REDUCE = `async (source, size) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  const whole = canvasOf(image.width, image.height);
  whole.drawImage(image, 0, 0);
  const { data } = whole.getImageData(0, 0, image.width, image.height);
  const [width, height] = [Math.floor(image.width / size), Math.floor(image.height / size)];
  const colours = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let dy = 0; dy < size; dy++) for (let dx = 0; dx < size; dx++)
      sum += data[4 * ((y * size + dy) * image.width + x * size + dx) + channel];
    colours.push(Math.round(sum / (size * size)));
  }
  const small = canvasOf(width, height);
  const pixels = small.createImageData(width, height);
  for (let at = 0; at < width * height; at++)
    pixels.data.set([colours[3 * at], colours[3 * at + 1], colours[3 * at + 2], 255], 4 * at);
  small.putImageData(pixels, 0, 0);
  const text = colours.map((colour) => String.fromCharCode(colour)).join("");
  return { width, height, colours: text, reduced: small.canvas.toDataURL("image/png") };
}`;
