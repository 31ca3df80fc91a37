import { expect, test } from "vitest";
import {
  answerForAnotherBallot,
  button,
  expectAccessible,
  headline,
  IN_THE_BOX,
  identify,
  LAW,
  refuseBallots,
  reviewLaw,
  textOf,
  traces,
  visits,
} from "#test/e2e/browser.ts";
import { voter } from "#test/e2e/voters.ts";

/** What a voter is told about a ballot, and what they can do next. */

const { visitor, open } = visits();

test("the receipt can be copied, saved and printed, and does not reveal the choice", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await visitor().grantPermissions(["clipboard-read", "clipboard-write"]);
  await reviewLaw(page, voter(909));
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
  const stub = page.locator(".stub");
  const code = (await stub.locator(".tracking-code").textContent())?.trim() ?? "";
  await button(page, "Copy").click();
  await stub.getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);

  const castOn = /^Cast on \w+ \d+, \d{4} at \d+:\d\d\s[ap]\.m\.\sE[DS]T$/;
  await stub.getByText(castOn).waitFor();
  expect(await page.locator(".button.primary").allTextContents()).toEqual(["I have finished"]);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download").click()]);
  expect(download.suggestedFilename()).toBe(`scrutin-${LAW}.txt`);
  const file = await textOf(download);
  expect(file).toContain(code);
  expect(file).toContain(`/en/check/${LAW}#${code.replaceAll(" ", "")}`);
  expect(file).toMatch(/^Permanent Time Act\nCast on /);
  const address = stub.getByText(
    `With this code, anyone can check this ballot at ${new URL(page.url()).origin}/en/check/${LAW}`,
  );
  expect(await address.isVisible()).toBe(false);
  expect(`${file} ${await stub.textContent()}`).not.toMatch(/\byes\b/i);

  await page.emulateMedia({ media: "print" });
  expect(await stub.isVisible()).toBe(true);
  expect(await stub.getByText(castOn).isVisible()).toBe(true);
  expect(await address.isVisible()).toBe(true);
  expect(await stub.getByRole("img", { name: "QR code" }).isVisible()).toBe(true);
  expect(await page.locator(".site-header, .actions").filter({ visible: true }).count()).toBe(0);
});

test("a voter who has already voted is told that the first ballot counts, but not when it arrived, and whom to call", async () => {
  for (const outcome of [IN_THE_BOX, "You had already voted"]) {
    const { page } = await open(`/en/vote/${LAW}`);
    await reviewLaw(page, voter(902));
    await button(page, "Cast my ballot").click();
    await headline(page, outcome).waitFor();
    if (outcome === IN_THE_BOX) continue;
    await page.getByText("2 ballots were received from you").waitFor();
    expect(await page.locator(".outcome").textContent()).not.toMatch(/received on/);
    await page.getByText("1 855 555-0142").waitFor();
    expect(await page.locator(".tracking-code").count()).toBe(0);
  }
});

test("a voter not found on the roll is told which fields to check, never which one was right, and can try again", async () => {
  const told: (string | null)[] = [];
  const { page } = await open(`/en/vote/${LAW}`);
  for (const typed of [
    { ...voter(903), code: "ZZZZZZ" },
    { ...voter(903), nas: "000000000" },
  ]) {
    if (told.length === 0) await reviewLaw(page, typed);
    else await identify(page, typed);
    await button(page, "Cast my ballot").click();
    await headline(page, "This ballot was not counted").waitFor();
    told.push(await page.locator(".outcome").textContent());
    await button(page, "Check what I typed").click();
    await headline(page, "Who are you?").waitFor();
  }
  expect(told[0]).toContain("“Social insurance number (SIN)” and “Voting code”");
  expect(told[0]).toContain("Your right to vote is not used up");
  expect(told[1]).toBe(told[0]);
  await identify(page, voter(903));
  await button(page, "Cast my ballot").click();
  await headline(page, IN_THE_BOX).waitFor();
});

test("a field that the server refuses shows its error and takes the focus", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  const message = "This code is <b>not</b> one of ours.";
  await refuseBallots(page, 400, "invalid-request", { errors: [{ field: "code", message }] });
  await reviewLaw(page, voter(904));
  await button(page, "Cast my ballot").click();
  await page.getByText(message).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("code");
});

test("a ballot cast just too late is told when voting closed", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await refuseBallots(page, 403, "voting-closed");
  await reviewLaw(page, voter(908));
  await button(page, "Cast my ballot").click();
  await headline(page, "Voting is closed").waitFor();
});

