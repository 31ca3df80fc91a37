import { correctionsIn, shownText } from "#core/corrections.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Told } from "#web/shell/told.tsx";

/** What was corrected after the opening, of what a region's voters read. */
export function Corrections({
  definition,
  regionId,
}: Readonly<{ definition: ElectionDefinition; regionId: string | undefined }>) {
  const t = useMessages();
  const language = useLanguage();
  const corrections = correctionsIn(definition, regionId);
  return (
    <>
      {corrections.map(({ correctedAt, of, from, to }) => (
        <p class="quiet" key={`${correctedAt} ${of}`}>
          <Told
            text={t.vote.corrected(
              formatInstant(language, correctedAt, definition.timeZone),
              shownText(from, language),
              shownText(to, language),
            )}
          />
        </p>
      ))}
    </>
  );
}
