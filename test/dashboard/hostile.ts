/** What a hostile result file may try. */
export const HOSTILE = {
  /** As much as the grammar of ids lets through; `words` are for the places without one. */
  id: "evil/constructor/a..__proto__",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Framework would run what stands in such a placeholder
  words: "evil/<img src=x onerror=alert(1)>/${alert(2)}",
  title: `<script>globalThis.hacked = 1</script> \u001b[31mred\u001b[0m \u202egnp.exe ${"long".repeat(80)}`,
  statement:
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
    "A `tick` ${globalThis.hacked = 2} </script><script>globalThis.hacked = 3</script> $\\href{javascript:alert(1)}{x}$ and $\\frac{1$",
  arm: '"><svg onload=globalThis.hacked=4>',
  reason: "```js\nglobalThis.hacked = 5\n```",
} as const;
