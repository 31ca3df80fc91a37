import { createServer, type Server } from "node:http";
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen } from "#local/listening.ts";
import { authorize, type RouteAccess } from "#local/site/authorizer.ts";

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** An issuer whose keys and silence the test decides. */
type Issuer = Readonly<{
  url: string;
  publish(...keys: JWK[]): void;
  fallSilent(silent: boolean): void;
  server: Server;
}>;

async function startIssuer(): Promise<Issuer> {
  let keys: JWK[] = [];
  let isSilent = false;
  let url = "";
  const server = createServer((request, response) => {
    if (isSilent) return;
    const isDocument = request.url === "/.well-known/openid-configuration";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(isDocument ? { issuer: url, jwks_uri: `${url}/jwks` } : { keys }));
  });
  url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    publish(...all) {
      keys = all;
    },
    fallSilent(silent) {
      isSilent = silent;
    },
    server,
  };
}

const published = async ({ publicKey }: Keys, kid: string): Promise<JWK> => ({
  ...(await exportJWK(publicKey)),
  kid,
  alg: "RS256",
});

let issuer: Issuer;
let keys: Keys;
let access: RouteAccess;

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const claims = (): JWTPayload => ({
  iss: issuer.url,
  aud: "office",
  sub: "officer",
  iat: inSeconds(-10),
  exp: inSeconds(300),
  scope: "openid office",
});
const signed = (payload: JWTPayload, { kid = "one", by = keys } = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(by.privateKey);
const judge = (token: string, rules = access) => authorize(`Bearer ${token}`, rules);

beforeAll(async () => {
  issuer = await startIssuer();
  keys = await generateKeyPair("RS256", { extractable: true });
  issuer.publish(await published(keys, "one"));
  access = { issuer: issuer.url, audiences: ["office"], scopes: ["office"] };
});
afterAll(() => {
  issuer.server.close();
  issuer.server.closeAllConnections();
});

describe("a token of the issuer, for this audience, with the scope", () => {
  test("is let in, and its claims are written as API Gateway writes them", async () => {
    const more = {
      groups: ["officer", "registrar"],
      auth_time: 1_700_000_000,
      email_verified: true,
      address: { a: 1 },
    };
    const judged = await judge(await signed({ ...claims(), ...more }));
    expect(judged).toMatchObject({
      ok: true,
      authorized: {
        claims: {
          sub: "officer",
          aud: "office",
          groups: "[officer registrar]",
          auth_time: "1700000000",
          email_verified: "true",
          address: "map[a:1]",
        },
        scopes: ["office"],
      },
    });
  });

  test("may name its client in place of an audience, as Cognito's access tokens do", async () => {
    const { aud: _, ...others } = claims();
    expect(await judge(await signed({ ...others, client_id: "office" }))).toMatchObject({ ok: true });
    expect(await judge(await signed({ ...others, client_id: "other" }))).toMatchObject({ ok: false, status: 401 });
    // The audience is what counts where there is one.
    const both = { ...others, aud: "other", client_id: "office" };
    expect(await judge(await signed(both))).toMatchObject({ ok: false, status: 401 });
  });
});

describe("refused with 401 is", () => {
  test("a request without a token", async () => {
    for (const header of [undefined, "", "Bearer "]) {
      expect(await authorize(header, access)).toEqual({
        ok: false,
        status: 401,
        message: "Unauthorized",
        challenge: "Bearer",
      });
    }
  });

  test.each([
    ["of another audience", () => ({ aud: "another" }), "invalid audience"],
    ["that names another issuer", () => ({ iss: "https://issuer.example.org" }), "invalid iss"],
    ["that has expired", () => ({ exp: inSeconds(-1) }), "has expired"],
    ["that is valid from later on", () => ({ nbf: inSeconds(60) }), "invalid nbf"],
    ["that was issued in the future", () => ({ iat: inSeconds(60) }), "not valid yet"],
    ["that never expires", () => ({ exp: undefined }), "invalid exp"],
  ])("a token %s", async (_, wrong, why) => {
    expect(await judge(await signed({ ...claims(), ...wrong() } as JWTPayload))).toMatchObject({
      status: 401,
      challenge: expect.stringContaining(why),
    });
  });

  test("a token that nobody signed (alg none)", async () => {
    expect(await judge(new UnsecuredJWT(claims()).encode())).toMatchObject({ status: 401 });
  });

  test("a token signed with the issuer's public key as a shared secret (HS256)", async () => {
    const secret = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const forged = await new SignJWT(claims()).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
    expect(await judge(forged)).toMatchObject({ status: 401 });
  });

  test("a token of an unrelated issuer, even one that claims to be ours and names our key", async () => {
    const stranger = await generateKeyPair("RS256");
    expect(await judge(await signed(claims(), { by: stranger }))).toMatchObject({ status: 401 });
    const other = await startIssuer();
    other.publish(await published(stranger, "one"));
    const theirs = { ...claims(), iss: other.url };
    expect(await judge(await signed(theirs, { by: stranger }))).toMatchObject({ status: 401 });
    // And is let in where it belongs.
    expect(await judge(await signed(theirs, { by: stranger }), { ...access, issuer: other.url })).toMatchObject({
      ok: true,
    });
    other.server.close();
    other.server.closeAllConnections();
  });

  test("what is no token", async () => {
    for (const text of ["a.b.c", "token", "..", (await signed(claims())).slice(0, -4)]) {
      expect(await judge(text)).toMatchObject({ status: 401 });
    }
  });
});

test("a token without the route's scope, such as an ID token, is forbidden (403)", async () => {
  for (const scope of [undefined, "openid profile", "officer"]) {
    expect(await judge(await signed({ ...claims(), scope }))).toMatchObject({
      status: 403,
      message: "Forbidden",
      challenge: expect.stringContaining("insufficient_scope"),
    });
  }
});

test("after the issuer changes its keys, tokens of the new one are let in, and of the old one refused", async () => {
  const turning = await startIssuer();
  const rules = { ...access, issuer: turning.url };
  const mine = (kid: string, by: Keys) => signed({ ...claims(), iss: turning.url }, { kid, by });
  turning.publish(await published(keys, "old"));
  expect(await judge(await mine("old", keys), rules)).toMatchObject({ ok: true });
  const next = await generateKeyPair("RS256");
  turning.publish(await published(next, "new"));
  await expect.poll(async () => (await judge(await mine("new", next), rules)).ok).toBe(true);
  expect(await judge(await mine("old", keys), rules)).toMatchObject({ status: 401 });
  turning.server.close();
  turning.server.closeAllConnections();
});

test("an issuer that does not answer refuses within seconds, and lets in once it answers", async () => {
  const quiet = await startIssuer();
  const rules = { ...access, issuer: quiet.url };
  quiet.publish(await published(keys, "one"));
  const token = await signed({ ...claims(), iss: quiet.url });
  quiet.fallSilent(true);
  expect(await judge(token, rules)).toMatchObject({ status: 401, challenge: expect.stringContaining("discovery") });
  quiet.fallSilent(false);
  expect(await judge(token, rules)).toMatchObject({ ok: true });
  quiet.server.close();
  quiet.server.closeAllConnections();
  const down = { ...access, issuer: quiet.url.replace("127.0.0.1", "localhost") };
  expect(await judge(await signed({ ...claims(), iss: down.issuer }), down)).toMatchObject({ status: 401 });
});
