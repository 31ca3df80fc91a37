import { createSecretKey } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import type { Context } from "aws-lambda";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { shredPepper } from "#admin/certification/shred.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import { formatVerification } from "#admin/commands/certification-report.ts";
import { formatElection, formatElections } from "#admin/commands/election-report.ts";
import { cancelElection } from "#admin/elections/cancellation.ts";
import { closeElection } from "#admin/elections/closing.ts";
import { deleteElection } from "#admin/elections/deletion.ts";
import { drawLot } from "#admin/elections/lots.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { extendElection, postponeElection } from "#admin/elections/times.ts";
import { withdrawCandidate } from "#admin/elections/withdrawal.ts";
import { importRoll } from "#admin/roll/import.ts";
import { askedOf } from "#admin/roll/people.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import { createResultsHandler } from "#functions/results/handler.ts";
import type { HttpEvent, HttpHandler } from "#functions/runtime/http.ts";
import { writeRequestId } from "#functions/runtime/receipt.ts";
import { createSubmitHandler } from "#functions/submit/handler.ts";
import { createTallyHandler } from "#functions/tally/handler.ts";
import { createVoteStatusHandler } from "#functions/vote-status/handler.ts";
import { ballotKeys } from "#storage/ballot-keys.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { applyElection } from "#storage/election-register.ts";
import { readBallotKey, readPepper } from "#storage/election-secrets.ts";
import { changesTexts, electionsRegistered, electionsTable, openingTexts } from "#storage/elections-table.ts";
import { publishedTable } from "#storage/published-table.ts";
import { findElection, listElections } from "#storage/registered-elections.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { secretsManager } from "#storage/secrets.ts";
import { ensureSigningKey, signStatement } from "#storage/signing-key.ts";
import { talliesTable } from "#storage/tallies-table.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { votesTable } from "#storage/votes-table.ts";
import { AFTERWARDS, ballots, CLOSED, certifiedLaw, choice, OFFICER, refusal } from "#test/admin/certified.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { holdElection } from "#test/admin/polling-day.ts";
import { ballotOf, decide, outcomeOf } from "#test/admin/strikes.ts";
import { law, race } from "#test/definitions.ts";

/** An election that is cancelled: voting ends with its reason told, ballots stay sealed, and nothing is counted. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const MORNING = Date.parse("2025-01-01T08:00:00Z");
const NOON = Date.parse("2025-01-01T12:00:00Z");
const REASON = { fr: "Un bulletin nommait la mauvaise personne", en: "A ballot named the wrong person." };
const WHY = { fr: "Un bulletin nommait la mauvaise personne.", en: "A ballot named the wrong person." };
const cancel = (electionId: string, options = {}) =>
  cancelElection(office.connection, electionId, {
    ...{ reason: REASON, who: "Ada", atMs: NOON, forgottenAfterMs: 0 },
    ...options,
  });

const ask = async (handler: HttpHandler, routeKey: string, pathParameters: Record<string, string>, body?: object) => {
  const headers = { "accept-language": "en", "content-type": "application/json" };
  const event = { routeKey, headers, pathParameters, body: JSON.stringify(body), isBase64Encoded: false };
  const answer = await handler({ ...event, requestContext: { http: {} } } as unknown as HttpEvent, {} as Context);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: JSON.parse(String(answer.body)),
    text: answer.body,
  };
};

/** The functions behind the API, on the office's tables, at an instant. */
function site(atMs: number) {
  const { dynamodb, electionsTable: table, secrets } = office.connection;
  const now = (): number => atMs;
  const elections = electionsTable(dynamodb, table, now);
  const box = votesTable(dynamodb, office.connection.votesTable);
  const kept = secretsManager(secrets);
  const tallies = talliesTable(dynamodb, office.connection.talliesTable);
  const published = publishedTable(dynamodb, office.connection.publishedTable);
  const receipts = { elections, box, secrets: kept, receiptKeyPrefix: "scrutin/test/receipt-key/" };
  const rejectedAttempts = rejectedAttemptsTable(dynamodb, office.connection.rejectedAttemptsTable);
  return {
    results: createResultsHandler({ ...receipts, tallies, published, now }),
    status: createVoteStatusHandler({ ...receipts, rejectedAttempts }),
    elections: createElectionsHandler({
      elections,
      openingOf: openingTexts(dynamodb, table),
      changesOf: changesTexts(dynamodb, table),
      biographiesOf: async () => "{}",
      now,
    }),
    submit: createSubmitHandler({
      elections,
      secrets: kept,
      queue: { send: () => Promise.reject(new Error("nothing is queued")) },
      limits: async () => ({ ok: true, delaySeconds: 0 }),
      voters: async () => ({ ok: false, slug: "sign-in-needed" }),
      viewerAddressHeader: "",
      pepperSecretPrefix: "scrutin/test/pepper/",
      stampKeySecretPrefix: "scrutin/test/stamp-key/",
      acknowledgementKeyPrefix: "acknowledgement-key/",
      receiptKeyPrefix: "scrutin/test/receipt-key/",
      now,
    }),
  };
}

