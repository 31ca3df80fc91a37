/** The item at a place of a list that has one there. Throws RangeError where it has none. */
export function itemAt<Item>(list: readonly Item[], place: number): Item {
  const item = list[place];
  if (item === undefined) throw new RangeError(`a list of ${list.length} has nothing at place ${place}`);
  return item;
}
