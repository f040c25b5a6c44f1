import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const topicsFile = z.array(z.strictObject({ topic: z.string(), title: z.string() }));

/** Titles of topics by `<paper>/<topic>`, in the order in which a reader meets them. */
export type Topics = ReadonlyMap<string, string>;

/** `topics.json` of each paper's folder below `suites/`. Throws where one is something else. */
export function readTopics(root: string): Topics {
  const suites = join(root, "suites");
  const papers = readdirSync(suites).sort();
  return new Map(
    papers.flatMap((paper) => {
      const path = join(suites, paper, "topics.json");
      if (!existsSync(path)) return [];
      const topics = topicsFile.parse(JSON.parse(readFileSync(path, "utf8")));
      return topics.map(({ topic, title }) => [`${paper}/${topic}`, title] as const);
    }),
  );
}

/** `<paper>/<topic>` of a claim. */
export function topicOf(id: string): string {
  return id.split("/").slice(0, 2).join("/");
}

/** Its title, or else the name of its folder. */
export function topicTitle(topic: string, topics: Topics): string {
  const name = topic.split("/")[1] ?? "other";
  return topics.get(topic) ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("-", " ");
}

/** Topics of some claims, each once: those with a title in their order, then the others by name. */
export function topicsOf(ids: readonly string[], topics: Topics): readonly string[] {
  const known = [...topics.keys()];
  const place = (topic: string) => (known.indexOf(topic) + known.length + 1) % (known.length + 1);
  return [...new Set(ids.map(topicOf))].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
