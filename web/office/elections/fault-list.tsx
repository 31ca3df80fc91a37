import { useContext } from "preact/hooks";
import type { FieldFault } from "#core/definition-faults.ts";
import { useBilingual, useLanguage } from "#web/messages/catalogue.ts";
import type { Draft } from "#web/office/elections/draft.ts";
import { asSentence, Faults, placeOf } from "#web/office/elections/faults.ts";
import { placeWords } from "#web/office/elections/place-words.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";

const MOST_LISTED = 8;

/** How many faults there are, and each by name: who clicks it is taken to its field. */
export function FaultList({ draft, onGo }: Readonly<{ draft: Draft; onGo: (fault: FieldFault) => void }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const faults = useContext(Faults);
  if (faults.length === 0) return <p>{t.officeElections.editor.faults(0)}</p>;
  return (
    <>
      <p class="refusal">{t.officeElections.editor.faults(faults.length)}</p>
      <ul class="fault-list">
        {faults.slice(0, MOST_LISTED).map((fault) => (
          <li key={`${placeOf(fault.path)} ${fault.rule.en}`}>
            <button type="button" class="fault-link" onClick={() => onGo(fault)}>
              {placeWords(t.officeElections.editor, language, draft, fault.path)}
            </button>
            <br />
            {asSentence(inLanguage(fault.rule))}
          </li>
        ))}
      </ul>
      {faults.length > MOST_LISTED && <p>{t.officeElections.editor.moreFaults(faults.length - MOST_LISTED)}</p>}
    </>
  );
}

/** Takes the reader to a place of the form, or to the nearest around it. */
export function showPlace(path: readonly PropertyKey[]): void {
  for (let length = path.length; length > 0; length--) {
    const place = CSS.escape(placeOf(path.slice(0, length)));
    const found = document.querySelector<HTMLElement>(`[data-place="${place}"]`);
    if (found === null) continue;
    found.scrollIntoView({ block: "center" });
    found.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]")?.focus({ preventScroll: true });
    return;
  }
}
