/** Telephone numbers in texts: those of North America, `1 855 555-0142`, and those that begin with another country's code, `+33 …`. */
const NUMBER =
  /(?<![\d+])(?:\+[2-9](?:[\s.()\u2011-]{0,2}\d){7,14}|(?:\+?1[\s.\u2011-]?)?\(?[2-9]\d\d\)?[\s.\u2011-]{0,2}[2-9]\d\d[\s.\u2011-]?\d{4})(?!\d)/g;

type Part = Readonly<{ text: string; href?: string }>;

/** A text in parts, of which each telephone number has its address in E.164: `tel:+18555550142`. */
export function withNumbers(text: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    const digits = number.replaceAll(/\D/g, "");
    const country = number.startsWith("+") || digits.length === 11 ? "" : "1";
    parts.push({ text: text.slice(from, index) }, { text: number, href: `tel:+${country}${digits}` });
    from = index + number.length;
  }
  return [...parts, { text: text.slice(from) }];
}

/** A text whose telephone numbers can be called. */
export function Told({ text }: Readonly<{ text: string }>) {
  return (
    <>{withNumbers(text).map((part) => (part.href === undefined ? part.text : <a href={part.href}>{part.text}</a>))}</>
  );
}
