import { createHash, createHmac, createPublicKey } from "node:crypto";
import type { JWTPayload } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { nonceBallotBytes, nonceBytes } from "#core/sign-in-nonce.ts";
import { OPENING, race } from "#test/definitions.ts";
import { openPolls, type Polls } from "#test/functions/polls.ts";
import { openIssuer, type TestIssuer } from "#test/issuer.ts";
import { type SealedBallot, sealBallot, signBallot } from "#web/sealing.ts";

/** Voters who sign in with a provider: their token says who they are, and is good for nothing else. */

const CLIENT = "scrutin-board";
const FROM = "198.51.100.7";
const bytesOf = (text: string) => fromBase64Url(text) ?? new Uint8Array();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64url");
const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");

let issuer: TestIssuer;
let stranger: TestIssuer;
let polls: Polls;
let electionId: string;
let definition: ElectionDefinition;
let publicKey: string;
let elections = 0;

beforeAll(async () => {
  stranger = await openIssuer();
});
afterAll(() => stranger.close());
beforeEach(async () => {
  issuer = await openIssuer();
  polls = await openPolls({ voterIssuers: [issuer.issuer, `${issuer.issuer}/other`] });
  electionId = `O${++elections}`;
  const identity = { kind: "oidc", issuer: issuer.issuer, clientId: CLIENT, claim: "voter_number" };
  definition = race({ electionId, identity, credentialFields: undefined });
  publicKey = await polls.register(definition, ["v-001", "v-002"]);
});
afterEach(() => {
  polls.close();
  issuer.close();
});

const tokenOf = (claims: JWTPayload = {}, options: Parameters<TestIssuer["sign"]>[1] = {}) =>
  issuer.sign({ aud: CLIENT, voter_number: "v-001", ...claims }, { atMs: polls.now(), ...options });

type Sent = Readonly<{
  ballot?: Record<string, unknown>;
  language?: string;
  environment?: number;
  regionId?: "1" | "2";
}>;

async function cast(token: string | undefined, { ballot, language = "en", ...more }: Sent = {}) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...authorization, "accept-language": language };
  const answer = await polls.post(electionId, {
    from: FROM,
    headers,
    ...(ballot !== undefined && { ballot }),
    ...more,
  });
  const { type = "", detail = "" }: { type?: string; detail?: string } = JSON.parse(answer.message);
  return { ...answer, slug: type.slice(type.indexOf("#") + 1), detail };
}

const seal = () =>
  sealBallot({ definition, opening: OPENING }, publicKey, "1", { kind: "candidate", candidateId: "1" });

const digestOf = ({ oneTimeKey, envelope }: SealedBallot): string =>
  sha256(nonceBallotBytes({ oneTimeKey: bytesOf(oneTimeKey.publicKey), envelope: bytesOf(envelope) }));

const SALT = "A".repeat(43);
const nonceOf = (...ballots: readonly SealedBallot[]) => sha256(nonceBytes(SALT, ballots.map(digestOf)));
const signed = (ballot: SealedBallot, claim = "v-001") => signBallot(definition, "1", ballot, { voter_number: claim });

