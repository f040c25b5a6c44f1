import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PaperPicture } from "../../browser/pictures/paper-picture.ts";

const axis = z
  .union([z.string(), z.strictObject({ words: z.string(), scale: z.enum(["linear", "log"]) })])
  .transform((one) => (typeof one === "string" ? { words: one, scale: "linear" as const } : one));
const place = z.tuple([z.number(), z.number().nullable()]);
const own = { title: z.string(), words: z.string(), madeBy: z.string(), x: axis, y: axis };

const lines = z.strictObject({
  form: z.literal("lines"),
  ...own,
  series: z.array(
    z.strictObject({
      name: z.string(),
      /** A line with its points where nothing is said. */
      style: z.enum(["line", "thin", "dots", "dashed"]).default("line"),
      points: z.array(place),
      band: z.array(z.tuple([z.number(), z.number().nullable(), z.number().nullable()])).exactOptional(),
    }),
  ),
});

const heat = z.strictObject({
  form: z.literal("heat"),
  ...own,
  value: z.string(),
  xs: z.array(z.number()),
  ys: z.array(z.number()),
  values: z.array(z.array(z.number().nullable())),
  lines: z.array(z.strictObject({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) })),
});

const picture = z.discriminatedUnion("form", [lines, heat]);

/** A picture of a paper's folder under its file's name: numbers that a committed command computed, and that no verdict rests on. */
export interface NamedPicture {
  readonly name: string;
  readonly picture: PaperPicture;
}

/** The pictures below a paper's folder, in the order of their files' names. Throws where a file is not one. */
export function readPaperPictures(folder: string): readonly NamedPicture[] {
  const place = join(folder, "pictures");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((file) => ({ name: file.replace(/^\d+-|\.json$/g, ""), picture: readPicture(join(place, file)) }));
}

function readPicture(path: string): PaperPicture {
  const found = picture.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`${path} requires a picture: ${issue!.path.join(".")}: ${issue!.message}`);
}
