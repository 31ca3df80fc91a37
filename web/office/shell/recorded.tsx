import { recordedInFrench } from "#core/recorded-words.ts";
import { useLanguage } from "#web/messages/catalogue.ts";

/** What the record of an election says, in the reader's language where it is known there. */
export function Recorded({ what, timeZone }: Readonly<{ what: string; timeZone?: string }>) {
  const french = useLanguage() === "fr" ? recordedInFrench(what, timeZone) : undefined;
  return (
    <span lang={french === undefined ? "en" : "fr"} class="office-anything">
      {french ?? what}
    </span>
  );
}
