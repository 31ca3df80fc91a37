import { readFile, writeFile } from "node:fs/promises";
import { stateOpening } from "#admin/elections/opening.ts";
import { agreedCeremony } from "#admin/trustees/agreed-ceremony.ts";
import { importSignedRoll } from "#admin/trustees/roll/import-roll.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { testPage } from "#infra/bundling/test-page.ts";
import { applyElection } from "#storage/election-register.ts";
import { holdAll, type Meeting, meet } from "#test/admin/trustees/meeting.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { inOffice } from "#test/e2e/office.ts";

/** Elections of which trustees hold the key, three of them and two to open. */

/** What a voter was sent. */
export type Card = Readonly<{ number: string; code: string }>;

const WHO = { who: "the suite" };

async function cardsIn(file: string): Promise<readonly Card[]> {
  const [, ...rows] = (await readFile(file, "utf8")).trimEnd().split("\r\n");
  return rows.map((row) => {
    const [number = "", code = ""] = row.split(",");
    return { number, code };
  });
}

/** The ceremony and the roll, from the first meeting until the roll is signed by two. */
async function prepare(meeting: Meeting, regionIds: readonly string[]): Promise<readonly Card[]> {
  const { path, folder, scrutin } = meeting;
  const run = async (...words: string[]): Promise<void> => {
    const { exitCode, stderr } = await scrutin(...words);
    if (exitCode !== 0) throw new Error(`scrutin ${words.join(" ")}: ${stderr}`);
  };
  const secret = (name: string) => ["--key", path(`${name}.key`), "--passphrase-file", path("passphrase")];
  await writeFile(path("test.html"), await testPage());
  await meeting.open("--test-page", path("test.html"));
  await holdAll(meeting);
  await run("ceremony", "close", folder);
  for (const number of [1, 2]) await meeting.rehearse(number);
  const rows = regionIds.map((regionId, place) => `${place + 1},${regionId}`);
  await writeFile(path("voters.csv"), ["number,region_id", ...rows, ""].join("\n"));
  await run(
    ...["trustee", "new", "--name", "Registrar", "--out", path("registrar.key")],
    ...["--passphrase-file", path("passphrase")],
  );
  await run(
    ...["registrar", "cards", "--ceremony", folder, ...secret("registrar"), "--voters", path("voters.csv")],
    ...["--cards", path("cards.csv"), "--roll", path("roll.txt")],
  );
  for (const number of [1, 2]) await run("trustee", "sign-roll", folder, path("roll.txt"), ...secret(`${number}`));
  return cardsIn(path("cards.csv"));
}

/**
 * Opens an election of trustees to one voter for each of these regions, and waits until the API knows it.
 * @returns their cards in order, and the meeting, whose folder the caller ends
 */
export async function openSealedPolls(
  definition: ElectionDefinition,
  regionIds: readonly string[],
): Promise<Readonly<{ cards: readonly Card[]; meeting: Meeting }>> {
  const meeting = await meet(definition);
  const cards = await prepare(meeting, regionIds);
  const { electionId } = definition;
  await inOffice(async (connection) => {
    await applyElection(connection, definition, { ...WHO, ceremony: await agreedCeremony(meeting.folder) });
    await importSignedRoll(connection, electionId, meeting.path("roll.txt"), meeting.folder, WHO);
    await stateOpening(connection, electionId, WHO);
  });
  await eventually(
    async () => (await (await get(`/api/v1/elections/${electionId}`)).json()).status,
    (status) => status === "open",
  );
  return { cards, meeting };
}
