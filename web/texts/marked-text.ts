/** The subset of Markdown the texts use: headings, paragraphs, lists, links. */

export type Span = Readonly<{ text: string; href?: string }>;

export type Block =
  | Readonly<{ kind: "title" | "heading"; text: string }>
  | Readonly<{ kind: "paragraph"; spans: readonly Span[] }>
  | Readonly<{ kind: "list"; isNumbered: boolean; items: readonly (readonly Span[])[] }>;

const LINK = /\[([^\]]+)\]\(([^)]+)\)/;
const ITEM = /^(?:-|\d+\.) /;

function readSpans(words: string): readonly Span[] {
  const link = LINK.exec(words);
  if (link === null) return words === "" ? [] : [{ text: words }];
  const [whole, text = "", href = ""] = link;
  const before = words.slice(0, link.index);
  return [
    ...(before === "" ? [] : [{ text: before }]),
    { text, href },
    ...readSpans(words.slice(link.index + whole.length)),
  ];
}

/** A line without a mark continues the item. */
function readItems(source: string): readonly (readonly Span[])[] {
  return source.split(/\n(?=(?:-|\d+\.) )/).map((item) => readSpans(item.replace(ITEM, "").replaceAll("\n", " ")));
}

function readBlock(source: string): Block {
  const lines = source.split("\n");
  const [first = ""] = lines;
  if (first.startsWith("# ")) return { kind: "title", text: first.slice(2) };
  if (first.startsWith("## ")) return { kind: "heading", text: first.slice(3) };
  if (ITEM.test(first)) return { kind: "list", isNumbered: !first.startsWith("-"), items: readItems(source) };
  return { kind: "paragraph", spans: readSpans(lines.join(" ")) };
}

/** Blocks are separated by empty lines. */
export function readMarkedText(source: string): readonly Block[] {
  return source
    .trim()
    .split(/\n{2,}/)
    .map(readBlock);
}
