import { expect, test } from "vitest";
import {
  button,
  envelopesOf,
  expectAccessible,
  headline,
  IN_THE_BOX,
  identify,
  LAW,
  mark,
  reviewLaw,
  traces,
  visits,
} from "#test/e2e/browser.ts";
import { type Voter, voter } from "#test/e2e/voters.ts";

/** Reloads, lost networks, second tabs and the back button: no ballot is lost or doubled, and no voter is exposed. */

const { visitor, open } = visits();

/** What a voter gave. The choice as a word of its own: an envelope is random text, and may well spell it. */
const givenBy = ({ nas, code }: Voter): RegExp => new RegExp(`${nas}|${code}|\\boui\\b`, "i");

test("without a connection the sealed ballot waits on the page, and is sent once it is back, exactly once", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  const envelopes = envelopesOf(page);
  await reviewLaw(page, voter(905));
  await visitor().setOffline(true);
  await button(page, "Cast my ballot").click();
  await page.getByText("No connection. Your sealed ballot is kept on this page").waitFor();
  const code = await page.locator(".tracking-code").textContent();
  await button(page, "Copy the link").waitFor();
  await visitor().setOffline(false);
  await headline(page, IN_THE_BOX).waitFor();
  expect(await page.locator(".tracking-code").textContent()).toBe(code);
  await page.getByRole("img", { name: "QR code" }).waitFor();
  expect(envelopes.length).toBeGreaterThan(1);
  expect(new Set(envelopes).size).toBe(1);
});

test("a page reloaded while casting resends the same envelope, and a ballot that had arrived is not a duplicate", async () => {
  const { page, faults } = await open(`/en/vote/${LAW}`);
  const envelopes = envelopesOf(page);
  let answersAreLost = true;
  await page.route("**/api/v1/vote", async (route) => {
    // The ballot arrives, but its answer does not.
    const response = await route.fetch();
    await (answersAreLost ? route.abort() : route.fulfill({ response }));
  });
  await reviewLaw(page, voter(912));
  await button(page, "Cast my ballot").click();
  await page.getByText("Your sealed ballot is kept on this page").waitFor();
  expect(await traces(page)).not.toMatch(givenBy(voter(912)));

  await page.reload();
  answersAreLost = false;
  await headline(page, "Your sealed ballot is still here").waitFor();
  await expectAccessible(page);
  await button(page, "Send this ballot").click();
  await identify(page, voter(912));
  await page.getByText("sealed at").waitFor();
  await expectAccessible(page);
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  expect(envelopes.length).toBeGreaterThan(1);
  expect(new Set(envelopes).size).toBe(1);
  expect(faults).toEqual([]);
});

test("someone else's sealed ballot on the same device can be discarded", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await page.route("**/api/v1/vote", (route) => route.abort());
  await reviewLaw(page, voter(913));
  await button(page, "Cast my ballot").click();
  await page.getByText("Your sealed ballot is kept on this page").waitFor();
  await page.reload();
  await button(page, "Discard it").click();
  await headline(page, "Do you agree").waitFor();
  expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
  await page.reload();
  await headline(page, "Do you agree").waitFor();
});

test("a reload keeps the mark but not the voter; the mark is not stored while the page is visible", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  const who = voter(907);
  const given = givenBy(who);
  await reviewLaw(page, who);
  expect(await traces(page)).not.toMatch(given);
  await page.reload();
  await headline(page, "Who are you?").waitFor();
  expect(await page.getByLabel("Voting code").inputValue()).toBe("");
  expect(await traces(page)).not.toMatch(given);
  await page.goBack();
  await headline(page, "Do you agree").waitFor();
  expect(await page.getByRole("radio", { name: "Yes" }).isChecked()).toBe(true);
});

test("a ranking survives a reload in its order", async () => {
  const { page } = await open("/en/vote/2/1");
  for (let rank = 1; rank <= 3; rank++)
    await page
      .getByRole("button", { name: /^Rank / })
      .first()
      .click();
  const ranking = () => page.locator("[data-ranked] .mark-name").allTextContents();
  const before = await ranking();
  expect(before).toHaveLength(3);
  await page.reload();
  await expect.poll(ranking).toEqual(before);
});

test("the back button loses nothing, in either language", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
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
});

test("a receipt survives a reload and the back button until its voter has finished", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await reviewLaw(page, voter(914));
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  const code = () => page.locator(".tracking-code").textContent();
  const shown = await code();
  expect(await traces(page)).not.toMatch(givenBy(voter(914)));
  await page.reload();
  await expect.poll(code).toBe(shown);
  await page.getByRole("link", { name: "See the results" }).click();
  await headline(page, "Results").waitFor();
  await page.goBack();
  await expect.poll(code).toBe(shown);
  await button(page, "I have finished").click();
  await headline(page, "What is being voted on").waitFor();
  await page.goBack();
  await headline(page, "Do you agree").waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test("with two tabs open, the first casts the ballot, the second is a duplicate, and neither shows the other's mark", async () => {
  const tabs = [await open(`/en/vote/${LAW}`), await open(`/en/vote/${LAW}`)];
  const [one, two] = tabs.map(({ page }) => page);
  if (one === undefined || two === undefined) throw new Error("two tabs were opened");
  await mark(one, "Yes");
  await two.reload();
  await headline(two, "Do you agree").waitFor();
  expect(await two.getByRole("radio", { checked: true }).count()).toBe(0);
  for (const page of [one, two]) await reviewLaw(page, voter(915));
  await button(one, "Cast my ballot").click();
  await headline(one, IN_THE_BOX).waitFor();
  await button(two, "Cast my ballot").click();
  await headline(two, "You had already voted").waitFor();
});
