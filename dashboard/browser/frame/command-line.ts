/** Options of a command: the second of each two parts that it is split into. */
const OPTION = /(?<=^| )(--[\w-]*)/;

/** Shows a command whose options are never broken at their dashes. */
export function showCommandLine(code: Element, line: string): void {
  const parts = line.split(OPTION).map((part, at) => {
    if (at % 2 === 0) return part;
    const option = document.createElement("span");
    option.textContent = part;
    return option;
  });
  code.replaceChildren(...parts);
}
