import { useState } from "preact/hooks";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import type { Selection } from "#core/selection.ts";
import { LanguageProvider, useBilingual, useLanguage, useMessages, useTexts } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { SelectField } from "#web/office/shell/field.tsx";
import { Ballot, BlankBox, hintFor } from "#web/vote/ballot.tsx";
import "#web/styles/ballot.css";

/** The ballot beside the editor: the voter's own, in either language and of any region. */
export function Preview({ definition }: Readonly<{ definition: ElectionDefinition | undefined }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [shownIn, setShownIn] = useState<Language>(language);
  const [regionAsked, setRegion] = useState<string>();
  const { shown } = useTexts(shownIn);
  const regionIds = definition === undefined ? [] : contestRegionIds(definition);
  const regionId = regionIds.find((id) => id === regionAsked) ?? regionIds[0] ?? "";
  const other = shownIn === "fr" ? "en" : "fr";
  return (
    <aside class="ballot-preview" aria-label={t.officeElections.preview.title}>
      <h2>{t.officeElections.preview.title}</h2>
      <p class="quiet">{t.officeElections.preview.phone}</p>
      <div class="actions">
        <button type="button" class="button small" onClick={() => setShownIn(other)}>
          {t.officeElections.preview.language}
        </button>
      </div>
      {definition !== undefined && definition.regions.length > 1 && (
        <SelectField
          label={t.officeElections.preview.region}
          value={regionId}
          options={definition.regions.map(({ regionId: id, name }) => ({ value: id, text: name[language] }))}
          onChange={setRegion}
        />
      )}
      {definition === undefined ? (
        <p>{t.officeElections.preview.none}</p>
      ) : (
        shown !== undefined && (
          <LanguageProvider value={shown}>
            <div lang={shown}>
              <Sheet key={`${definition.votingMethod} ${regionId}`} definition={definition} regionId={regionId} />
            </div>
          </LanguageProvider>
        )
      )}
    </aside>
  );
}

/** A sheet as voters get it; marks are forgotten with it. */
function Sheet({ definition, regionId }: Readonly<{ definition: ElectionDefinition; regionId: string }>) {
  const t = useMessages();
  const inLanguage = useBilingual();
  const [selection, mark] = useState<Selection>();
  const headline = definition.votingMethod === "referendum" ? definition.question : definition.title;
  const region = definition.regions.find((one) => one.regionId === regionId);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <fieldset class="sheet">
        <legend>
          <h3>{inLanguage(headline)}</h3>
        </legend>
        {region !== undefined && <p class="ballot-region">{inLanguage(region.name)}</p>}
        <p class="quiet">
          {hintFor(definition, regionId, t)} {"seats" in definition && t.choose.seats(definition.seats)}
        </p>
        <Ballot
          definition={definition}
          regionId={regionId}
          hasBiographiesByRegion={false}
          selection={selection}
          mark={mark}
        >
          <BlankBox definition={definition} selection={selection} mark={mark} />
        </Ballot>
      </fieldset>
    </form>
  );
}
