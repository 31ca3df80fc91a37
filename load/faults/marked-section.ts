/** What a command writes into a page by hand stands between two marks; everything around it is left alone. */
export type Marks = Readonly<{ begin: string; end: string }>;

/** What stands between the marks, without the line breaks beside them. Throws RangeError when a mark is missing. */
export function sectionOf(text: string, { begin, end }: Marks): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new RangeError(`the page lacks its marks ${begin} and ${end}`);
  return text.slice(from + begin.length, to).trim();
}

/** The text with another section. Throws RangeError when a mark is missing. */
export function withSection(text: string, marks: Marks, section: string): string {
  sectionOf(text, marks);
  const before = text.slice(0, text.indexOf(marks.begin));
  const after = text.slice(text.indexOf(marks.end));
  return `${before}${marks.begin}\n${section}\n${after}`;
}
