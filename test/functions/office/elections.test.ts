import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateOpening } from "#admin/elections/opening.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { toBase64Url } from "#core/bytes.ts";
import { createPhotoHandler } from "#functions/elections/photo.ts";
import { ELECTION_ROUTES } from "#functions/office/elections/contract.ts";
import { electionHandlers } from "#functions/office/elections/handlers.ts";
import type { HttpEvent, HttpHandler } from "#functions/runtime/http.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import { draftsIn } from "#storage/drafts.ts";
import { photosIn } from "#storage/photos.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { rankedRace } from "#test/definitions.ts";
import { type Asked, ask, claims, NOW, officeOf, type RecordedAct } from "#test/functions/office/calling.ts";
import { IDENTITY } from "#test/identified.ts";

/** The room of elections, against the emulated store and secrets. */

const ADA = claims("ada", "officer");
const BO = claims("bo", "officer");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let office: Office;
let handler: HttpHandler;
let recorded: RecordedAct[];
beforeAll(async () => {
  office = await openOffice();
  const { documents, biographiesTable } = office.connection;
  recorded = [];
  const room = {
    connection: office.connection,
    drafts: draftsIn(documents, "office"),
    photos: photosIn(office.connection.dynamodb, biographiesTable),
  };
  handler = createOfficeHandler(ELECTION_ROUTES, electionHandlers(room), {
    ...officeOf(recorded),
  });
});
afterAll(() => office.close());

const to = (route: keyof typeof ELECTION_ROUTES, electionId: string, body?: unknown): Asked => ({
  route,
  as: ADA,
  parameters: { election_id: electionId },
  ...(body !== undefined && { body }),
});
const save = (electionId: string, version: number, definition: unknown, as = ADA) =>
  ask(handler, { ...to("PUT /office/elections/{election_id}/draft", electionId, { version, definition }), as });
const draftOf = (electionId: string) => ask(handler, to("GET /office/elections/{election_id}/draft", electionId));
const apply = (electionId: string, version: number, more = {}) =>
  ask(handler, { ...to("POST /office/elections/{election_id}/apply", electionId, { version }), ...more });
const list = async (groups = "officer") =>
  (await ask(handler, { route: "GET /office/elections", as: claims("cy", groups) })).json;

/** Opens a month from now. */
const ranked = (electionId: string, more: Record<string, unknown> = {}) => ({
  ...rankedRace(),
  electionId,
  opensAt: "2030-06-01T09:00:00-04:00",
  closesAt: "2030-06-08T20:00:00-04:00",
  ...more,
});

describe("a draft", () => {
  test("is kept as it was typed, faults and all, and is listed with who saved it", async () => {
    const definition = { electionId: "D1", title: { fr: "Mairie" }, closesAt: "soon" };
    expect((await save("D1", 0, definition)).json).toMatchObject({ draft: { version: 1, by: "Name of ada" } });
    expect((await draftOf("D1")).json).toMatchObject({ definition, draft: { title: { fr: "Mairie", en: "" } } });
    expect(await list()).toMatchObject({ drafts: [{ election_id: "D1", version: 1 }] });
    expect((await list("observer")).drafts).toEqual([]);
  });

  test("of megabytes is kept too", async () => {
    const bio = { fr: "é".repeat(3000), en: "" };
    const candidates = Array.from({ length: 300 }, (_, n) => ({ candidateId: `${n}`, bio, salt: Math.random() }));
    expect((await save("D2", 0, { candidates })).statusCode).toBe(200);
    expect((await draftOf("D2")).json.definition).toEqual({ candidates });
  });

  test("of two officers is not overwritten by the later: they are told, and what was saved stands", async () => {
    expect((await save("D3", 0, { n: 1 })).statusCode).toBe(200);
    expect((await save("D3", 1, { n: 2 }, BO)).statusCode).toBe(200);
    const refused = await save("D3", 1, { n: 3 });
    expect(refused.statusCode).toBe(409);
    expect(refused.json.detail).toMatch(/Somebody else saved this draft/);
    expect((await save("D3", 0, { n: 4 })).statusCode).toBe(409);
    expect((await draftOf("D3")).json).toMatchObject({ definition: { n: 2 }, draft: { by: "Name of bo", version: 2 } });
  });

  test("of the same moment is that of one of them, whole", async () => {
    await save("D4", 0, { n: 0 });
    const answers = await Promise.all([1, 2, 3, 4].map((n) => save("D4", 1, { n })));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ statusCode }) => statusCode === 200) + 1;
    expect((await draftOf("D4")).json.definition).toEqual({ n: winner });
  });

  test("is discarded by whoever has seen its newest version only", async () => {
    await save("D5", 0, {});
    await save("D5", 1, {}, BO);
    const discard = (version: number) =>
      ask(handler, to("POST /office/elections/{election_id}/draft/discard", "D5", { version }));
    expect((await discard(1)).statusCode).toBe(409);
    expect((await discard(2)).statusCode).toBe(200);
    expect((await draftOf("D5")).json).toEqual({ draft: null, definition: null });
  });

  test("is for officers to write, and for auditors to read", async () => {
    const asked = to("PUT /office/elections/{election_id}/draft", "D6", { version: 0, definition: {} });
    expect((await ask(handler, { ...asked, as: claims("cy", "auditor") })).statusCode).toBe(403);
    const read = to("GET /office/elections/{election_id}/draft", "D1");
    expect((await ask(handler, { ...read, as: claims("cy", "auditor") })).statusCode).toBe(200);
    expect((await ask(handler, { ...read, as: claims("cy", "registrar observer") })).statusCode).toBe(403);
  });
});