/** `tally`, which knows what it read of an election for as long as its clock stands still. */
function counting() {
  const { dynamodb, electionsTable: table, secrets } = office.connection;
  let nowMs = 0;
  const tally = createTallyHandler({
    elections: electionsTable(dynamodb, table, () => nowMs),
    isRegistered: electionsRegistered(dynamodb, table),
    ballotKeys: ballotKeys(secretsManager(secrets), {
      ballotKeys: "scrutin/test/ballot-key/",
      stampKeys: "scrutin/test/stamp-key/",
    }),
    tallies: talliesTable(dynamodb, office.connection.talliesTable),
    board: bulletinBoardTable(dynamodb, office.connection.boardTable),
    now: () => nowMs,
  });
  let sequence = 100;
  return {
    forget: () => {
      nowMs += 10_000;
    },
    async count({ hash, electionId, regionId, oneTimeKey, envelope, stamp, trackingCode, castAt }: VoteMessage) {
      const text = (S: string) => ({ S });
      const bytes = (B: Uint8Array) => ({ B: Buffer.from(B).toString("base64") });
      const NewImage = {
        ...{ hash: text(hash), electionId: text(electionId), regionId: text(regionId) },
        ...{ oneTimeKey: bytes(oneTimeKey), envelope: bytes(envelope), stamp: bytes(stamp) },
        ...{ trackingCode: text(trackingCode), castAt: text(castAt) },
      };
      const dynamodbRecord = { SequenceNumber: String(++sequence), NewImage };
      await tally({ Records: [{ eventName: "INSERT", dynamodb: dynamodbRecord }], shardId: "shard-0" });
    },
  };
}

/** What is counted of an election, and what is published of its counts. */
async function countsOf(electionId: string) {
  const { dynamodb, connection } = { ...office.connection, connection: office.connection };
  const definition = (await findElection(connection, electionId))?.definition;
  if (definition === undefined) throw new Error(`${electionId} is gone`);
  const tallies = talliesTable(dynamodb, connection.talliesTable);
  const { state } = await publishedTable(dynamodb, connection.publishedTable).find(electionId);
  const turnout = await tallies.turnoutOf(electionId);
  return [...(await tallies.rowsOf(definition)), ...turnout, ...state.contests];
}

