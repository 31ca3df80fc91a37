import type { Language } from "#core/language.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { OWN_NAMES } from "#web/shell/own-names.ts";

/** Shows the same page and step in the other language; nothing filled in is lost. */
export function LanguageSwitch({
  pathIn,
  onLanguage,
}: Readonly<{ pathIn: (language: Language) => string; onLanguage: (language: Language) => void }>) {
  const t = useMessages();
  const other = useLanguage() === "fr" ? "en" : "fr";
  return (
    <nav aria-label={t.site.language} class="languages">
      <a
        href={pathIn(other)}
        lang={other}
        hreflang={other}
        onClick={(event) => {
          event.preventDefault();
          onLanguage(other);
        }}
      >
        {OWN_NAMES[other]}
      </a>
    </nav>
  );
}
