import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { clockAt } from "#core/clock-times.ts";
import { CODE_ALPHABET, checkCharacterOf, RANDOM_CHARACTERS } from "#core/voting-code.ts";
import { button, headline, IN_THE_BOX, newVisitor, textOf } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";

/**
 * A whole election by somebody who never saw a terminal: all in the browser, from a spreadsheet of candidates to the files that
 * prove the result.
 */

const ID = `whole-${Date.now()}`;
const VOTERS = 5_000;
const CARDS = 10;
const MINUTE_MS = 60_000;
const ZONE = "America/Toronto";

const CANDIDATES = "name,first_name,party\nRoy,Ada,Greens\nLee,Bo,Reds\nFox,Cy,\n";

const nasOf = (n: number): string => String(200_000_000 + n);

/** A code as the office would have drawn it for somebody who needs no letter. */
function codeOf(n: number): string {
  let rest = n;
  let characters = "";
  for (let place = 0; place < RANDOM_CHARACTERS; place++) {
    characters += CODE_ALPHABET.charAt((rest + place) % CODE_ALPHABET.length);
    rest = Math.floor(rest / CODE_ALPHABET.length);
  }
  return `${characters}${checkCharacterOf(characters)}`;
}

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const people = Array.from(
  { length: CARDS },
  (_, n) => `Person ${n},${n} Main Street,Val QC  H0H 0H0,${nasOf(n)},1,${n % 2 === 0 ? "en" : "fr"}`,
);
const PEOPLE = `name,address_1,address_2,nas,region_id,language\n${people.join("\n")}\n`;
const others = Array.from({ length: VOTERS - CARDS }, (_, n) => `${nasOf(CARDS + n)},${codeOf(n)},1`);
const OTHERS = `nas,code,region_id\n${others.join("\n")}\n`;

const room = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).first().click();
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name }).click();
/** The next full minute that is some time ahead, on the clocks of the election. */
const minuteAfter = (ms: number): string => clockAt(Math.ceil((Date.now() + ms) / MINUTE_MS) * MINUTE_MS, ZONE);

const folder = await mkdtemp(join(tmpdir(), "scrutin-proof-"));
afterAll(() => rm(folder, { recursive: true }));

