import { describe, expect, test } from "vitest";
import { sharedSite } from "./shared-site.ts";
import { settled } from "./visit.ts";

const { open } = sharedSite();

describe("the citation network", () => {
  test("tells the paper, what cites it and what it references apart by shape as well as colour", async () => {
    const { page } = await open("papers/orvieto2021");
    const shapes = await page
      .locator("#network-view .node")
      .evaluateAll((nodes) =>
        nodes.map((node) => `${node.getAttribute("class")} ${node.querySelector("path")!.getAttribute("d")}`),
      );
    const kinds = new Map(shapes.map((shape) => [shape.split(" ")[1]!, shape.slice(shape.indexOf("M"))]));
    expect([...kinds.keys()].sort()).toEqual(["cites", "paper", "referenced", "same-topic"]);
    expect(new Set(kinds.values()).size).toBe(4);
    expect(shapes.filter((shape) => shape.startsWith("node cites"))).toHaveLength(3);
    const colour = (name: string) =>
      page
        .locator(`#network-view .node-${name}`)
        .first()
        .evaluate(
          (node) =>
            (globalThis as unknown as { getComputedStyle: (e: unknown) => { fill: string } }).getComputedStyle(node)
              .fill,
        );
    expect([await colour("paper"), await colour("cites"), await colour("referenced")]).toEqual([
      "rgb(60, 64, 71)",
      "rgb(44, 138, 71)",
      "rgb(58, 99, 204)",
    ]);
    await page.context().close();
  });

  test("shows a title on hover and on focus, details on click, and remembers the work in the address", async () => {
    const { page, problems } = await open("papers/orvieto2021");
    const node = page.locator("#network-view .node[data-id=noci2022]");
    await node.scrollIntoViewIfNeeded();
    await node.hover();
    expect(await page.locator(".network-title").textContent()).toContain("Signal Propagation in Transformers");
    await page.mouse.move(0, 0);
    await page.locator(".network-title").waitFor({ state: "hidden" });
    await node.focus();
    await page.locator(".network-title").waitFor({ state: "visible" });
    await node.click();
    expect(await page.locator("#network-details").textContent()).toContain("Noci");
    expect(new URL(page.url()).searchParams.get("work")).toBe("noci2022");
    await page.reload();
    await settled(page);
    expect(await page.locator("#network-details h3").textContent()).toContain("Signal Propagation in Transformers");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("is rearranged by dragging, and zoomed by its buttons", async () => {
    const { page } = await open("papers/orvieto2021");
    const node = page.locator("#network-view .node[data-id=jelassi2022]");
    await page.locator("#network-view").scrollIntoViewIfNeeded();
    const before = (await node.boundingBox())!;
    await page.mouse.move(before.x + before.width / 2, before.y + 8);
    await page.mouse.down();
    await page.mouse.move(before.x - 120, before.y + 60, { steps: 5 });
    await page.mouse.up();
    expect((await node.boundingBox())!.x).toBeLessThan(before.x - 60);
    const ground = page.locator("#network-view svg > g");
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await ground.getAttribute("transform")).toMatch(/scale\(1\.4/);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await ground.getAttribute("transform")).toMatch(/scale\(1\)/);
    const [button, view] = [
      (await page.getByRole("button", { name: "Zoom in" }).boundingBox())!,
      (await page.locator("#network-view").boundingBox())!,
    ];
    expect(button.x).toBeGreaterThan(view.x + view.width / 2);
    expect(button.y).toBeGreaterThan(view.y + view.height / 2);
    await page.context().close();
  });

  test("is walked, opened, moved and zoomed by keyboard", async () => {
    const { page } = await open("papers/orvieto2021");
    const focused = () => page.evaluate("document.activeElement.dataset.id");
    await page.locator("#network-view .node[tabindex='0']").focus();
    expect(await focused()).toBe("paper");
    await page.keyboard.press("ArrowRight");
    const right = await focused();
    expect(right).not.toBe("paper");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).searchParams.get("work")).toBe(right);
    const x = async () =>
      Number(
        /translate\(([-\d.]+)/.exec((await page.locator(`.node[data-id=${right}]`).getAttribute("transform"))!)![1],
      );
    const before = await x();
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(x).toBeGreaterThan(before + 10);
    await page.keyboard.press("+");
    expect(await page.locator("#network-view svg > g").getAttribute("transform")).toMatch(/scale\(1\.4/);
    await page.context().close();
  });

  test.each([1280, 390])(
    "stands in the order of the years at %i pixels, with an arrow for each known citation only and no name on another",
    async (width) => {
      const { page } = await open("papers/orvieto2021", { viewport: { width, height: 900 } });
      const nodes = await page.locator("#network-view .node").evaluateAll(
        (all) =>
          all.map((node) => {
            const [x, y, wide, high] = Object.values(node.querySelector("text")!.getBoundingClientRect().toJSON());
            const name = node.querySelector("text")!.textContent!;
            return {
              x,
              y,
              wide,
              high,
              name,
              year: Number(/\d{4}$/.exec(name)![0]),
              kind: node.getAttribute("class")!,
            };
          }) as readonly {
            x: number;
            y: number;
            wide: number;
            high: number;
            name: string;
            year: number;
            kind: string;
          }[],
      );
      const known = nodes.filter(({ kind }) => /cites|referenced/.test(kind));
      expect(await page.locator("#network-view line.link[marker-end]").count()).toBe(known.length);
      expect(await page.locator("#network-view line").count()).toBe(known.length);
      const along =
        width < 600 ? ({ y }: (typeof nodes)[number]) => y : ({ x, wide }: (typeof nodes)[number]) => x + wide / 2;
      const [oldest, newest] = [Math.min, Math.max].map((end) =>
        nodes.filter(({ year }) => year === end(...nodes.map((one) => one.year))),
      );
      expect(Math.max(...oldest!.map(along))).toBeLessThan(Math.min(...newest!.map(along)));
      const meeting = nodes.flatMap((a, at) =>
        nodes
          .slice(at + 1)
          .filter(
            (b) =>
              Math.abs(2 * (a.x - b.x) + a.wide - b.wide) < a.wide + b.wide &&
              Math.abs(a.y - b.y) < Math.min(a.high, b.high) - 2,
          )
          .map((b) => `${a.name} on ${b.name}`),
      );
      expect(meeting).toEqual([]);
      await page.context().close();
    },
  );

  test("has a list and a table that say the same; the table can be searched", async () => {
    const { page } = await open("papers/orvieto2021");
    const nodes = await page.locator("#network-view .node").count();
    expect(await page.getByRole("region", { name: "The citation network as a list" }).locator("li").count()).toBe(
      nodes - 1,
    );
    await page.locator("#citation-search").fill("hanin");
    expect(await page.locator("#citations-shown").textContent()).toMatch(/^3 of /);
    await page.context().close();
  });
});