test("a server that says it received another ballot is not believed", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await answerForAnotherBallot(page);
  await reviewLaw(page, voter(906));
  await button(page, "Cast my ballot").click();
  await page.getByText("but the server says it received ballot AAAAA AAAAA AAAAA AAAAA").waitFor();
  await headline(page, "Your ballot is not confirmed").waitFor();
  expect(await page.locator(".tracking-code").count()).toBe(0);
  const number = page.getByRole("alert").getByRole("link", { name: "1 855 555-0142" });
  expect(await number.getAttribute("href")).toBe("tel:+18555550142");
  expect(await number.evaluate((link) => link.getClientRects().length)).toBe(1);
});

test("the warning that a ballot was altered stays, whatever comes later, until its voter has noted both codes", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await answerForAnotherBallot(page, false);
  await reviewLaw(page, voter(919));
  await button(page, "Cast my ballot").click();
  const warning = page.getByText("but the server says it received ballot AAAAA AAAAA AAAAA AAAAA");
  for (const way of ["at once", "after a reload"]) {
    await headline(page, IN_THE_BOX).waitFor();
    expect(await warning.isVisible(), way).toBe(true);
    expect(await page.locator(".outcome.counted").count(), way).toBe(0);
    await page.reload();
  }
  await headline(page, IN_THE_BOX).waitFor();
  await expectAccessible(page);
  await button(page, "I have noted both codes").click();
  expect(await warning.count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
  expect(await page.locator(".tracking-code").count()).toBe(1);
  expect(await page.locator(".outcome.counted").count()).toBe(1);
  await page.reload();
  await headline(page, IN_THE_BOX).waitFor();
  expect(await warning.count()).toBe(0);
});

test("a ballot's script with one byte changed, which seals it too, does not run, and nothing is sent", async () => {
  const page = await visitor().newPage();
  await page.route(/\/vote-en-.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()};globalThis.changed = true;` });
  });
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  const refused = page.waitForEvent("console", (said) => /integrity/i.test(said.text()));
  await page.goto(`/en/vote/${LAW}`);
  await refused;
  expect(await page.locator("h1").count()).toBe(0);
  expect(sent).toEqual([]);
  expect(await page.evaluate(() => "changed" in globalThis)).toBe(false);
});

test("in the queue the page may be closed at once, and its link shows the outcome on any device", async () => {
  const { page } = await open(`/en/vote/${LAW}`);
  await visitor().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.route("**/api/v1/votes/*", (route) =>
    route.fulfill({ json: { status: "queued", tracking_code: "", message: "" } }),
  );
  await reviewLaw(page, voter(911));
  await button(page, "Cast my ballot").click();
  await headline(page, "Your ballot is in the queue").waitFor();
  await page.getByText("You can close this page; it will be counted.").waitFor();
  const shown = (await page.locator(".tracking-code").textContent())?.replaceAll(" ", "");
  await button(page, "Copy the link").waitFor();
  expect(await page.getByText("The queue is longer than usual").count()).toBe(0);
  expect(await page.locator(".button.primary").allTextContents()).toEqual(["Copy the link"]);
  await page.getByText("The queue is longer than usual").waitFor();
  await page.getByText(/^Cast at .*still in the queue\.$/).waitFor();
  await expectAccessible(page);
  await button(page, "Copy the link").click();
  await page.getByText("Copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.close();

  const asked: string[] = [];
  const later = await visitor().newPage();
  later.on("request", (request) => asked.push(request.url()));
  await later.goto(link);
  await headline(later, IN_THE_BOX).waitFor();
  expect(new URL(later.url()).hash).toBe("");
  expect(await later.evaluate(() => JSON.stringify(history.state))).toBe('{"step":"stub"}');
  const code = new URL(link).hash.slice(1, 21);
  expect(shown).toBe(code);
  expect((await later.locator(".tracking-code").textContent())?.replaceAll(" ", "")).toBe(code);
  expect(asked.filter((address) => new URL(address).pathname.includes(code))).toEqual([]);
  await later.reload();
  await headline(later, IN_THE_BOX).waitFor();

  await button(later, "I have finished").click();
  await headline(later, "What is being voted on").waitFor();
  expect(await traces(later)).not.toContain(code);
});

test("a truncated link says so, and leads to the page that looks up a ballot", async () => {
  const { page } = await open(`/en/vote/${LAW}#${"A".repeat(20)}.cut`);
  await headline(page, "This ballot cannot be found").waitFor();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Check my ballot" }).click();
  await headline(page, "Check my ballot").waitFor();
});
