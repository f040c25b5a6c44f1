/** Lets a figure's drawing be taken away as SVG and as PNG, with the colours that it has on the page. */
export function enableDownloads(figure: HTMLElement): void {
  for (const button of figure.querySelectorAll<HTMLButtonElement>("button[data-download]")) {
    button.onclick = async () => {
      const svg = figure.querySelector<SVGSVGElement>(".chart svg");
      if (svg === null) return;
      const name = figure.dataset["name"] ?? "picture";
      const text = new XMLSerializer().serializeToString(standalone(svg));
      if (button.dataset["download"] === "svg") save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
      else save(await rasterised(text, svg), `${name}.png`);
    };
  }
}

/** Properties that a drawing takes from the page's style. */
const INHERITED = ["fill", "stroke", "color", "font-family", "font-size", "stroke-width", "opacity"] as const;

/** A copy that needs no style of the page, on the page's ground. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll<SVGElement>("*")]);
  for (const [at, element] of from!.entries()) {
    const style = getComputedStyle(element);
    const own = to![at]!;
    for (const property of INHERITED) own.style.setProperty(property, style.getPropertyValue(property));
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.style.background = getComputedStyle(document.documentElement).backgroundColor;
  return copy;
}

/** At twice the size that it has on the page, sharp on paper and on any screen. */
async function rasterised(text: string, svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  const context = canvas.getContext("2d")!;
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob === null ? fail(new Error("the picture cannot be drawn as PNG")) : done(blob)));
  });
}

/** Hands a file to the reader. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
