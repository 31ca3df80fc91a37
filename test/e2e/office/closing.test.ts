import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { law, race } from "#test/definitions.ts";
import { get } from "#test/e2e/api.ts";
import { button, expectAccessible, headline, visits } from "#test/e2e/browser.ts";
import { signedIn } from "#test/e2e/office/sign-in.ts";
import { hold, register, registerUnstated } from "#test/e2e/office.ts";

/** The room After closing, in a real browser with a real sign-in: what is certified there, everybody can look up. */

const { open, visitor } = visits({ viewport: { width: 1280, height: 900 } });

const PAST = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2025-01-02T00:00:00Z" };
const FUTURE = { opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" };
const TIED = "closing-tied";
const AUDITED = "closing-audited";

const vote = (regionId: string, candidateId: string) => ({
  regionId,
  selection: { kind: "candidate", candidateId } as const,
});

beforeAll(async () => {
  await Promise.all([
    hold(race({ electionId: TIED, ...PAST }), { "1": 5, "2": 3 }, [
      ...["1", "2", "1", "2"].map((candidateId) => vote("1", candidateId)),
      vote("2", "3"),
    ]),
    hold(law({ electionId: AUDITED, verification: "auditors", ...PAST }), { all: 3 }, [
      { regionId: "all", selection: { kind: "choice", choice: "oui" } },
    ]),
    register(law({ electionId: "closing-open" })),
    registerUnstated(law({ electionId: "closing-coming", ...FUTURE })),
  ]);
});

const roomOf = (electionId: string, language = "en"): string => `/${language}/office/elections/${electionId}/closing`;

async function enter(electionId: string, account: "officer" | "auditor" = "officer"): Promise<Page> {
  const page = await visitor().newPage();
  await signedIn(page, account, roomOf(electionId));
  await headline(page, "After closing").waitFor();
  return page;
}

const check = (page: Page, name: string) => page.locator(`[data-check="${name}"]`);
const inDialog = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name, exact: true });

describe("an officer", () => {
  test("sees each check turn green or say what to do, draws a lot over a tie, certifies, publishes, and destroys what links ballots to voters", async () => {
    const page = await visitor().newPage();
    const faults = await signedIn(page, "officer", roomOf(TIED));
    await headline(page, "After closing").waitFor();
    for (const met of ["stated", "roll-complete", "closed", "minute-passed", "votes-decided", "none-set-aside"]) {
      await page.locator(`[data-check="${met}"].met`).waitFor();
    }
    await check(page, "no-tie").getByText("There is a tie that no rule breaks: draw a lot below").waitFor();
    await check(page, "recounted").getByText("Not recounted since closing.").waitFor();
    await expectAccessible(page);

    // Every ballot is counted again.
    await button(page, "Recount").click();
    await inDialog(page, "Recount").click();
    await check(page, "recounted").getByText("The counts agree with the ballot box.").waitFor();

    // A lot that nobody watched, or that is not drawn to the end, is not recorded.
    const lot = page.locator("form.lot");
    await lot.getByRole("button", { name: "Record the lot" }).click();
    await lot.getByText("Choose all of them, in the order in which they were drawn.").waitFor();
    await lot.getByText("Name who watched the drawing.").waitFor();
    await lot.getByRole("button", { name: "Bo Lee: number 1" }).click();
    await lot.getByRole("button", { name: "Ada Roy: number 2" }).click();
    await lot.getByLabel("Witnesses").fill("Di Fox\nEl Ray");
    await expectAccessible(page);
    await lot.getByRole("button", { name: "Record the lot" }).click();
    await check(page, "no-tie").getByText("No tie needs a lot.").waitFor();
    await page.getByText("SHA-256 of the newest change since").waitFor();

    await button(page, "Certify the result").click();
    await inDialog(page, "Certify the result").click();
    await button(page, "Publish on the site").click();
    await inDialog(page, "Publish on the site").click();
    await page.getByText("On the site since").waitFor();
    expect((await get(`/certified/${TIED}/certificate.json`)).status).toBe(200);

    await button(page, "Destroy for ever").click();
    await inDialog(page, "Destroy for ever").click();
    await page.getByRole("dialog").getByText(`What you typed is not ${TIED}.`).waitFor();
    await page.getByRole("dialog").getByLabel(`To confirm, type ${TIED}`).fill(TIED);
    await inDialog(page, "Destroy for ever").click();
    await page.getByText("The pepper is destroyed: no hash leads to a person any more.").waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);

    const { page: voters } = await open(`/en/results/${TIED}`);
    await voters.getByText("Certified on").first().waitFor();
  });

  test("is told that a box which only auditors may open is certified at the command line", async () => {
    const page = await enter(AUDITED);
    await button(page, "Certify the result").click();
    await inDialog(page, "Certify the result").click();
    await page.getByText(`Only auditors may open the box of election ${AUDITED}`).waitFor();
    await expectAccessible(page);
    expect(await button(page, "Publish on the site").count()).toBe(0);
  });

  test("reads what is still ahead before the closing, and can neither recount nor certify", async () => {
    const page = await enter("closing-open");
    await check(page, "closed").getByText("Voting has not ended.").waitFor();
    await page.getByText("What follows can be done afterwards.").waitFor();
    expect(await page.getByRole("button", { name: /Recount|Certify|Publish|Destroy/ }).count()).toBe(0);

    await page.goto(roomOf("closing-coming"));
    await headline(page, "After closing").waitFor();
    await button(page, "State the opening").waitFor();
    expect(await page.getByRole("button", { name: /Recount|Certify|Publish|Destroy/ }).count()).toBe(0);

    // Where the election is prepared, too.
    await page.goto("/en/office/elections/closing-coming");
    await page.getByRole("link", { name: "To the opening statement" }).click();
    await button(page, "State the opening").click();
    await inDialog(page, "State the opening").waitFor();
    await expectAccessible(page);
  });
});

test("an auditor sees the checks and can do nothing", async () => {
  const page = await enter(AUDITED, "auditor");
  await check(page, "closed").getByText("Voting has ended.").waitFor();
  // What was done last is told, and that can be closed.
  expect(await page.locator("main").getByRole("button").allTextContents()).toEqual(["Close"]);
});
