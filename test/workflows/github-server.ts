import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface StoredComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string; readonly type: string };
}

export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is carried out and answered by the fault all the same: a server that dies after its work. */
  readonly done?: boolean;
}

export interface GithubServer {
  readonly url: string;
  readonly comments: StoredComment[];
  readonly issues: { number: number; title: string; body: string; user: { type: string } }[];
  /** `POST /issues/7/comments`, in the order of arrival. */
  readonly requests: string[];
  /** Answers to the next matching requests, each used once. */
  readonly faults: { readonly on: string; readonly fault: Fault }[];
  readonly pulls: Map<number, unknown>;
  artifact: { zip: Buffer; size?: number } | undefined;
  readonly close: () => Promise<void>;
}

const BOT = { login: "github-actions[bot]", type: "Bot" };

/** The part of GitHub's API that the scripts use, on this machine, with a memory for comments and issues. */
export async function githubServer(): Promise<GithubServer> {
  const state = {
    comments: [] as StoredComment[],
    issues: [] as GithubServer["issues"],
    requests: [] as string[],
    faults: [] as { readonly on: string; readonly fault: Fault }[],
    pulls: new Map<number, unknown>(),
    artifact: undefined as GithubServer["artifact"],
  };
  let nextId = 1;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: Error) => response.writeHead(599).end(error.message));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://here");
    const path = url.pathname.replace(/^\/repos\/someone\/plateau/, "");
    const name = `${request.method} ${path}`;
    const body = await bodyOf(request);
    state.requests.push(name);
    if (request.headers.authorization !== "Bearer secret-token") return void response.writeHead(401).end();
    const at = state.faults.findIndex(({ on }) => name.startsWith(on));
    const fault = at < 0 ? undefined : state.faults.splice(at, 1)[0]!.fault;
    if (fault !== undefined && fault.done !== true)
      return void response.writeHead(fault.status, fault.headers).end("{}");
    const value = handle(name, url, body);
    if (fault !== undefined) return void response.writeHead(fault.status, fault.headers).end("{}");
    if (value === undefined) return void response.writeHead(404).end("{}");
    if (Buffer.isBuffer(value)) return void response.writeHead(200).end(value);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
  const handle = (name: string, url: URL, body: { readonly body?: string; readonly title?: string }): unknown => {
    const page = Number(url.searchParams.get("page") ?? 1);
    const [, id] = /\/(\d+)(?:\/[a-z]+)?$/.exec(name) ?? [];
    if (/^GET \/issues\/\d+\/comments$/.test(name)) return state.comments.slice((page - 1) * 100, page * 100);
    if (/^POST \/issues\/\d+\/comments$/.test(name)) {
      const created = { id: nextId++, body: body.body ?? "", user: BOT };
      state.comments.push(created);
      return created;
    }
    const index = state.comments.findIndex((comment) => comment.id === Number(id));
    if (name.startsWith("PATCH /issues/comments/") && index >= 0) {
      state.comments[index] = { ...state.comments[index]!, body: body.body ?? "" };
      return state.comments[index];
    }
    if (name.startsWith("DELETE /issues/comments/") && index >= 0) return state.comments.splice(index, 1);
    if (name === "GET /issues") return state.issues;
    if (name === "POST /issues") {
      const opened = { number: nextId++, title: body.title ?? "", body: body.body ?? "", user: BOT };
      state.issues.push(opened);
      return opened;
    }
    const issue = state.issues.find(({ number }) => number === Number(id));
    if (name.startsWith("PATCH /issues/") && issue !== undefined)
      return Object.assign(issue, { body: body.body ?? "" });
    if (name.startsWith("GET /pulls/")) return state.pulls.get(Number(id));
    if (state.artifact !== undefined && name.endsWith("/artifacts")) {
      const size = state.artifact.size ?? state.artifact.zip.length;
      return { artifacts: [{ id: 5, name: "plateau-report", size_in_bytes: size, expired: false }] };
    }
    if (name.endsWith("/artifacts")) return { artifacts: [] };
    if (name === "GET /actions/artifacts/5/zip") return state.artifact?.zip;
    return undefined;
  };
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly body?: string }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === "" ? {} : (JSON.parse(text) as { readonly body?: string });
}
