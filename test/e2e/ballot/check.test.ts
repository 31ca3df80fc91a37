import { expect, test } from "vitest";
import type { VoteReceipt } from "#functions/submit/contract.ts";
import { cast, eventually, outcomeOf, post } from "#test/e2e/api.ts";
import { button, expectAccessible, headline, LAW, traces, visits } from "#test/e2e/browser.ts";
import { credentials, voter } from "#test/e2e/voters.ts";

/** Looking up a ballot by its tracking code. */

const { open } = visits();

/** Casts the n-th voter's ballot and waits until the board has it. */
async function ballotOf(n: number): Promise<VoteReceipt> {
  const receipt = await cast("/api/v1/vote", { ...credentials(voter(n)), law_id: LAW, vote: "oui" });
  await outcomeOf(receipt);
  await eventually(
    async () => (await post("/api/v1/board", { tracking_code: receipt.tracking_code })).text(),
    (answer) => answer.includes("in_the_box"),
  );
  return receipt;
}

test("a code typed in any case and grouping finds its ballot and names the vote", async () => {
  const { tracking_code: code } = await ballotOf(916);
  const { page, faults } = await open("/en/");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("contentinfo").getByRole("link", { name: "Check my ballot" }).click();
  await headline(page, "Check my ballot").waitFor();
  await page.getByLabel("Tracking code").fill(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4).toLowerCase()}`);
  await button(page, "Look for it").click();
  await page.getByText("It was cast in this vote: Permanent Time Act.").waitFor();
  await expectAccessible(page);
  expect(asked.join(" ").toUpperCase()).not.toContain(code);
  expect((await traces(page)).toUpperCase()).not.toContain(code);
  expect(faults).toEqual([]);
});

test("a link or QR code fills in its tracking code and removes it from the address", async () => {
  const { tracking_code: code } = await ballotOf(917);
  const { page } = await open(`/fr/check/${LAW}#${code}`);
  await page.getByRole("heading", { name: "Votre bulletin est dans l’urne" }).waitFor();
  expect(new URL(page.url()).hash).toBe("");
  expect((await page.getByLabel("Code de suivi").inputValue()).replaceAll(" ", "")).toBe(code);
});

test("a ballot still in the queue is not found yet, and is found on a second look", async () => {
  const receipt = await ballotOf(918);
  const { page } = await open("/en/check");
  let isCounted = false;
  await page.route("**/api/v1/board", (route) =>
    isCounted
      ? route.continue()
      : route.fulfill({ json: { tracking_code: "", status: "not_found", election_id: null, updated_at: "" } }),
  );
  await page.route("**/api/v1/votes/*", (route) =>
    route.fulfill({ json: { status: "queued", tracking_code: receipt.tracking_code, message: "" } }),
  );
  await page.goto(`/en/check/${LAW}#${receipt.tracking_code}.${receipt.request_id}`);
  await page.getByText("Your ballot is in the queue.").waitFor();
  await expectAccessible(page);
  isCounted = true;
  await button(page, "Look again").click();
  await page.getByText("It was cast in this vote").waitFor();
});

test("an unknown code is reported with what to do, and an invalid code is refused next to its field", async () => {
  const { page } = await open(`/en/check/${LAW}`);
  await page.getByLabel("Tracking code").fill("abc");
  await button(page, "Look for it").click();
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("A tracking code has 20 characters");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("code");
  await page.getByLabel("Tracking code").fill("ABCDE FGHIJ KLMNO PQRST");
  await button(page, "Look for it").click();
  await page.getByText("Not in the box yet").waitFor();
  await page.getByText("1 855 555-0142").waitFor();
});

test("without a connection the page says so, and looks again once there is one", async () => {
  const { page } = await open("/en/check");
  await page.context().setOffline(true);
  await page.getByLabel("Tracking code").fill("ABCDE FGHIJ KLMNO PQRST");
  await button(page, "Look for it").click();
  await page.getByText("There is no connection to the voting service").waitFor();
  await page.context().setOffline(false);
  await button(page, "Look again").click();
  await page.getByText("Not in the box yet").waitFor();
});
