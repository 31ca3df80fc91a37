import { describe, expect, inject, test } from "vitest";
import { type SignIn, tokensOf } from "#load/shared/provider-tokens.ts";
import { VOTERS_CLIENT } from "#local/identity/contract.ts";
import { startIdentity } from "#local/identity/identity.ts";

/** The office's routes over HTTP, with tokens of the laptop's provider: the template's authorizer stands before the functions. */

const url = inject("url");
const issuers = inject("issuers") ?? { office: "", voters: "" };

const ask = (token: string | undefined, path = "/office/me", method = "GET") =>
  fetch(`${url}/api/v1${path}`, { method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

const signIn = (more: Partial<SignIn> = {}) =>
  tokensOf({ issuer: issuers.office, name: "officer", redirectUri: `${url}/en/office/signed-in`, ...more });

describe("the office's routes", () => {
  test("whoever asks learns by whom the office signs in", async () => {
    const response = await ask(undefined, "/office/sign-in");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({
      issuer: issuers.office,
      client_id: "scrutin-office",
      scope: "openid profile office",
    });
  });

  test("know whoever has an access token of the office's issuer", async () => {
    const { access_token } = await signIn();
    const response = await ask(access_token);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ subject: "officer", name: "Odile Tremblay", groups: ["officer"] });
  });

  test("refuse whoever has none, as API Gateway does", async () => {
    const response = await ask(undefined);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: "Unauthorized" });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("forbid an ID token, which has no scope", async () => {
    const { id_token } = await signIn();
    const response = await ask(id_token);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: "Forbidden" });
  });

  test("refuse a voter's token, and an officer's of another, unrelated issuer", async () => {
    const voter = await signIn({
      issuer: issuers.voters,
      name: "100000001",
      clientId: VOTERS_CLIENT,
      scope: "openid",
      redirectUri: `${url}/en/vote/signed-in`,
    });
    expect((await ask(voter.id_token)).status).toBe(401);
    const elsewhere = await startIdentity();
    try {
      await elsewhere.serve(url);
      const { access_token } = await signIn({ issuer: elsewhere.issuers.office });
      expect((await ask(access_token)).status).toBe(401);
    } finally {
      await elsewhere.stop();
    }
  });

  test("refuse a token from before its person signed out", async () => {
    const { access_token } = await signIn({ name: "observer2" });
    expect((await ask(access_token)).status).toBe(200);
    expect((await ask(access_token, "/office/sign-out", "POST")).status).toBe(200);
    expect((await ask(access_token)).status).toBe(401);
  });
});