describe("a token", () => {
  test.each(["RS256", "ES256", "EdDSA"] as const)("signed with %s casts a ballot once", async (alg) => {
    expect(await cast(await tokenOf({}, { alg }))).toMatchObject({ status: 202 });
    expect(await cast(await tokenOf({}, { alg }))).toMatchObject({ status: 202 });
    await polls.pass(1);
    expect(await polls.outcomes()).toEqual(["accepted", "duplicate"]);
  });

  test("of somebody who is not on the roll, or in another region, casts nothing", async () => {
    expect(await cast(await tokenOf({ voter_number: "V-001" }))).toMatchObject({ status: 202 });
    expect(await cast(await tokenOf(), { regionId: "2" })).toMatchObject({ status: 202 });
    await polls.pass(1);
    expect(await polls.outcomes()).toEqual(["invalid", "invalid"]);
  });

  test("may say a number", async () => {
    const other = race({ ...definition, electionId: `${electionId}N` });
    await polls.register(other, ["7"]);
    electionId = other.electionId;
    await cast(await tokenOf({ voter_number: 7 }));
    await polls.pass(1);
    expect(await polls.outcomes()).toEqual(["accepted"]);
  });

  test.each([
    ["that is missing", async () => undefined, "sign-in-needed"],
    ["that is expired", () => tokenOf({ exp: Math.floor(polls.now() / 1000) - 60 }), "sign-in-expired"],
    ["that is not valid yet", () => tokenOf({ nbf: Math.floor(polls.now() / 1000) + 90 }), "sign-in-invalid"],
    ["that never expires", () => tokenOf({ exp: undefined } as unknown as JWTPayload), "sign-in-invalid"],
    ["for another audience", () => tokenOf({ aud: "another-election" }), "wrong-audience"],
    ["for another client among its audiences", () => tokenOf({ aud: [CLIENT, "x"], azp: "x" }), "wrong-audience"],
    ["that ends a session", () => tokenOf({ events: {} }), "wrong-audience"],
    ["without the claim", () => tokenOf({ voter_number: undefined }), "no-claim"],
    ["whose claim is a list", () => tokenOf({ voter_number: ["v-001"] }), "no-claim"],
    ["of an unrelated provider", () => stranger.sign({ aud: CLIENT, voter_number: "v-001" }), "wrong-issuer"],
    [
      "of an unrelated provider in this one's name",
      () => stranger.sign({ iss: issuer.issuer, aud: CLIENT, voter_number: "v-001" }),
      "sign-in-invalid",
    ],
    ["that is none", async () => "it.is-none.here", "sign-in-invalid"],
  ])("%s is refused in words, and nothing is queued", async (_, made, slug) => {
    const token = await made();
    for (const language of ["en", "fr"]) {
      const answer = await cast(token, { language });
      expect(answer).toMatchObject({ slug });
      expect([401, 403]).toContain(answer.status);
      expect(answer.detail).toContain(language === "en" ? "Nothing was recorded" : "Rien n’a été enregistré");
      if (token !== undefined) expect(answer.message).not.toContain(token.split(".")[1] ?? "");
    }
    expect(polls.sent()).toEqual([]);
  });

  test("that is expired by less than clocks differ is good", async () => {
    expect(await cast(await tokenOf({ exp: Math.floor(polls.now() / 1000) - 10 }))).toMatchObject({ status: 202 });
  });
});

describe("a forged token", () => {
  const claims = () => {
    const seconds = Math.floor(polls.now() / 1000);
    return { iss: issuer.issuer, aud: CLIENT, voter_number: "v-001", iat: seconds, exp: seconds + 300 };
  };

  test("with algorithm none is refused", async () => {
    for (const alg of ["none", "None", "NONE"]) {
      expect(await cast(`${part({ alg })}.${part(claims())}.`)).toMatchObject({ slug: "sign-in-invalid" });
    }
    expect(polls.sent()).toEqual([]);
  });

  test("with HMAC under the public key, in any of its forms, is refused", async () => {
    const [jwk] = issuer.jwks();
    if (jwk === undefined) throw new Error("a provider has a key");
    const key = createPublicKey({ key: jwk, format: "jwk" });
    const forms = [
      key.export({ type: "spki", format: "pem" }),
      key.export({ type: "spki", format: "der" }),
      JSON.stringify(jwk),
      jwk.n ?? "",
    ];
    for (const secret of forms) {
      const said = `${part({ alg: "HS256", kid: jwk.kid })}.${part(claims())}`;
      const signature = createHmac("sha256", secret).update(said).digest("base64url");
      expect(await cast(`${said}.${signature}`)).toMatchObject({ slug: "sign-in-invalid" });
    }
    expect(polls.sent()).toEqual([]);
  });

  test("whose claims were altered is refused", async () => {
    const [header, , signature] = (await tokenOf()).split(".");
    const altered = `${header}.${part({ ...claims(), voter_number: "v-002" })}.${signature}`;
    expect(await cast(altered)).toMatchObject({ slug: "sign-in-invalid" });
  });
});

