import { join } from "node:path";
import { z } from "zod";
import { outcome, tierName } from "../claim/result.ts";
import { readRegular } from "../run/files/read-regular.ts";
import { BaselineError } from "./baseline.ts";

export const EXPECTATIONS_FILE = "expectations.json";
const EXPECTATIONS_SCHEMA_VERSION = 1;

const expectation = z.strictObject({
  claim: z.string().min(1),
  /** At which tier; at every one where it is left out. */
  tier: tierName.optional(),
  /** What the claim comes to instead of `holds`. */
  expects: outcome.exclude(["holds"]),
  reason: z.string().trim().min(1),
  /** Where it is discussed. */
  link: z.url({ protocol: /^https?$/ }),
});

/** `baselines/expectations.json`: known deviations, each written by a person and reviewed like code. */
export const expectations = z.strictObject({
  schema: z.literal(EXPECTATIONS_SCHEMA_VERSION),
  expectations: z.array(expectation),
});

export type Expectation = z.infer<typeof expectation>;

/**
 * The known deviations beside the baselines in `folder`; none where the file is not there. Throws `BaselineError` for a
 * file that is unreadable or not of this schema, a claim that is not `known`, or two entries for one claim at one tier.
 */
export async function readExpectations(folder: string, known: readonly string[]): Promise<readonly Expectation[]> {
  const path = join(folder, EXPECTATIONS_FILE);
  const bytes = await readRegular(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new BaselineError(`${path} cannot be read (${error.message})`, { cause: error });
  });
  if (bytes === undefined) return [];
  // an editor's byte order mark is no part of the text
  const text = new TextDecoder().decode(bytes);
  const { expectations: found } = parse(text, path);
  for (const [index, each] of found.entries()) {
    if (!known.includes(each.claim)) {
      throw new BaselineError(`${path} expects a deviation of ${each.claim}, which no suite has`);
    }
    const twice = found.slice(index + 1).some(({ claim, tier }) => claim === each.claim && overlap(tier, each.tier));
    if (twice) throw new BaselineError(`${path} has two expectations for ${each.claim} at one tier, needed one`);
  }
  return found;
}

/** The deviation that is expected of a claim at a tier. */
export function expectationFor(all: readonly Expectation[], id: string, tier: string): Expectation | undefined {
  return all.find((each) => each.claim === id && (each.tier === undefined || each.tier === tier));
}

function overlap(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function parse(text: string, path: string): z.infer<typeof expectations> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BaselineError(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = expectations.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BaselineError(`${path} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}
