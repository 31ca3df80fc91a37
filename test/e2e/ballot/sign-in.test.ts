import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { PublicElection } from "#functions/elections/contract.ts";
import { get } from "#test/e2e/api.ts";
import { button, expectAccessible, headline, IN_THE_BOX, visits } from "#test/e2e/browser.ts";
import { openIssuer } from "#test/issuer.ts";

/** Voting with an account: the ballot is marked and sealed first, and the laptop's own provider signs the voter in. */

const { open } = visits();
const FOUR = "/en/vote/4";

async function toReview(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("radio", { name }).check();
  await button(page, "Continue").click();
  await headline(page, "Is this your choice?").waitFor();
  await button(page, "Sign in and cast my ballot").waitFor();
}

async function signIn(page: Page, number: string): Promise<void> {
  await page.getByLabel("Voter number").fill(number);
  await page.getByLabel("Password").fill("demonstration");
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function issuerOf(): Promise<Readonly<{ issuer: string }>> {
  const { identity } = PublicElection.parse(await (await get("/api/v1/elections/4")).json());
  if (identity === null) throw new Error("voters of election 4 sign in");
  return identity;
}

/** Everything that the tab and its addresses keep. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state, location.href, document.cookie]),
  );

test("a ballot is marked, sealed, cast after signing in, and its receipt survives a reload", async () => {
  const { page, faults } = await open(FOUR);
  await toReview(page, /Maren Oduya/);
  await expectAccessible(page);
  await page.getByText("It learns that you vote, and when, and never what").waitFor();
  const posted = page.waitForRequest((request) => request.url().endsWith("/api/v1/elections/vote"));
  await button(page, "Sign in and cast my ballot").click();
  await page.getByLabel("Voter number").waitFor();
  // The provider is told a nonce, and nothing of the ballot.
  expect(page.url()).not.toMatch(/Oduya|envelope/);
  await signIn(page, "1001");
  await headline(page, IN_THE_BOX).waitFor();
  const request = await posted;
  expect(request.headers().authorization).toMatch(/^Bearer ey/);
  expect(Object.keys(request.postDataJSON()).sort()).toEqual(
    [
      ..."election_id envelope nonce_ballots nonce_salt one_time_key region_id signature voting_method".split(" "),
    ].sort(),
  );
  const token = request.headers().authorization?.slice("Bearer ".length) ?? "";
  for (const secret of [token, "1001", "code="]) expect(await kept(page)).not.toContain(secret);
  expect(new URL(page.url()).pathname).toBe(FOUR);

  await page.reload();
  await headline(page, IN_THE_BOX).waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test("while the voter is away, what the tab keeps says neither who they are nor what is marked", async () => {
  const { page } = await open(FOUR);
  await toReview(page, /Idriss Vaillancourt/);
  await button(page, "Sign in and cast my ballot").click();
  await page.getByLabel("Voter number").waitFor();
  // From the provider back to the site: the sealed ballot is there, and can be cast or discarded.
  await page.goBack();
  await headline(page, "Your sealed ballot is still here").waitFor();
  await page
    .getByText(/sealed at/)
    .first()
    .waitFor();
  const text = await kept(page);
  expect(text).toContain("sealed|");
  expect(text).not.toMatch(/mark\||Vaillancourt/);
  await page.reload();
  await button(page, "Sign in and cast my ballot").click();
  await signIn(page, "1002");
  await headline(page, IN_THE_BOX).waitFor();
});

test("who signs in as somebody who is not on the roll is told, and may sign in again with the same ballot", async () => {
  const { page, faults } = await open(FOUR);
  await toReview(page, /Delphine Arsenault/);
  await button(page, "Sign in and cast my ballot").click();
  await signIn(page, "9999");
  await page.getByText("is not on the electoral roll of this vote").waitFor();
  await button(page, "Sign in again").click();
  await button(page, "Sign in and cast my ballot").click();
  await signIn(page, "1003");
  await headline(page, IN_THE_BOX).waitFor();
  expect(faults).toEqual([]);
});

test("a second ballot of the same account is not counted", async () => {
  for (const heading of [IN_THE_BOX, "You had already voted"]) {
    const { page } = await open(FOUR);
    await toReview(page, /Delphine Arsenault/);
    await button(page, "Sign in and cast my ballot").click();
    await signIn(page, "1004");
    await headline(page, heading).waitFor();
    await page.close();
  }
});

describe("nothing is lost", () => {
  test("when the provider says that the voter gave up", async () => {
    const { page } = await open(FOUR);
    await toReview(page, /Maren Oduya/);
    const going = page.waitForRequest((request) => request.url().includes("code_challenge="));
    await button(page, "Sign in and cast my ballot").click();
    await page.getByLabel("Voter number").waitFor();
    const asked = new URL((await going).url()).searchParams;
    const { issuer } = await issuerOf();
    const answer = new URLSearchParams({ error: "access_denied", state: asked.get("state") ?? "", iss: issuer });
    await page.goto(`/en/vote/signed-in?${answer}`);
    await page.getByText("You are not signed in, so nothing was cast").waitFor();
    await page
      .getByText(/sealed at/)
      .first()
      .waitFor();
    expect(new URL(page.url())).toMatchObject({ search: "", pathname: FOUR });
  });

  test("when an answer comes that was not asked for", async () => {
    const { page } = await open(FOUR);
    await toReview(page, /Maren Oduya/);
    await button(page, "Sign in and cast my ballot").click();
    await page.getByLabel("Voter number").waitFor();
    await page.goto("/en/vote/signed-in?code=stolen&state=other");
    await page.getByText("That sign-in was not for the ballot on this page").waitFor();
    await button(page, "Sign in and cast my ballot").waitFor();
  });

  test("when the provider does not answer: the ballot is still marked", async () => {
    const { page } = await open(FOUR);
    await page.route(/\.well-known\/openid-configuration/, (route) => route.abort());
    await toReview(page, /Maren Oduya/);
    await button(page, "Sign in and cast my ballot").click();
    await page.getByText("does not answer, so nobody can sign in right now").waitFor();
    await button(page, "Change my choice").click();
    expect(await page.getByRole("radio", { name: /Maren Oduya/ }).isChecked()).toBe(true);
  });
});

test("in French, on the way back too", async () => {
  const { page, faults } = await open("/fr/vote/4");
  await page.getByRole("radio", { name: /Maren Oduya/ }).check();
  await button(page, "Continuer").click();
  await button(page, "Me connecter et déposer mon bulletin").click();
  await page.getByLabel("Numéro d’électeur").fill("1005");
  await page.getByLabel("Mot de passe").fill("demonstration");
  await page.getByRole("button", { name: "Me connecter" }).click();
  await headline(page, "Votre bulletin est dans l’urne").waitFor();
  expect(new URL(page.url()).pathname).toBe("/fr/vote/4");
  expect(faults).toEqual([]);
});

test("a token of an unrelated provider is refused by the system as it runs", async () => {
  const stranger = await openIssuer();
  try {
    const token = await stranger.sign({ aud: "scrutin-voters", voter_number: "1001" });
    const answer = await fetch(`${inject("url")}/api/v1/elections/vote`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ election_id: 4, region_id: 1, candidate_id: 1 }),
    });
    expect({ status: answer.status, challenge: answer.headers.get("www-authenticate") }).toEqual({
      ...{ status: 401, challenge: "Bearer" },
    });
    expect(await answer.json()).toMatchObject({ type: "/api/v1/docs#wrong-issuer" });
  } finally {
    stranger.close();
  }
});
