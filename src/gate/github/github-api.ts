import { required, type Step, StepError } from "../step.ts";

/** GitHub refused for good. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
}

interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the repository: `/issues/1/comments`. */
  readonly path: string;
  readonly body?: unknown;
  /** Longest answer that is read. */
  readonly most?: number;
}

/** Tries of a request that GitHub answers with "later" or with an error of its own. */
const TRIES = 5;
/** Longest pause that is waited out: a job's time is limited too. */
const LONGEST_PAUSE = 5 * 60_000;
const FIRST_PAUSE = 1000;
const LARGEST_ANSWER = 16 * 2 ** 20;

/**
 * One request about this repository, with GITHUB_TOKEN to GITHUB_API_URL. Waits out rate limits as `retry-after` and
 * `x-ratelimit-reset` say, and repeats reads and updates after a server's error; what creates something is repeated only
 * after a rate limit, because after a server's error it may be there: the caller looks. Throws `ApiError`.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export async function api(step: Step, request: ApiRequest): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(step, request).catch((error: Error) => error);
    if (!(answer instanceof Error) && answer.status < 300) return answer;
    const pause =
      attempt < TRIES ? pauseAfter(step, answer, { attempt, creates: request.method === "POST" }) : undefined;
    if (pause === undefined) throw refusal(answer, request);
    step.print(`GitHub ${reasonOf(answer)}; trying again in ${Math.ceil(pause / 1000)} s`);
    await step.sleep(pause);
  }
}

/** The same, its answer as JSON. */
export async function apiJson(step: Step, request: ApiRequest): Promise<unknown> {
  const { body } = await api(step, request);
  return body.length === 0 ? undefined : JSON.parse(body.toString());
}

interface Answer extends ApiAnswer {
  readonly headers: Headers;
}

async function send(step: Step, { method, path, body, most = LARGEST_ANSWER }: ApiRequest): Promise<Answer> {
  const root = (step.env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, "");
  const repository = required(step, "GITHUB_REPOSITORY");
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new StepError(`GITHUB_REPOSITORY requires owner/name, got ${repository}`);
  const response = await fetch(`${root}/repos/${repository}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
      "user-agent": "plateau",
      authorization: `Bearer ${required(step, "GITHUB_TOKEN")}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  return { status: response.status, headers: response.headers, body: await readLimited(response, most) };
}

/** The answer's bytes, no more than `most`: what a server says of its length is not believed. */
async function readLimited(response: Response, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > most) throw new StepError(`the answer has more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function pauseAfter(
  step: Step,
  answer: Answer | Error,
  { attempt, creates }: { readonly attempt: number; readonly creates: boolean },
): number | undefined {
  if (answer instanceof StepError) return undefined;
  const backOff = FIRST_PAUSE * 2 ** (attempt - 1);
  if (answer instanceof Error || answer.status >= 500) return creates ? undefined : backOff;
  if (!isRateLimit(answer)) return undefined;
  const after = Number(answer.headers.get("retry-after") ?? Number.NaN);
  const reset = Number(answer.headers.get("x-ratelimit-reset") ?? Number.NaN);
  const pause = Number.isFinite(after)
    ? after * 1000
    : Number.isFinite(reset)
      ? reset * 1000 - step.now().getTime()
      : 60_000 * attempt;
  return pause <= LONGEST_PAUSE ? Math.max(pause, FIRST_PAUSE) : undefined;
}

function isRateLimit({ status, headers }: Answer): boolean {
  if (status === 429) return true;
  return status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0");
}

function reasonOf(answer: Answer | Error): string {
  if (answer instanceof Error) return "cannot be reached";
  return isRateLimit(answer) ? "limits the rate of requests" : `answers ${answer.status}`;
}

function refusal(answer: Answer | Error, { method, path }: ApiRequest): Error {
  if (answer instanceof StepError) return answer;
  const what = `${method} ${path.split("?")[0]}`;
  if (answer instanceof Error) return new ApiError(0, `GitHub cannot be reached for ${what}: ${answer.message}`);
  return new ApiError(answer.status, `GitHub ${reasonOf(answer)} to ${what}`);
}
