import { formatDecimal } from "#web/format.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { BothLanguages } from "#web/office/elections/both-languages.tsx";
import { freeId, withoutParty, withoutRegion } from "#web/office/elections/draft.ts";
import { useFaults } from "#web/office/elections/faults.ts";
import type { PartProps } from "#web/office/elections/rules-parts.tsx";
import { Section } from "#web/office/elections/section.tsx";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { TextField } from "#web/office/shell/field.tsx";
import { contrastOf, PAPER } from "#web/results/colour.ts";

/** Regions and parties: what candidates stand in and for. */

const EMPTY = { fr: "", en: "" };

export function RegionsPart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const faultAt = useFaults();
  const { regions } = draft;
  const put = (at: number, changed: Partial<(typeof regions)[number]>): void =>
    change({ regions: regions.map((region, index) => (index === at ? { ...region, ...changed } : region)) });
  const add = (): void => {
    const regionId = freeId(regions.map((region) => region.regionId));
    change({ regions: [...regions, { regionId, name: EMPTY }] });
  };
  return (
    <Section title={t.officeElections.editor.sections.regions} place="regions">
      {regions.map((region, index) => (
        <div class="definition-item" key={index}>
          <TextField
            label={t.officeElections.editor.id}
            value={region.regionId}
            // Whoever stands in it still does.
            onInput={(regionId) =>
              change({
                regions: regions.map((one, at) => (at === index ? { ...one, regionId } : one)),
                candidates: draft.candidates.map((candidate) => ({
                  ...candidate,
                  regionIds: candidate.regionIds.map((id) => (id === region.regionId ? regionId : id)),
                })),
              })
            }
            {...faultAt("regions", index, "regionId")}
          />
          <BothLanguages
            label={t.officeElections.editor.name}
            value={region.name}
            onInput={(name) => put(index, { name })}
            place={["regions", index, "name"]}
          />
          <button
            type="button"
            class="button small"
            onClick={() => change(withoutRegion(draft, region.regionId))}
            aria-label={t.officeElections.editor.remove(region.name[language] || region.regionId)}
          >
            {t.officeElections.editor.remove("").trim()}
          </button>
        </div>
      ))}
      <button type="button" class="button" onClick={add}>
        {t.officeElections.editor.addRegion}
      </button>
    </Section>
  );
}

export function PartiesPart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const faultAt = useFaults();
  const { parties } = draft;
  const put = (at: number, changed: Partial<(typeof parties)[number]>): void =>
    change({ parties: parties.map((party, index) => (index === at ? { ...party, ...changed } : party)) });
  const add = (): void => {
    const partyId = freeId(parties.map((party) => party.partyId));
    change({ parties: [...parties, { partyId, name: EMPTY, colour: "#0b4f9e" }] });
  };
  return (
    <Section title={t.officeElections.editor.sections.parties} place="parties">
      {parties.map((party, index) => (
        <div class="definition-item" key={index}>
          <TextField
            label={t.officeElections.editor.id}
            value={party.partyId}
            onInput={(partyId) =>
              change({
                parties: parties.map((one, at) => (at === index ? { ...one, partyId } : one)),
                candidates: draft.candidates.map((candidate) =>
                  candidate.partyId === party.partyId ? { ...candidate, partyId } : candidate,
                ),
              })
            }
            {...faultAt("parties", index, "partyId")}
          />
          <BothLanguages
            label={t.officeElections.editor.name}
            value={party.name}
            onInput={(name) => put(index, { name })}
            place={["parties", index, "name"]}
          />
          <TextField
            label={t.officeElections.editor.colour}
            hint={<Contrast colour={party.colour} />}
            type="color"
            value={party.colour}
            onInput={(colour) => put(index, { colour: colour.toLowerCase() })}
            {...faultAt("parties", index, "colour")}
          />
          <button
            type="button"
            class="button small"
            onClick={() => change(withoutParty(draft, party.partyId))}
            aria-label={t.officeElections.editor.remove(party.name[language] || party.partyId)}
          >
            {t.officeElections.editor.remove("").trim()}
          </button>
        </div>
      ))}
      <button type="button" class="button" onClick={add}>
        {t.officeElections.editor.addParty}
      </button>
    </Section>
  );
}

/** Of WCAG, for what is drawn. */
const ENOUGH = 3;

/** How a colour stands out on the page by day. */
function Contrast({ colour }: Readonly<{ colour: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  if (!/^#[0-9a-f]{6}$/.test(colour)) return null;
  const contrast = contrastOf(colour, PAPER.day);
  const ratio = formatDecimal(language, contrast, 1);
  return (
    <>{contrast < ENOUGH ? t.officeElections.editor.contrastLow(ratio) : t.officeElections.editor.contrast(ratio)}</>
  );
}