describe("applying a draft", () => {
  test("registers the election, with its keys, and the draft goes", async () => {
    await save("A1", 0, ranked("A1"));
    const applied = await apply("A1", 1);
    expect(applied.json).toMatchObject({ outcome: "registered" });
    expect((await draftOf("A1")).json.draft).toBe(null);
    const { json } = await ask(handler, to("GET /office/elections/{election_id}", "A1"));
    expect(json).toMatchObject({
      ...{ state: "coming", voters: 0, opening_sha256: null, draft: null, voting_method: "ranked_choice" },
      changes: [{ what: "registered", by: "Name of ada" }],
    });
    expect(recorded.filter(({ electionId }) => electionId === "A1")).toMatchObject([{ act: "apply", outcome: "done" }]);
  });

  test("is refused for a closing that is past, and warns of such an opening", async () => {
    const past = { opensAt: "2030-04-30T09:00:00-04:00", closesAt: "2030-05-01T07:59:00-04:00" };
    await save("A7", 0, ranked("A7", past));
    const refused = await apply("A7", 1, { language: "fr" });
    expect(refused.statusCode).toBe(409);
    expect(refused.json.detail).toBe("closesAt\u00a0: doit être encore à venir\u00a0: personne ne pourrait voter.");
    await save("A7", 1, ranked("A7", { ...past, closesAt: "2030-05-01T20:00:00-04:00" }));
    const { json } = await apply("A7", 2);
    expect(json.outcome).toBe("registered");
    expect(json.warnings).toContain("The opening is past: voting opens as soon as the opening is stated.");
  });

  test("tells every fault in the officer's language, and registers nothing", async () => {
    await save("A2", 0, ranked("A2", { maxRankings: 99, title: { fr: "Mairie" } }));
    const { statusCode, json } = await apply("A2", 1, { language: "fr" });
    expect(statusCode).toBe(409);
    expect(json.detail).toBe("title.en\u00a0: manque.\nmaxRankings\u00a0: doit être d’au plus 50.");
    expect((await ask(handler, to("GET /office/elections/{election_id}", "A2"))).statusCode).toBe(404);
    expect((await draftOf("A2")).json.draft).toMatchObject({ version: 1 });
  });

  test("is refused where the stage does not allow the provider that signs voters in, in the officer's language", async () => {
    const identity = { ...IDENTITY, issuer: "https://elsewhere.example.org" };
    await save("A6", 0, ranked("A6", { identity, credentialFields: undefined }));
    const { statusCode, json } = await apply("A6", 1, { language: "fr" });
    expect(statusCode).toBe(409);
    expect(json.detail).toBe(
      "identity.issuer\u00a0: doit être, au caractère près, l’un des fournisseurs admis ici (paramètre voterIssuers)\u00a0: https://voters.example.org.",
    );
    expect((await ask(handler, to("GET /office/elections/{election_id}", "A6"))).statusCode).toBe(404);
    await save("A6", 1, ranked("A6", { identity: IDENTITY, credentialFields: undefined }));
    expect((await apply("A6", 2)).json).toMatchObject({ outcome: "registered" });
  });

  test("is refused for a draft that was saved since it was looked at, or that is of another election", async () => {
    await save("A3", 0, ranked("A3"));
    await save("A3", 1, ranked("A3"), BO);
    expect((await apply("A3", 1)).json.detail).toMatch(/Somebody else saved/);
    await save("A4", 0, ranked("other"));
    expect((await apply("A4", 1)).json.detail).toMatch(/^electionId: this draft is of election A4/);
  });

  test("changes a registered election until its opening is stated, and then nothing", async () => {
    await save("A5", 0, ranked("A5"));
    await apply("A5", 1);
    const title = { fr: "Mairie de Val", en: "Mayor of Val" };
    await save("A5", 0, ranked("A5", { title }));
    expect((await apply("A5", 1)).json).toMatchObject({ outcome: "changed" });
    await stateOpening(office.connection, "A5", { who: "Ada", atMs: NOW });
    await save("A5", 0, ranked("A5", { title, allowBlank: true }));
    const refused = await apply("A5", 1);
    expect(refused.json.detail).toMatch(/^Election A5 has its opening stated: allowBlank cannot change/);
    const { json } = await ask(handler, to("GET /office/elections/{election_id}", "A5"));
    expect(json).toMatchObject({
      title,
      draft: { version: 1 },
      opening_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe("what was done to an election", () => {
  test("is told an observer as the audit tells it: what is signed, and nothing of people, files and reasons", async () => {
    await save("O1", 0, ranked("O1"));
    await apply("O1", 1);
    const changesTo = async (groups: string): Promise<unknown> => {
      const asked = { ...to("GET /office/elections/{election_id}", "O1"), as: claims("cy", groups) };
      return (await ask(handler, asked)).json.changes;
    };
    expect(await changesTo("observer")).toEqual([]);
    await stateOpening(office.connection, "O1", { who: "Ada", atMs: NOW });
    const act = { at: new Date(NOW).toISOString(), who: "Rex Roy", what: "roll remove: 1 person; moved to the Yukon" };
    await recordStateChange(office.connection, "O1", act as Parameters<typeof recordStateChange>[2]);
    expect(await changesTo("observer")).toEqual([{ at: new Date(NOW).toISOString(), what: "opening", by: "" }]);
    expect(await changesTo("observer registrar")).toContainEqual({ at: act.at, what: act.what, by: "Rex Roy" });
  });
});

describe("a photo", () => {
  test("is stored by what it is, and served for good at the address that the definition gets", async () => {
    const stored = await ask(handler, { route: "POST /office/photos", as: ADA, body: { bytes: toBase64Url(PNG) } });
    expect(stored.json.photo).toMatch(/^\/api\/v1\/photos\/[0-9a-f]{64}\.png$/);
    const file = String(stored.json.photo).split("/").at(-1) ?? "";
    const { dynamodb, biographiesTable } = office.connection;
    const serve = (photo: string) =>
      createPhotoHandler(photosIn(dynamodb, biographiesTable))(
        { headers: {}, pathParameters: { photo } } as unknown as HttpEvent,
        {} as never,
      );
    const served = await serve(file);
    expect(served.headers).toMatchObject({ "content-type": "image/png", "cache-control": /immutable/ });
    expect(Buffer.from(served.body ?? "", "base64").equals(PNG)).toBe(true);
    for (const other of [file.replace("png", "webp"), file.replace("png", "svg"), "..%2F", `0${file.slice(1)}`]) {
      expect((await serve(other)).statusCode).toBe(404);
    }
  });

  test("that is no image, or too large, is refused", async () => {
    const post = (bytes: Uint8Array) =>
      ask(handler, { route: "POST /office/photos", as: ADA, body: { bytes: toBase64Url(bytes) } });
    expect((await post(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).statusCode).toBe(409);
    expect((await post(Buffer.concat([PNG, Buffer.alloc(20_480)]))).statusCode).toBe(409);
  });
});
