import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTokens, discover, tokensOf } from "#load/shared/provider-tokens.ts";
import { OFFICE_CLIENT, VOTERS_CLIENT } from "#local/identity/contract.ts";
import { type Identity, startIdentity, withIssuers } from "#local/identity/identity.ts";

const SITE = "http://localhost:3999";
const officeAddress = `${SITE}/en/office/signed-in`;

let identity: Identity;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.serve(SITE);
});
afterAll(() => identity.stop());

const officer = () => ({ issuer: identity.issuers.office, name: "officer", redirectUri: officeAddress });
const voter = () => ({
  issuer: identity.issuers.voters,
  name: "100000001",
  clientId: VOTERS_CLIENT,
  scope: "openid",
  redirectUri: `${SITE}/fr/vote/signed-in`,
});

describe("the office's provider", () => {
  test("an officer's access token is a short-lived JWT for the office, with name, groups and scope", async () => {
    const { issuer, jwks_uri } = await discover(identity.issuers.office);
    const { access_token, expires_in } = await tokensOf(officer());
    const { payload, protectedHeader } = await jwtVerify(access_token, createRemoteJWKSet(new URL(jwks_uri)));
    expect(issuer).toBe(identity.issuers.office);
    expect(protectedHeader.alg).toBe("RS256");
    expect(expires_in).toBeLessThanOrEqual(300);
    expect(payload).toMatchObject({
      iss: identity.issuers.office,
      aud: OFFICE_CLIENT,
      sub: "officer",
      name: "Odile Tremblay",
      groups: ["officer"],
      scope: expect.stringContaining("office"),
    });
  });

  test("a refresh token is used once: its second use gets nothing, and ends those that came of it", async () => {
    const { refresh_token = "" } = await tokensOf(officer());
    const renew = (token: string) =>
      askTokens(identity.issuers.office, {
        grant_type: "refresh_token",
        client_id: OFFICE_CLIENT,
        refresh_token: token,
      });
    const renewed = await renew(refresh_token);
    expect(decodeJwt(renewed.access_token)).toMatchObject({ sub: "officer", aud: OFFICE_CLIENT, groups: ["officer"] });
    expect(renewed.refresh_token).not.toBe(refresh_token);
    await expect(renew(refresh_token)).rejects.toThrow("invalid_grant");
    await expect(renew(renewed.refresh_token ?? "")).rejects.toThrow("invalid_grant");
  });

  test.each([
    ["a wrong password", { password: "demonstratio" }],
    ["a name that nobody has", { name: "mallory" }],
  ])("%s signs nobody in", async (_, wrong) => {
    await expect(tokensOf({ ...officer(), ...wrong })).rejects.toThrow("403");
  });

  test("a sign-in leads back to the office's pages and nowhere else", async () => {
    await expect(tokensOf({ ...officer(), redirectUri: `${SITE}/en/` })).rejects.toThrow("redirect_uri");
  });

  test("the page of another site may not ask for tokens", async () => {
    const { token_endpoint } = await discover(identity.issuers.office);
    const allowed = async (origin: string) => {
      const body = new URLSearchParams({
        grant_type: "refresh_token",
        client_id: OFFICE_CLIENT,
        refresh_token: "none",
      });
      const answer = await fetch(token_endpoint, { method: "POST", headers: { origin }, body });
      return answer.headers.get("access-control-allow-origin");
    };
    expect(await allowed(SITE)).toBe(SITE);
    expect(await allowed("https://other.example")).toBeNull();
  });
});

describe("the voters' provider", () => {
  test("a voter's ID token says the number, the client and the nonce", async () => {
    const { jwks_uri } = await discover(identity.issuers.voters);
    const { id_token } = await tokensOf({ ...voter(), nonce: "a-nonce" });
    const { payload } = await jwtVerify(id_token, createRemoteJWKSet(new URL(jwks_uri)));
    expect(payload).toMatchObject({
      iss: identity.issuers.voters,
      aud: VOTERS_CLIENT,
      voter_number: "100000001",
      nonce: "a-nonce",
    });
  });
});

describe("the sign-in page", () => {
  test.each([
    ["fr", "Connexion au bureau des élections"],
    ["en", "Sign in to the election office"],
  ])("speaks the language of the page that sent the visitor: %s", async (language, title) => {
    const { authorization_endpoint } = await discover(identity.issuers.office);
    const question = new URLSearchParams({
      client_id: OFFICE_CLIENT,
      response_type: "code",
      redirect_uri: officeAddress,
      scope: "openid",
      code_challenge: "a".repeat(43),
      code_challenge_method: "S256",
      ui_locales: language,
    });
    const asked = await fetch(`${authorization_endpoint}?${question}`, { redirect: "manual" });
    const cookie = asked.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const page = await fetch(new URL(asked.headers.get("location") ?? "", authorization_endpoint), {
      headers: { cookie },
    });
    expect(await page.text()).toContain(`<h1>${title}</h1>`);
    // Cookies know no port: without a path of their own they would go to the site, too.
    for (const each of asked.headers.getSetCookie()) expect(each).toMatch(/path=\/office\//);
  });
});

test("the provider's origin replaces the placeholder, and nothing else", () => {
  const value = {
    issuer: "http://localhost:3001/office",
    others: ["see http://localhost:3001", "http://localhost:3001/voters"],
  };
  expect(withIssuers(value, "http://localhost:4567")).toEqual({
    issuer: "http://localhost:4567/office",
    others: ["see http://localhost:3001", "http://localhost:4567/voters"],
  });
});
