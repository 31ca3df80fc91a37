/** Where a command writes its table in a page, between two comments. */
export type Marks = Readonly<{ begin: string; end: string }>;

/** Replaces what stands between two marks. Throws RangeError when one is missing. */
export function replaceBetween(
  text: string,
  { begin, end }: Marks,
  replace: (section: string) => readonly string[],
): string {
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (!text.includes(begin) || to < from) throw new RangeError(`the page lacks its marks ${begin} and ${end}`);
  return `${text.slice(0, from)}\n${replace(text.slice(from, to).trim()).join("\n")}\n${text.slice(to)}`;
}
