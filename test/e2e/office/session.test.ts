import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { button, headline, traces, visits } from "#test/e2e/browser.ts";
import { signedIn, typeAccount } from "#test/e2e/office/sign-in.ts";

/** Signing in to the console and out of it, at the real provider, in a real browser. */

const { visitor } = visits({ viewport: { width: 1280, height: 800 } });

const ELECTION = "/en/office/elections/1/polling";

/** The token of a page's next request to the API. */
async function tokenOf(page: Page, act: () => Promise<unknown>): Promise<string> {
  const asked = page.waitForRequest((request) => request.url().includes("/api/v1/office/me"));
  await act();
  return (await (await asked).headerValue("authorization")) ?? "";
}

const askMe = (authorization: string) =>
  fetch(`${inject("url")}/api/v1/office/me`, { headers: { authorization } }).then(({ status }) => status);

test("an officer signs in at the provider, by a code with PKCE, and comes back to the page that was asked for", async () => {
  const page = await visitor().newPage();
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const faults = await signedIn(page, "officer2", ELECTION);
  await headline(page, "Polling day").waitFor();
  expect(new URL(page.url()).pathname).toBe(ELECTION);
  expect(new URL(page.url()).search).toBe("");
  const asked = addresses.find((address) => address.includes("code_challenge_method=S256"));
  expect(new URL(asked ?? "").searchParams.get("state")).toMatch(/^[\w-]{43}$/);
  // A JWT begins so.
  expect(addresses.filter((address) => address.includes("eyJ"))).toEqual([]);
  expect(await page.getByText("Nadia Singh").textContent()).toContain("officer");
  expect(faults).toEqual([]);
});

test("nothing of a sign-in is in the browser's storage, cookies, address or history", async () => {
  const page = await visitor().newPage();
  await signedIn(page, "officer2", ELECTION);
  const kept = await traces(page);
  expect(JSON.parse(kept).slice(0, 3)).toEqual([{}, {}, ""]);
  expect(kept).not.toMatch(/eyJ|code=|state=/);
  const { hostname } = new URL(inject("url"));
  const ours = (await visitor().cookies(inject("url"))).filter(({ path }) => path === "/");
  expect(ours.filter(({ domain }) => domain === hostname)).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length)).toBe(0);
});

test("a reload comes back through the provider, to the same page, and nobody types again", async () => {
  const page = await visitor().newPage();
  await signedIn(page, "officer2", ELECTION);
  await page.reload();
  await headline(page, "Polling day").waitFor();
  expect(new URL(page.url()).pathname).toBe(ELECTION);
});

test("a refused token is renewed once, also after another tab was opened, and what was asked for is there", async () => {
  const page = await visitor().newPage();
  let refusals = 0;
  await signedIn(page, "officer2", ELECTION);
  const other = await visitor().newPage();
  await other.goto("/en/office/");
  await headline(other, "Overview").waitFor();
  await page.route("**/api/v1/office/elections", (route) => {
    refusals += 1;
    return refusals === 1 ? route.fulfill({ status: 401, json: { message: "Unauthorized" } }) : route.continue();
  });
  const renewed = page.waitForResponse((response) =>
    (response.request().postData() ?? "").includes("grant_type=refresh_token"),
  );
  await page.getByRole("link", { name: "Overview" }).first().click();
  expect((await renewed).status()).toBe(200);
  await headline(page, "Overview").waitFor();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  expect(await page.getByText("Your sign-in has ended").count()).toBe(0);
  await expect.poll(() => refusals).toBeGreaterThan(1);
});

describe("signing out", () => {
  test("ends the page, every other tab, and every copy of a token; whoever comes next must type", async () => {
    const page = await visitor().newPage();
    await signedIn(page, "officer2", ELECTION);
    const other = await visitor().newPage();
    const token = await tokenOf(other, () => other.goto("/en/office/"));
    await headline(other, "Overview").waitFor();
    expect(await askMe(token)).toBe(200);

    await button(page, "Sign out").click();
    await headline(page, "You are signed out").waitFor();
    await headline(other, "You are signed out").waitFor();
    expect(await other.getByText("Nadia Singh").count()).toBe(0);
    expect(await askMe(token)).toBe(401);

    await page.goto(ELECTION);
    await page.locator("input[name=password]").waitFor();
    await typeAccount(page, "auditor");
    await page.getByText("Amir Haddad").waitFor();
  });

  test("leaves nothing to read for whoever goes back", async () => {
    const page = await visitor().newPage();
    await signedIn(page, "officer2", ELECTION);
    await button(page, "Sign out").click();
    await headline(page, "You are signed out").waitFor();
    await page.goBack();
    await expect.poll(() => page.locator("body").textContent()).not.toContain("Nadia Singh");
  });
});

test("a page that is left for another site, and come back to, shows nothing before the provider was asked", async () => {
  const page = await visitor().newPage();
  await signedIn(page, "officer2", ELECTION);
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  });
  expect(await page.locator("#site").textContent()).toBe("");
  const asked = page.waitForRequest((request) => request.url().includes("code_challenge"));
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await asked;
  await headline(page, "Polling day").waitFor();
});

test("a room that is not somebody's says whose it is, and is not among those shown", async () => {
  const page = await visitor().newPage();
  await signedIn(page, "observer", "/en/office/elections/1/edit");
  await headline(page, "This room is not open to you").waitFor();
  expect(await page.getByText("It is for these groups: officer.").count()).toBe(1);
  expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
});

test("a provider that does not answer is told, and can be asked again", async () => {
  const page = await visitor().newPage();
  await page.route("**/.well-known/openid-configuration", (route) => route.abort());
  await page.goto("/en/office/");
  await headline(page, "You could not be signed in").waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("does not answer");
  await page.unroute("**/.well-known/openid-configuration");
  await button(page, "Try again").click();
  await page.locator("input[name=password]").waitFor();
});

test("an answer that nobody asked for signs nobody in", async () => {
  const page = await visitor().newPage();
  await page.goto("/en/office/signed-in?code=stolen&state=guessed");
  await headline(page, "You could not be signed in").waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("belongs to another request");
  expect(new URL(page.url()).search).toBe("");
  expect(await button(page, "Sign out").count()).toBe(0);
});
