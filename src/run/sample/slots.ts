/** Runs pieces of work in the order in which they were given, those at once taking at most `size` places together. */
export type InSlot = <T>(work: () => Promise<T>, places?: number) => Promise<T>;

/** One place a piece unless it says otherwise; a piece that wants more than there are gets all. */
export function slots(size: number): InSlot {
  const waiting: { readonly places: number; readonly start: () => void }[] = [];
  let free = size;
  const startNext = () => {
    while (waiting[0] !== undefined && waiting[0].places <= free) {
      const next = waiting.shift()!;
      free -= next.places;
      next.start();
    }
  };
  return async (work, wanted = 1) => {
    const places = Math.min(wanted, size);
    if (waiting.length === 0 && places <= free) free -= places;
    else await new Promise<void>((start) => waiting.push({ places, start }));
    try {
      return await work();
    } finally {
      free += places;
      startNext();
    }
  };
}
