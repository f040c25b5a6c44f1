/** The part of d3 that the citation network uses; d3 itself ships no types. */
declare module "d3" {
  type Value<Datum, Result> = Result | ((this: Element, datum: Datum, index: number) => Result);

  export interface Selection<Datum = unknown, Item extends Element = Element> {
    append(name: string): Selection<Datum>;
    selectAll(selector: string): Selection;
    data<Bound>(data: readonly Bound[]): Selection<Bound>;
    join(name: "g"): Selection<Datum, SVGGElement>;
    join(name: string): Selection<Datum>;
    attr(name: string, value: Value<Datum, string | number | null>): this;
    text(value: Value<Datum, string>): this;
    classed(name: string, value: Value<Datum, boolean>): this;
    on(types: string, listener: ((event: Event, datum: Datum) => void) | null): this;
    call<Rest extends readonly unknown[]>(callback: (selection: this, ...rest: Rest) => void, ...rest: Rest): this;
    nodes(): readonly Item[];
    remove(): this;
  }
  export function select(item: Element): Selection;

  export type SymbolType = { readonly draw: unknown };
  export const symbolCircle: SymbolType;
  export const symbolDiamond: SymbolType;
  export const symbolSquare: SymbolType;
  export const symbolTriangle: SymbolType;
  export function symbol(type: SymbolType, size: number): () => string;

  export interface Drag<Datum> {
    (selection: Selection<Datum, SVGGElement>): void;
    on(type: string, listener: (event: { readonly x: number; readonly y: number }, datum: Datum) => void): this;
  }
  export function drag<Datum>(): Drag<Datum>;

  export interface Transform {
    toString(): string;
  }
  export const zoomIdentity: Transform;
  export interface Zoom {
    (selection: Selection): void;
    scaleExtent(extent: readonly [number, number]): this;
    filter(accept: (event: WheelEvent) => boolean): this;
    on(type: "zoom", listener: (event: { readonly transform: Transform }) => void): this;
    transform(selection: Selection, transform: Transform): void;
    scaleBy(selection: Selection, factor: number): void;
  }
  export function zoom(): Zoom;

  export interface Force<Datum> {
    (alpha: number): void;
    strength(value: number | ((datum: Datum) => number)): this;
  }
  export interface Simulation {
    force(name: string, force: object): this;
    stop(): this;
    restart(): this;
    tick(count: number): this;
    alpha(value: number): this;
    alphaTarget(value: number): this;
    on(type: "tick", listener: () => void): this;
  }
  export function forceSimulation<Datum>(nodes: readonly Datum[]): Simulation;
  export function forceManyBody(): Force<unknown>;
  export function forceCollide(radius: number): Force<unknown>;
  export function forceX<Datum>(x: number | ((datum: Datum) => number)): Force<Datum>;
  export function forceY<Datum>(y: number | ((datum: Datum) => number)): Force<Datum>;
}
