import { useRef } from "preact/hooks";
import { inHeldOrder } from "#published/figures.ts";

/** Keeps rows in place while counts change, so nobody loses their row. A new `about` sorts again. */
export function useHeldOrder<T extends Readonly<{ id: string }>>(items: readonly T[], about: string): readonly T[] {
  const held = useRef<Readonly<{ about: string | undefined; ids: readonly string[] }>>({ about: undefined, ids: [] });
  if (held.current.about !== about) held.current = { about, ids: items.map(({ id }) => id) };
  return inHeldOrder(items, held.current.ids);
}
