/** Objects that all code of a process shares: an experiment that changes one changes every other experiment after it. */
const SHARED: Readonly<Record<string, object>> = {
  globalThis,
  ...{ Math, JSON, Reflect, Atomics, Date, Object, Array, Number, String, Function, Promise, RegExp, Error },
  ...prototypes({ Object, Array, Number, String, Boolean, Function, Promise, RegExp, Error, Map, Set, Date, Symbol }),
  ...prototypes({ ArrayBuffer, DataView, Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array, BigInt }),
  "TypedArray.prototype": Object.getPrototypeOf(Float64Array.prototype) as object,
  "Iterator.prototype": Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object,
};

/** The own properties of an object, in their order. */
interface Properties {
  readonly keys: readonly PropertyKey[];
  readonly descriptors: readonly (PropertyDescriptor | undefined)[];
}

type Snapshot = ReadonlyMap<string, Properties>;

/** The built-in objects as they are now. Cost: some two thousand properties, under a millisecond; 20 the first time on Node 22 and later. */
export function intrinsics(): Snapshot {
  // there a first look makes Node load what some globals are, which leaves a global of its own
  snapshot();
  return snapshot();
}

function snapshot(): Snapshot {
  return new Map(Object.entries(SHARED).map(([name, object]) => [name, propertiesOf(object)]));
}

/** The first built-in property that is other than in the snapshot, as `Array.prototype.map`; undefined where all are as they were. */
export function changedSince(before: Snapshot): string | undefined {
  for (const [name, object] of Object.entries(SHARED)) {
    const changed = changedIn(object, before.get(name)!);
    if (changed !== undefined) return `${name}.${String(changed)}`;
  }
  return undefined;
}

function changedIn(object: object, { keys, descriptors }: Properties): PropertyKey | undefined {
  const now = Reflect.ownKeys(object);
  const isChanged = (key: PropertyKey, at: number) =>
    !isSame(descriptors[at], Reflect.getOwnPropertyDescriptor(object, key));
  // where nothing has come or gone nothing need be searched for: a tenth of the time
  if (now.length === keys.length && now.every((key, at) => key === keys[at])) return keys.find(isChanged);
  return [...new Set([...keys, ...now])].find((key) => isChanged(key, keys.indexOf(key)));
}

function prototypes(constructors: Readonly<Record<string, { readonly prototype: object }>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(constructors).map(([name, { prototype }]) => [`${name}.prototype`, prototype]),
  );
}

function propertiesOf(object: object): Properties {
  const keys = Reflect.ownKeys(object);
  return { keys, descriptors: keys.map((key) => Reflect.getOwnPropertyDescriptor(object, key)) };
}

/** Node makes some of its globals when they are first asked for: a getter that became its value is no change. */
function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.get !== undefined && b.get === undefined) return true;
  return Object.is(a.value, b.value) && a.get === b.get && a.set === b.set;
}