describe("while voting is open", () => {
  test("everybody is told when and why, no count is told or left, and everything that counts refuses", async () => {
    const { connection } = office;
    await holdElection(office, law({ electionId: "X1", ...CLOSED }), { all: 9 }, ballots(4, "all", choice("oui")));
    const before = site(MORNING);
    const shown = await ask(before.results, "GET /api/v1/results/{law_id}", { law_id: "X1" });
    expect(shown.body).toMatchObject({ oui: 4, turnout: { ballots: 4 } });

    const recorded: unknown[] = [];
    const done = await cancel("X1", { onRecorded: (told: unknown) => recorded.push(told) });
    const cancelled = { at: new Date(NOON).toISOString(), reason: WHY };
    expect(done).toEqual({ outcome: "cancelled", cancelled });
    expect(recorded).toEqual([{ record: expect.anything(), newest: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await countsOf("X1")).toEqual([]);
    const election = await findElection(connection, "X1");
    expect(election?.opening?.changes.map(({ statement }) => statement)).toMatchObject([
      { kind: "cancellation", by: "Ada", reason: WHY, statedAt: cancelled.at },
    ]);

    for (const atMs of [NOON, AFTERWARDS]) {
      const after = site(atMs);
      const said = { status: 410, body: { type: "/api/v1/docs#voting-cancelled", detail: expect.any(String) } };
      const refused = [
        await ask(after.results, "GET /api/v1/results/{law_id}", { law_id: "X1" }),
        await ask(after.results, "GET /api/v1/elections/{election_id}/turnout", { election_id: "X1" }),
        await ask(after.submit, "POST /api/v1/vote", {}, { law_id: "X1", vote: "oui", nas: "1", code: "A" }),
      ];
      for (const answer of refused) {
        expect(answer).toMatchObject(said);
        expect(answer.body.detail).toContain(
          "cancelled on January 1, 2025 at 7:00\u00a0a.m.\u00a0EST. The reason: A ballot named",
        );
      }
      expect((await ask(after.results, "GET /api/v1/results", {})).text).not.toContain("X1");
      const listed = await ask(after.elections, "GET /api/v1/elections/{election_id}", { election_id: "X1" });
      expect(listed.body).toMatchObject({ status: "cancelled", definition: { cancelled } });
      const opening = await ask(after.elections, "GET /api/v1/elections/{election_id}/opening", { election_id: "X1" });
      expect(opening.headers).toMatchObject({ "scrutin-changes": "1" });
    }

    const why = `Election X1 was cancelled at ${cancelled.at}: ${WHY.fr} / ${WHY.en}`;
    const out = { out: office.path("x1"), ...OFFICER };
    expect(await refusal(certifyElection(connection, "X1", out))).toBe(why);
    expect(await refusal(recountTallies(connection, "X1", { swap: true, ...OFFICER }))).toBe(why);
    if (election === undefined) throw new Error("X1 is gone");
    expect(formatElection(election, AFTERWARDS)).toMatch(/status +cancelled\ncancelled +2025.*mauvaise.*wrong/);
    expect(formatElections(await listElections(connection), AFTERWARDS)).toContain(`\n${why}`);
  });

  test("nothing changes any more, and it cannot be taken back", async () => {
    const { connection } = office;
    const definition = race({ electionId: "X2", ...CLOSED });
    await holdElection(office, definition, { "1": 2, "2": 2 }, []);
    await cancel("X2");
    const later = { who: "Bo", atMs: NOON };
    const file = await office.file("x2-late.csv", "nas,code,region_id\n999999999,ABC123,1\n");
    const times = { opensAt: "2025-02-01T00:00:00Z", closesAt: "2025-02-02T00:00:00Z" };
    const acts = [
      () => extendElection(connection, "X2", "2025-01-02T06:00:00Z", later),
      () => postponeElection(connection, "X2", times, later),
      () => withdrawCandidate(connection, "X2", "1", later),
      () => drawLot(connection, "X2", { order: ["1", "2"], witnesses: ["Cy"], ...OFFICER }),
      () => closeElection(connection, "X2", OFFICER),
      () => stateOpening(connection, "X2", later),
      () => importRoll(connection, "X2", file, { atMs: NOON }),
      () => askedOf(connection, "X2", { asksRegion: false, atMs: NOON }),
      () => deleteElection(connection, "X2", later),
    ];
    for (const act of acts) expect(await refusal(act())).toContain("Election X2 was cancelled at 2025-01-01T12:00:00");
    const changing = applyElection(connection, { ...definition, title: { fr: "A", en: "B" } }, later);
    expect(await refusal(changing)).toContain("X2 was cancelled: title can no longer change");
    // The file that a deployment applies again.
    expect(await applyElection(connection, definition, later)).toBe("unchanged");
    expect(await cancel("X2", { reason: { fr: "Autre", en: "Other" } })).toMatchObject({
      outcome: "already-cancelled",
      cancelled: { reason: WHY },
    });
    expect(await office.roll("X2")).toHaveLength(4);
  });

  test("a ballot that is still in the queue is kept sealed, in whatever order it, the count and the cancellation come", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(["decide", "count", "cancel", "forget", "decide-late", "count-late"], { minLength: 6 }),
        async (steps) => {
          const electionId = `XQ${round++}`;
          await holdElection(office, race({ electionId, ...CLOSED }), { "1": 2 }, []);
          const credentials = [0, 1].map((voter) => [`0${String(voter).padStart(8, "0")}`, "ABC123"]);
          const [first, second] = await Promise.all(
            credentials.map((values) => ballotOf(office, electionId, values, "1")),
          );
          if (first === undefined || second === undefined) throw new Error("two ballots were made");
          const { forget, count } = counting();
          const { dynamodb } = office.connection;
          const acts: Readonly<Record<string, () => unknown>> = {
            decide: () => decide(office, dynamodb, [first]),
            "decide-late": () => decide(office, dynamodb, [second]),
            count: () => count(first),
            "count-late": () => count(second),
            cancel: () => cancel(electionId),
            forget,
          };
          for (const step of steps) await acts[step]?.();
          // A count that began before the cancellation may end after it; its traces go with the pepper, or with the same command.
          await cancel(electionId);
          forget();
          await Promise.all([count(first), count(second)]);
          expect(await countsOf(electionId)).toEqual([]);
          expect(await Promise.all([first, second].map((ballot) => outcomeOf(office, ballot)))).toEqual([
            "accepted",
            "accepted",
          ]);
        },
      ),
      { numRuns: 6 },
    );
  });

  test("a voter's ballot is said to be received, sealed and not counted", async () => {
    await holdElection(office, race({ electionId: "X3", ...CLOSED }), { "1": 1 }, []);
    const ballot = await ballotOf(office, "X3", ["000000000", "ABC123"], "1");
    const key = await secretsManager(office.connection.secrets).bytes("scrutin/test/receipt-key/X3");
    const requestId = writeRequestId(createSecretKey(key), ballot);
    await cancel("X3");
    const statusOf = () =>
      ask(site(NOON).status, "GET /api/v1/votes/{request_id}", { request_id: requestId }).then(({ body }) => body);
    const told = { cancelled_at: new Date(NOON).toISOString(), message: expect.stringContaining("it stays sealed") };
    expect(await statusOf()).toMatchObject({ status: "queued", ...told });
    await decide(office, office.connection.dynamodb, [ballot]);
    expect(await statusOf()).toMatchObject({ status: "accepted", ...told });
  });
});

