import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { law } from "#test/definitions.ts";
import { eventually, get } from "#test/e2e/api.ts";
import { button, expectAccessible, headline, identify, launch, newVisitor, open } from "#test/e2e/browser.ts";
import { register } from "#test/e2e/office.ts";
import { type Voter, voter, votersIn } from "#test/e2e/voters.ts";

const LAW = "L2025-001";
const IN_THE_BOX = "Your ballot is in the box";
const region1 = votersIn("1", 900, 2);

let browser: Browser;
let visitor: BrowserContext;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  visitor = await newVisitor(browser);
});
afterEach(() => visitor.close());

const mark = (page: Page, name: string) => page.getByRole("radio", { name }).check({ force: true });
const votesFor = async (page: Page, name: string): Promise<number> => {
  const row = page.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) });
  return Number.parseInt(
    ((await row.textContent()) ?? "").match(/([\d,]+) votes?/)?.[1]?.replaceAll(",", "") ?? "",
    10,
  );
};

/** Marks the law's ballot and comes as far as the button that casts it. */
async function reviewLaw(page: Page, who: Voter): Promise<void> {
  await mark(page, "Yes");
  await button(page, "Continue").click();
  await identify(page, who);
}

describe("a voter with a browser", () => {
  test("casts a ballot on a law, keeps its tracking code, and sees the count go up on a page that was open", async () => {
    const watcher = await open(visitor, `/en/results/${LAW}`);
    await watcher.page.locator(".tally").waitFor();
    const before = await votesFor(watcher.page, "Yes");
    await expectAccessible(watcher.page);

    const { page, faults } = await open(visitor, "/en/");
    await expectAccessible(page);
    await page.getByRole("link", { name: "Vote: Permanent Time Act" }).click();
    await headline(page, "Do you agree that the Permanent Time Act").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/en/vote/${LAW}`);
    await expectAccessible(page);
    await button(page, "Continue").click();
    await expect.poll(() => page.getByRole("alert").textContent()).toBe("Mark your ballot to continue.");
    await expectAccessible(page);
    await mark(page, "Yes");
    await expectAccessible(page);
    await button(page, "Continue").click();
    await headline(page, "Who are you?").waitFor();
    await button(page, "Review my choice").click();
    await page.getByText("Fill in this field.").first().waitFor();
    await expectAccessible(page);
    await identify(page, voter(901));
    expect(await page.locator(".chosen").textContent()).toBe("Yes");
    await expectAccessible(page);
    await button(page, "Cast my ballot").click();
    await headline(page, IN_THE_BOX).waitFor();
    expect(await page.locator(".tracking-code").textContent()).toMatch(/^[A-Z2-7]{5}(?: [A-Z2-7]{5}){3}$/);
    await expectAccessible(page);

    await expect.poll(() => votesFor(watcher.page, "Yes"), { timeout: 10_000 }).toBeGreaterThan(before);
    expect([...faults, ...watcher.faults]).toEqual([]);
  });

  test("votes in French, in a wide window, at night, for a candidate of the region chosen", async () => {
    const wide = await newVisitor(browser, {
      colorScheme: "dark",
      locale: "fr-CA",
      viewport: { width: 1280, height: 900 },
    });
    const { page, faults } = await open(wide, "/vote/1");
    expect(new URL(page.url()).pathname).toBe("/fr/vote/1");
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await expectAccessible(page);
    await mark(page, "Vallée du Saint-Laurent");
    await button(page, "Continuer").click();
    await headline(page, "Élection des députés régionaux").waitFor();
    expect(new URL(page.url()).pathname).toBe("/fr/vote/1/1");
    await expectAccessible(page);
    await mark(page, "Solène Desrochers-Vance");
    await button(page, "Continuer").click();
    await page.getByLabel("Numéro d’assurance sociale").fill(region1[0]?.nas ?? "");
    await page.getByLabel("Code de vote").fill(region1[0]?.code ?? "");
    await button(page, "Vérifier mon choix").click();
    await headline(page, "Est-ce bien votre choix").waitFor();
    expect(await page.locator(".chosen").textContent()).toBe("Solène Desrochers-Vance");
    await button(page, "Déposer mon bulletin").click();
    await headline(page, "Votre bulletin est dans l’urne").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Voir les résultats" }).click();
    await page.locator(".tally").waitFor();
    await expectAccessible(page);
    await page.getByLabel("Région").selectOption("1");
    await expect.poll(() => new URL(page.url()).pathname).toBe("/fr/results/1/1");
    await expect.poll(() => page.locator(".tally-row").count()).toBe(5);
    expect(faults).toEqual([]);
    await wide.close();
  });

  test("ranks candidates by the keyboard alone, and the focus is never lost", async () => {
    const { page, faults } = await open(visitor, "/en/vote/2/1");
    const names = await page.locator(".ranks .mark-name").allTextContents();
    const press = async (name: string | RegExp, key = "Enter"): Promise<void> => {
      await page.getByRole("button", { name }).first().focus();
      await page.keyboard.press(key);
    };
    await press(`Rank 1st, ${names[0]}`);
    await press(`Rank 2nd, ${names[1]}`);
    await press(`Rank 3rd, ${names[2]}`);
    await press(`Move ${names[2]} up`);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(`Move ${names[2]} up`);
    await page.keyboard.press("Enter");
    expect(await page.getByRole("status").first().textContent()).toBe(`${names[2]} is now your 1st choice.`);
    await page.getByLabel(`Rank of ${names[0]}`).selectOption("3");
    await expectAccessible(page);
    await button(page, "Continue").press("Enter");
    await headline(page, "Who are you?").waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.getByLabel("Social insurance number (SIN)").fill(region1[1]?.nas ?? "");
    await page.getByLabel("Voting code").fill(region1[1]?.code ?? "");
    await page.keyboard.press("Enter");
    await headline(page, "Is this your choice?").waitFor();
    expect(await page.locator(".chosen li").allTextContents()).toEqual([names[2], names[1], names[0]]);
    await button(page, "Cast my ballot").press("Enter");
    await headline(page, IN_THE_BOX).waitFor();
    expect(faults).toEqual([]);
  });

  test("who has voted already is told that the first ballot stands", async () => {
    for (const outcome of [IN_THE_BOX, "You had already voted"]) {
      const { page } = await open(visitor, `/en/vote/${LAW}`);
      await reviewLaw(page, voter(902));
      await button(page, "Cast my ballot").click();
      await headline(page, outcome).waitFor();
      await expectAccessible(page);
      if (outcome !== IN_THE_BOX) await page.getByText("2 ballots were received from you").waitFor();
    }
  });

  test("who is not found on the roll checks what was typed, and votes all the same", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    await reviewLaw(page, { ...voter(903), code: "ZZZZZZ" });
    await button(page, "Cast my ballot").click();
    await headline(page, "This ballot was not counted").waitFor();
    await page.getByText("your right to vote is not used up").waitFor();
    await expectAccessible(page);
    await button(page, "Check what I typed").click();
    await headline(page, "Who are you?").waitFor();
    await identify(page, voter(903));
    await button(page, "Cast my ballot").click();
    await headline(page, IN_THE_BOX).waitFor();
  });

  test("a field that the server refuses is named beside the field, and takes the focus", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    await page.route("**/api/v1/vote", (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/problem+json",
        body: JSON.stringify({
          type: "/api/v1/docs#invalid-request",
          title: "t",
          status: 400,
          detail: "d",
          errors: [{ field: "code", message: "This code is <b>not</b> one of ours." }],
        }),
      }),
    );
    await reviewLaw(page, voter(904));
    await button(page, "Cast my ballot").click();
    await page.getByText("This code is <b>not</b> one of ours.").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("code");
    await expectAccessible(page);
  });

  test("without a connection the sealed ballot waits on the page, and goes out by itself, once", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    const envelopes: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") envelopes.push(request.postDataJSON().envelope);
    });
    await reviewLaw(page, voter(905));
    await visitor.setOffline(true);
    await button(page, "Cast my ballot").click();
    await page.getByText("No connection. Your sealed ballot is kept on this page").waitFor();
    await expectAccessible(page);
    await visitor.setOffline(false);
    await headline(page, IN_THE_BOX).waitFor();
    expect(envelopes.length).toBeGreaterThan(1);
    expect(new Set(envelopes).size).toBe(1);
  });

  test("a server that says it received another ballot is not believed", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    await page.route("**/api/v1/vote", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), tracking_code: "A".repeat(20) } });
    });
    await reviewLaw(page, voter(906));
    await button(page, "Cast my ballot").click();
    await page.getByText("but the server says it received ballot AAAAA AAAAA AAAAA AAAAA").waitFor();
    await expectAccessible(page);
  });

  test("the back button loses nothing, a reload forgets who it was, and nothing is left in the browser", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    await reviewLaw(page, voter(907));
    await page.goBack();
    await headline(page, "Who are you?").waitFor();
    expect(await page.getByLabel("Voting code").inputValue()).toBe(voter(907).code);
    await page.goBack();
    expect(await page.getByRole("radio", { name: "Yes" }).isChecked()).toBe(true);
    await page.getByRole("link", { name: "Français" }).click();
    expect(await page.getByRole("radio", { name: "Oui" }).isChecked()).toBe(true);
    await page.goForward();
    await headline(page, "Qui êtes-vous").waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, location.href]),
    );
    expect(kept).not.toMatch(new RegExp(`${voter(907).nas}|${voter(907).code}|oui`, "i"));
    await page.reload();
    await headline(page, "Acceptez-vous").waitFor();
    expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
  });
});

describe("outside the hours of voting", () => {
  beforeAll(async () => {
    const past = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };
    const future = { opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" };
    await register(law({ electionId: "web-over", ...past }));
    await register(law({ electionId: "web-coming", ...future }));
    await register(law({ electionId: "web-secret", results: "after_close" }));
    const listed = async (): Promise<string> => (await get("/api/v1/elections")).text();
    await eventually(
      listed,
      (list) => ["web-over", "web-coming", "web-secret"].every((id) => list.includes(id)),
      30_000,
    );
  });

  test.each([
    ["/en/vote/web-over", "Voting is closed", "Voting closed on"],
    ["/en/vote/web-coming", "Voting has not opened yet", "Voting opens on"],
    ["/en/results/web-secret", "Results: Law", "so that it sways nobody"],
    ["/en/results/web-coming", "Results: Law", "Voting opens on"],
    ["/en/vote/nothing-like-it", "This page could not be loaded", ""],
    ["/en/nowhere", "There is nothing at this address", ""],
  ])("%s says so", async (path, title, words) => {
    const { page } = await open(visitor, path);
    await headline(page, title).waitFor();
    await page.getByText(words).first().waitFor();
    expect(await page.getByRole("radio").count()).toBe(0);
    await expectAccessible(page);
  });

  test("a ballot cast just too late is told when voting closed", async () => {
    const { page } = await open(visitor, `/en/vote/${LAW}`);
    await page.route("**/api/v1/vote", (route) =>
      route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "/api/v1/docs#voting-closed", title: "t", status: 403, detail: "Voting closed." }),
      }),
    );
    await reviewLaw(page, voter(908));
    await button(page, "Cast my ballot").click();
    await headline(page, "Voting is closed").waitFor();
  });
});