test("a ranked election is held in the browser, from a spreadsheet to the files that prove it", async () => {
  const office = await newVisitor({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const page = await office.newPage();
  const faults = await signedIn(page, "officer", "/en/office/elections");

  // From a spreadsheet of candidates.
  await button(page, "New election").click();
  await page.getByLabel("Its id").fill(ID);
  await page.getByLabel("Begin with").selectOption({ label: "candidates from a spreadsheet (CSV)" });
  await page.getByLabel("Kind of contest").selectOption({ label: "A ranking, for one seat" });
  await page.getByLabel("The file").setInputFiles(csv("candidates.csv", CANDIDATES));
  await button(page, "Create the draft").click();
  await button(page, "Continue").click();
  await headline(page, `Definition of ${ID}`).waitFor();
  await page.getByLabel("Title, in English").fill("Mayor of Val");
  await page.getByLabel("Title, in French").fill("Mairie de Val");
  await page.getByLabel("Whom to call, in English").fill("the election office, at 1 855 555-0142");
  await page.getByLabel("Whom to call, in French").fill("le bureau des élections, au 1 855 555-0142");
  await page.getByText("No faults: it can be applied.").waitFor();
  await button(page, "Apply").click();
  await inDialog(page, "Apply");
  await inDialog(page, "Close");
  await headline(page, "Mayor of Val").waitFor();

  // Ten cards, made in the browser, and the roll that goes with them; then everybody else.
  await room(page, "Roll");
  await page.getByLabel("Choose the list").setInputFiles(csv("people.csv", PEOPLE));
  await page.getByText(`${CARDS} letters are ready.`).waitFor();
  const saved = page.waitForEvent("download");
  await button(page, "Save roll.csv").click();
  const cards = (await textOf(await saved)).trim().split(/\r?\n/).slice(1);
  expect(cards).toHaveLength(CARDS);
  const letters = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Save letters-en-/ }).click();
  expect((await textOf(await letters)).slice(0, 5)).toBe("%PDF-");
  await button(page, "Now put these people on the roll").click();
  await button(page, "Send the file up").click();
  await button(page, `Put ${CARDS} rows on the roll`).click();
  await page.getByText(`${CARDS} voters were put on the roll.`).waitFor();
  await button(page, "Choose another file").click();
  await page.getByLabel("Choose a file").setInputFiles(csv("others.csv", OTHERS));
  await button(page, "Send the file up").click();
  await button(page, "Put 4,990 rows on the roll").click();
  await page.getByText("4,990 voters were put on the roll.").waitFor();

  // It opens now, and closes in two minutes.
  await room(page, "Edit");
  const closes = minuteAfter(2 * MINUTE_MS);
  const opens = clockAt(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS, ZONE);
  await page.getByLabel("Opens on").fill(opens.slice(0, 10));
  await page.getByLabel("Opens at").fill(opens.slice(11, 16));
  await page.getByLabel("Closes on").fill(closes.slice(0, 10));
  await page.getByLabel("Closes at").fill(closes.slice(11, 16));
  await page.getByText("No faults: it can be applied.").waitFor();
  await button(page, "Apply").click();
  await inDialog(page, "Apply");
  await inDialog(page, "Close");
  await room(page, "After closing");
  await button(page, "State the opening").click();
  await inDialog(page, "State the opening");
  await page.getByText("SHA-256 of the opening statement").waitFor();

  // One of the ten votes, on a phone.
  const phone = await newVisitor();
  const ballot = await phone.newPage();
  const [nas = "", code = ""] = (cards[3] ?? "").split(",");
  await ballot.goto(`/en/vote/${ID}`);
  await ballot.getByRole("button", { name: "Rank 1st, Bo Lee" }).click();
  await button(ballot, "Continue").click();
  await ballot.locator("#nas").fill(nas);
  await ballot.locator("#code").fill(code);
  await button(ballot, "Review my choice").click();
  await button(ballot, "Cast my ballot").click();
  await headline(ballot, IN_THE_BOX).waitFor();

  // A minute more.
  await room(page, "Polling day");
  await button(page, "Extend the hours").click();
  const later = (await closingMs()) + MINUTE_MS;
  await page.getByLabel("New closing").fill(clockAt(later, ZONE).slice(0, 16));
  await page.getByLabel("Reason").fill("The hall opened late.");
  await inDialog(page, "Extend the hours");
  await expect.poll(closingMs).toBe(later);
  await page.getByRole("heading", { name: "Done", exact: true }).waitFor();

  // After closing: certified, published, and downloaded whole.
  await room(page, "After closing");
  const certify = button(page, "Certify the result");
  await certify.waitFor({ timeout: 6 * MINUTE_MS });
  await certify.click();
  await inDialog(page, "Certify the result");
  await button(page, "Publish on the site").waitFor();
  const fingerprint = await codeUnder(page, "Fingerprint of the signing key");
  const opening = await codeUnder(page, "SHA-256 of the opening statement");
  const zipped = page.waitForEvent("download");
  await button(page, "Download all as a ZIP file").click();
  const zip = join(folder, "certified.zip");
  await (await zipped).saveAs(zip);
  await button(page, "Publish on the site").click();
  await inDialog(page, "Publish on the site");
  await page.getByText("On the site since").waitFor();
  expect(faults).toEqual([]);

  // Whoever downloads it can check it, and the site says that it is certified.
  for (const [path, content] of Object.entries(unzipSync(await readFile(zip)))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const proof = join(folder, `certified-${ID}`);
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["admin/scrutin.ts", "verify", proof, "--signed-by", fingerprint, "--opening", opening],
  ]);
  expect(stdout).toMatch(/^ok {2}recount +1 0, 2 1, 3 0, blank 0, spoiled 0$/m);
  expect(stdout).toMatch(/^(\d+) of \1 checks passed\.$/m);
  await ballot.goto(`/en/results/${ID}`);
  await ballot.getByText("Certified on").first().waitFor();
  await Promise.all([office.close(), phone.close()]);
}, 720_000);

async function closingMs(): Promise<number> {
  const response = await fetch(`${inject("url")}/api/v1/elections/${ID}`);
  return Date.parse((await response.json()).closes_at);
}

/** What stands under a term, in groups. */
const codeUnder = async (page: Page, term: string): Promise<string> =>
  ((await page.locator("dt", { hasText: term }).first().locator("+ dd").textContent()) ?? "").replaceAll(/\s/g, "");
