import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "#core/refusal.ts";
import type { Attack } from "#load/attack/attack.ts";
import { registerElection } from "#load/shared/elections.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { findElection } from "#storage/registered-elections.ts";

/** Each language; the most that the schema allows. */
const BIO = "b".repeat(4_000);
/** A region's candidates come in one answer: 620 have 5.0 MB, and 640 have 5.1. */
const [FITS, TOO_MANY] = [620, 640];
const REGIONS = 2;
const SENTENCE =
  /candidates\[\]\.bio: the biographies in region \S+ may have 5\.0 MB together and have 5\.1: shorten them to \d+ characters/;

export const oversizedDefinition: Attack = {
  name: "oversized-definition",
  attacker: "dishonest officer",
  told: "a definition that the schema allows and the tables do not, by its biographies, is read from a file as `apply`, `npm start` and every synth do, and applied past them",
  isShort: true,
  run: ({ system, random }) =>
    inTemporaryFolder(async (folder) => {
      using connection = connectTo(system);
      const electionId = `oversized-${random(1_000_000_000)}`;
      const withBiographies = (perRegion: number) => {
        const definition = nationalElection(electionId, REGIONS, perRegion);
        const candidates = definition.candidates.map((candidate) => ({ ...candidate, bio: { fr: BIO, en: BIO } }));
        return { ...definition, candidates };
      };
      const toldOf = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => "taken",
          (error: unknown) => (error instanceof Refusal ? error.message : String(error)),
        );
      const read = async (perRegion: number): Promise<string> => {
        const file = join(folder, "election.json");
        await writeFile(file, JSON.stringify(withBiographies(perRegion)));
        return toldOf(readDefinition(file));
      };
      const told = [
        await read(TOO_MANY),
        await toldOf(registerElection(connection, withBiographies(TOO_MANY), "attack")),
      ];
      const isStored = (await findElection(connection, electionId)) !== undefined;
      const untold = told.filter((sentence) => !SENTENCE.test(sentence)).length;
      return {
        tried: told.length,
        learnt: `${untold} times untold what to shorten; ${isStored ? "stored" : "nothing stored"}`,
        isRepelled: untold === 0 && !isStored && (await read(FITS)) === "taken",
      };
    }),
};
