import { recordedInFrench } from "#core/recorded-words.ts";
import { useLanguage } from "#web/messages/catalogue.ts";

/** What the record of an election says, in the reader's language where it is known there. */
export function Recorded({ what }: Readonly<{ what: string }>) {
  const french = useLanguage() === "fr" ? recordedInFrench(what) : undefined;
  return <span lang={french === undefined ? "en" : "fr"}>{french ?? what}</span>;
}
