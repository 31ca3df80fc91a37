import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { stateOpening } from "#admin/elections/opening.ts";
import { importRoll } from "#admin/roll/import.ts";
import { ElectionDefinition } from "#core/election.ts";
import { registerElection } from "#load/shared/elections.ts";
import { connectTo, type StartedSystem } from "#load/shared/running-system.ts";
import { inTemporaryFolder } from "#local/loose-ends.ts";

/** The office's console for the pictures: elections before and after their day, and an officer who looks at them. */

const MAYOR = "mayor-2041";
const BYLAW = "bylaw-2025";
const WHO = "Odile Tremblay";
const PASSWORD = "demonstration";
/** In either language. */
const SIGN_IN = /^(?:Sign in|Me connecter)$/;

const voters = (count: number, first: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${first + n},ABC123,1`);

/** @param model a ranked election of the demonstration */
function mayor(model: ElectionDefinition): ElectionDefinition {
  return ElectionDefinition.parse({
    ...model,
    electionId: MAYOR,
    title: { fr: "Élection à la mairie", en: "Election of the Mayor" },
    opensAt: "2041-10-07T08:00:00-04:00",
    closesAt: "2041-10-07T20:00:00-04:00",
    timeZone: "America/Toronto",
  });
}

/** Its day is over, and nothing of it is certified yet. */
function bylaw({ contact, credentialFields }: ElectionDefinition): ElectionDefinition {
  return ElectionDefinition.parse({
    electionId: BYLAW,
    votingMethod: "referendum",
    title: { fr: "Règlement sur la bibliothèque", en: "Library Bylaw" },
    question: { fr: "Êtes-vous d’accord avec le règlement ?", en: "Do you agree with the bylaw?" },
    contact,
    credentialFields,
    opensAt: "2025-10-06T08:00:00-04:00",
    closesAt: "2025-10-06T20:00:00-04:00",
    timeZone: "America/Toronto",
    results: "after_close",
  });
}

/** Registers the console's elections. @param model a ranked election of the demonstration */
export async function registerForConsole(system: StartedSystem, model: ElectionDefinition): Promise<void> {
  using connection = connectTo(system);
  await registerElection(connection, mayor(model), WHO);
  const over = bylaw(model);
  const atMs = Date.parse(over.opensAt);
  await registerElection(connection, over, WHO);
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, "voters.csv");
    const rows = voters(240, 400_000_000);
    await writeFile(file, ["nas,code,region_id", ...rows, ""].join("\n"));
    await importRoll(connection, BYLAW, file, { atMs });
  });
  await stateOpening(connection, BYLAW, { who: WHO, atMs });
}

const toTop = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).evaluate((section) => {
    scrollTo({ top: scrollY + section.getBoundingClientRect().top - 24, behavior: "instant" });
  });

async function signIn(page: Page): Promise<void> {
  await page.locator("input[name=name]").fill("officer");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: SIGN_IN }).click();
}

/** A sheet of which two rows are wrong. */
const SHEET = ["nas,code,region_id", ...voters(1_240, 500_000_000), "51234,ABC123,1", "512345678,ABC123,99", ""];

async function readSheet(page: Page): Promise<void> {
  const buffer = Buffer.from(SHEET.join("\n"));
  await page.locator("input[type=file]").first().setInputFiles({ name: "voters.csv", mimeType: "text/csv", buffer });
  await page.locator("[aria-labelledby=roll-file] .button.primary").waitFor();
  await toTop(page, "[aria-labelledby=roll-file]");
}

type Room = Readonly<{ name: string; path: string; sign: string; use?: (page: Page) => Promise<void> }>;

const ROOMS: readonly Room[] = [
  { name: "office-overview", path: "", sign: ".office-list" },
  { name: "office-editor", path: `/elections/${MAYOR}/edit`, sign: ".ballot-preview .sheet" },
  { name: "office-roll", path: `/elections/${MAYOR}/roll`, sign: ".office-table", use: readSheet },
  { name: "office-polling", path: "/elections/1/polling", sign: "#polling-alarms" },
  {
    name: "office-closing",
    path: `/elections/${BYLAW}/closing`,
    sign: ".closing-checks",
    use: (page) => toTop(page, "[aria-labelledby=checks]"),
  },
  { name: "office-audit", path: "/audit", sign: ".office-table" },
];

/** Rooms of the console, each shown to an officer who signs in first. */
export const CONSOLE_SUBJECTS = ROOMS.map(({ name, path, sign, use }) => ({
  name,
  show: async ({ page, open }: Readonly<{ page: Page; open: (path: string) => Promise<void> }>): Promise<void> => {
    await open(`/office${path}`);
    await signIn(page);
    await page.locator(sign).first().waitFor();
    await use?.(page);
    await page.waitForLoadState("networkidle");
  },
}));
