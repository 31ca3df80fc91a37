import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useResultsMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { writePath } from "#web/router.ts";

const MANY = 12;

export function RegionPicker({
  election,
  regionId,
}: Readonly<{ election: PublicElection; regionId: string | undefined }>) {
  const t = useResultsMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { regions } = election.definition;
  // Where there are many, all regions are searched in their list instead.
  if (regions.length < 2 || (regions.length > MANY && regionId === undefined)) return null;
  const show = (chosen: string): void => {
    const route = { page: "results", electionId: election.election_id } as const;
    go({ path: writePath(language, chosen === "" ? route : { ...route, regionId: chosen }) }, "replace");
  };
  return (
    <div class="field region-picker">
      <label for="region">{t.results.region}</label>
      <select id="region" value={regionId ?? ""} onChange={(event) => show(event.currentTarget.value)}>
        <option value="">{t.results.allRegions}</option>
        {regions.map((region) => (
          <option key={region.regionId} value={region.regionId}>
            {inLanguage(region.name)}
          </option>
        ))}
      </select>
    </div>
  );
}
