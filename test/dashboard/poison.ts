import type { z } from "zod";

/**
 * What a string of a result file may try, all of it in each: markup in text and in attributes, a script, a placeholder and a
 * cell of Framework's, Markdown, TeX with a link, escape sequences, marks that reorder text, names of built-in properties.
 */
export const POISON = [
  `'"><img src=x onerror="globalThis.hacked=1"><svg onload=globalThis.hacked=2></title></textarea></code></a>`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Framework would run what stands in such a placeholder
  "<script>globalThis.hacked=3</script>${globalThis.hacked=4}`${globalThis.hacked=5}`",
  "\n\n```js\nglobalThis.hacked=6\n```\n\n    <b>\n\n# head\n\n[link](javascript:globalThis.hacked=7)",
  "$\\href{javascript:globalThis.hacked=8}{x}\\htmlData{a=b}{y}$ \u001b]8;;http://evil.example/\u0007red\u001b[31m \u202egnp.exe",
  " ../../../outside __proto__ -->]]>&lt;&#60;%3Cscript%3E '-globalThis.hacked-' --seed $(touch /tmp/x)",
].join(" ");

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly items?: readonly Schema[];
  readonly options?: readonly Schema[];
}
type Schema = { readonly def: Definition; readonly safeParse: z.ZodType["safeParse"] };

/** The value with every string that the schema leaves free replaced by the poison, and every free key too. */
export function poisoned<S extends z.ZodType>(schema: S, value: z.infer<S>): z.infer<S> {
  return poison(schema as unknown as Schema, value) as z.infer<S>;
}

function poison(schema: Schema, value: unknown): unknown {
  const { type, shape, element, innerType, valueType, items, options } = schema.def;
  if (value === undefined || value === null) return value;
  switch (type) {
    case "string":
      return schema.safeParse(POISON).success ? POISON : value;
    case "object":
      return mapped(value as object, (entry, key) => poison(shape![key]!, entry));
    case "record":
      return {
        ...mapped(value as object, (entry) => poison(valueType!, entry)),
        ...poisonedEntry(schema, value as object),
      };
    case "array":
      return (value as readonly unknown[]).map((entry) => poison(element!, entry));
    case "tuple":
      return (value as readonly unknown[]).map((entry, at) => poison(items![at]!, entry));
    case "union":
      return poison(options!.find((option) => option.safeParse(value).success)!, value);
    default:
      return innerType === undefined ? value : poison(innerType, value);
  }
}

/** One more entry, under the poison as its key, where the keys are free. */
function poisonedEntry(record: Schema, value: object): object {
  const [entry] = Object.values(value);
  const more = { [POISON]: entry };
  return entry !== undefined && record.safeParse(more).success ? more : {};
}

function mapped(value: object, of: (entry: unknown, key: string) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, of(entry, key)]));
}