describe("a nonce", () => {
  test("lets its token cast the sealed ballot that it was made for, by its voter", async () => {
    const ballot = await seal();
    const token = await tokenOf({ nonce: nonceOf(ballot) });
    expect(await cast(token, { ballot: { ...(await signed(ballot)), nonce_salt: SALT } })).toMatchObject({
      status: 202,
    });
    await polls.pass(1);
    expect(await polls.outcomes()).toEqual(["accepted"]);
  });

  test("keeps its token from casting anything else", async () => {
    const [ballot, other] = [await seal(), await seal()];
    const token = await tokenOf({ nonce: nonceOf(ballot) });
    const attempts = [
      undefined,
      { ...(await signed(other)), nonce_salt: SALT },
      { ...(await signed(ballot)) },
      { ...(await signed(ballot)), nonce_salt: "B".repeat(43) },
      // The ballot it was made for is named, and another one sent.
      { ...(await signed(other)), nonce_salt: SALT, nonce_ballots: [digestOf(ballot)] },
      { ...(await signed(other)), nonce_salt: SALT, nonce_ballots: [digestOf(ballot), digestOf(other)] },
    ];
    for (const attempt of attempts) {
      expect(await cast(token, attempt && { ballot: attempt })).toMatchObject({ status: 401, slug: "wrong-nonce" });
    }
    expect(polls.sent()).toEqual([]);
  });

  test("covers all ballots of a paper", async () => {
    const ballots = [await seal(), await seal(), await seal()];
    const token = await tokenOf({ nonce: nonceOf(...ballots) });
    for (const ballot of ballots) {
      const body = { ...(await signed(ballot)), nonce_salt: SALT, nonce_ballots: ballots.map(digestOf) };
      expect(await cast(token, { ballot: body })).toMatchObject({ status: 202 });
    }
  });
});

test("an envelope is cast by whoever sealed it: another voter's token does not fit its signature", async () => {
  const body = await signed(await seal(), "v-002");
  expect(await cast(await tokenOf(), { ballot: body })).toMatchObject({ status: 400, slug: "wrong-signature" });
});

test("credentials have no place beside a token", async () => {
  const answer = await cast(await tokenOf(), { ballot: { candidate_id: "1", nas: "123456789" } });
  expect(answer).toMatchObject({ status: 400, slug: "invalid-request" });
});

test("neither a token nor its claim is queued", async () => {
  const token = await tokenOf();
  await cast(token);
  const queued = JSON.stringify(polls.sent());
  for (const secret of [token, ...token.split("."), "v-001"]) expect(queued).not.toContain(secret);
});

describe("a provider", () => {
  test("that changes its keys is asked again for an unknown one, though at most once in 30 seconds", async () => {
    expect(await cast(await tokenOf())).toMatchObject({ status: 202 });
    expect(issuer.keysAsked()).toBe(1);
    await issuer.rotate();
    const late = await tokenOf();
    expect(await cast(late)).toMatchObject({ slug: "sign-in-invalid" });
    await polls.pass(30);
    expect(await cast(late)).toMatchObject({ status: 202 });
    expect(issuer.keysAsked()).toBe(2);
    const unknown = await stranger.sign({ iss: issuer.issuer, aud: CLIENT, voter_number: "v-002" });
    for (let time = 0; time < 5; time++) await cast(unknown);
    expect(issuer.keysAsked()).toBe(2);
  });

  test("whose keys never come is told as such, with when to try again; those whose keys are known go on", async () => {
    expect(await cast(await tokenOf(), { environment: 1 })).toMatchObject({ status: 202 });
    issuer.hang();
    const answer = await cast(await tokenOf());
    expect(answer).toMatchObject({ status: 503, slug: "provider-silent", retryAfter: "2" });
    expect(answer.detail).toContain(`${issuer.issuer} does not answer`);
    expect(await cast(await tokenOf({ voter_number: "v-002" }), { environment: 1 })).toMatchObject({ status: 202 });
    // Keys that should be read again are good meanwhile.
    await polls.pass(11 * 60);
    expect(await cast(await tokenOf({ voter_number: "v-002" }), { environment: 1 })).toMatchObject({ status: 202 });
  });

  test("that says it is another issuer, or whose keys are on an unsafe address, is not believed", async () => {
    const liar = { ...definition.identity, issuer: `${issuer.issuer}/other` };
    const other = race({ ...definition, electionId: `${electionId}L`, identity: liar });
    await polls.register(other, ["v-001"]);
    electionId = other.electionId;
    expect(await cast(await tokenOf({ iss: liar.issuer }))).toMatchObject({ status: 503, slug: "provider-silent" });
  });
});
