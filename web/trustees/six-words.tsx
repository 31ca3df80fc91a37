import type { Language } from "#core/language.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useTrusteesWords } from "#web/trustees/words.ts";

/** The ceremony's words, which the trustees read aloud: else voters could be shown another key than theirs. */
export function SixWords({ words }: Readonly<{ words: Readonly<Record<Language, string>> }>) {
  const t = useTrusteesWords();
  const language = useLanguage();
  return (
    <section class="six-words" aria-labelledby="six-words-title">
      <h2 id="six-words-title">{t.words.title}</h2>
      <p class="said-words">{words[language]}</p>
      <p class="quiet">{t.words.why}</p>
    </section>
  );
}
