import { ElectionDefinition } from "#core/election.ts";

/** A parliament of forty seats for the pictures: enough for a half circle, and few enough ballots for a laptop. */

const PLACES =
  "Abitibi,Acadia,Athabasca,Avalon,Beauport,Bow River,Burnaby,Cabot,Calgary East,Cape Breton,Charlevoix,Churchill,Don Valley,Edmonton West,Essex,Fundy,Gaspésie,Guelph,Halifax,Hochelaga,Iqaluit,Kamloops,Kenora,Kitchener,Labrador,Laurentides,Madawaska,Miramichi,Nipissing,Outaouais,Peace River,Québec,Regina,Saguenay,Saskatoon,Sudbury,Thunder Bay,Victoria,Winnipeg,Yukon".split(
    ",",
  );
const FIRST_NAMES = "Amélie,Noor,Thomas,Ingrid,Kofi,Mei,Sacha,Lucas,Aaliyah,Étienne,Rosa".split(",");
const LAST_NAMES =
  "Tremblay,Singh,MacLeod,Nguyen,Roy,Okafor,Bergeron,Chen,Lavallée,Campbell,Rossi,Kowalski,Gagné".split(",");

/** @param model an election whose parties, credentials and hours it has */
export function countryElection(model: ElectionDefinition): ElectionDefinition {
  const { parties } = model.votingMethod === "referendum" ? { parties: [] } : model;
  const regions = PLACES.map((name, index) => ({ regionId: String(index + 1), name: { fr: name, en: name } }));
  const candidates = regions.flatMap(({ regionId }, region) =>
    parties.map(({ partyId }, place) => ({
      candidateId: `${regionId}-${partyId}`,
      firstName: FIRST_NAMES[(7 * region + 3 * place) % FIRST_NAMES.length],
      lastName: LAST_NAMES[(5 * region + 4 * place) % LAST_NAMES.length],
      partyId,
      regionIds: [regionId],
    })),
  );
  return ElectionDefinition.parse({
    electionId: "parliament",
    votingMethod: "single_choice",
    title: { fr: "Élections générales", en: "General Election" },
    contact: model.contact,
    opensAt: model.opensAt,
    closesAt: model.closesAt,
    results: "live",
    minimumBallots: 1,
    credentialFields: model.credentialFields,
    regions,
    parties,
    candidates,
  });
}
