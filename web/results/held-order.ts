import { useRef } from "preact/hooks";
import { inHeldOrder } from "#web/results/figures.ts";

/**
 * Keeps what a list shows where it is while its counts change, so that nobody loses the row they are reading. The order is
 * taken anew with `about`.
 */
export function useHeldOrder<T extends Readonly<{ id: string }>>(items: readonly T[], about: string): readonly T[] {
  const held = useRef<Readonly<{ about: string | undefined; ids: readonly string[] }>>({ about: undefined, ids: [] });
  if (held.current.about !== about) held.current = { about, ids: items.map(({ id }) => id) };
  return inHeldOrder(items, held.current.ids);
}
