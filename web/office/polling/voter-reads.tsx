import type { BilingualText } from "#core/election.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";

/** What voters will read after an act, in both languages. */
export function VoterReads({ told }: Readonly<{ told: readonly BilingualText[] }>) {
  const t = useOfficeMessages();
  return (
    <div class="voter-reads">
      <h3>{t.officePolling.voterReads}</h3>
      {(["en", "fr"] as const).map((language) => (
        <figure key={language}>
          <figcaption class="quiet">{t.officePolling.language[language]}</figcaption>
          {told.map((text) => (
            <blockquote key={text[language]} lang={language}>
              {text[language]}
            </blockquote>
          ))}
        </figure>
      ))}
    </div>
  );
}