describe("before opening", () => {
  test("it needs no statement, and none is made", async () => {
    const { connection } = office;
    await applyElection(connection, law({ electionId: "X4", ...CLOSED }), { who: "Ada", atMs: MORNING });
    expect(await cancel("X4")).toMatchObject({ outcome: "cancelled" });
    expect(await refusal(stateOpening(connection, "X4", { who: "Ada", atMs: NOON }))).toContain("was cancelled");
    expect(await shredPepper(connection, "X4", { who: "Ada", atMs: NOON })).toBe("destroyed");
  });
});

test("after closing it is refused, and nothing is changed", async () => {
  await holdElection(office, law({ electionId: "X5", ...CLOSED }), { all: 2 }, ballots(1, "all", choice("oui")));
  expect(await refusal(cancel("X5", { atMs: AFTERWARDS }))).toContain("closed at 2025-01-02T00:00:00Z");
  expect((await findElection(office.connection, "X5"))?.definition.cancelled).toBeUndefined();
  expect(await refusal(cancel("no-such"))).toContain("There is no election no-such");
});

test("what links ballots to voters is destroyed without counting, once every ballot is decided; the ballots stay sealed", async () => {
  const { connection } = office;
  await holdElection(office, law({ electionId: "X6", ...CLOSED }), { all: 4 }, ballots(2, "all", choice("non")));
  expect(await refusal(shredPepper(connection, "X6", OFFICER))).toContain("is not certified");
  await cancel("X6");
  expect(await refusal(shredPepper(connection, "X6", { who: "Ada", atMs: NOON }))).toContain("has just ended");
  expect(await shredPepper(connection, "X6", OFFICER)).toBe("destroyed");
  expect(await shredPepper(connection, "X6", OFFICER)).toBe("already-destroyed");
  expect([await readPepper(connection, "X6"), (await readBallotKey(connection, "X6"))?.length]).toEqual([
    undefined,
    32,
  ]);
  expect(await countsOf("X6")).toEqual([]);
  // The definition's file is applied at each deployment.
  const file = law({ electionId: "X6", ...CLOSED });
  expect(await applyElection(connection, file, { who: "deployment", atMs: NOON })).toBe("unchanged");
});

test("a certificate beside a signed cancellation is a lie", async () => {
  const { folder, fingerprint, opening } = await certifiedLaw(office, "X7");
  const file = `${folder}/changes.json`;
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual([]);
  const statement = {
    ...{ format: "scrutin-change-3", previous: opening, statedAt: new Date(NOON).toISOString() },
    ...{ kind: "cancellation", by: "Ada", reason: WHY },
  };
  const key = await ensureSigningKey(office.connection, "X7");
  await writeFile(file, canonicalText([{ statement, signature: signStatement(key, statement) }]));
  const verification = await verifyBundle(folder, { signedBy: fingerprint, opening });
  expect(verification.checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name)).toContain("changes");
  expect(formatVerification(verification)).toContain("change 1: cancels the election: nothing is certified of it");
});
