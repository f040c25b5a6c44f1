import { z } from "zod";

/** What an arm came to. `skipped`: not computed, with a reason; one that begins with `unsupported` is the engine's refusal. */
export const armState = z.enum(["supported", "refuted", "inconclusive", "crashed", "timed-out", "skipped"]);
