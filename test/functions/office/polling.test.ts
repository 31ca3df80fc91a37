import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateOpening } from "#admin/elections/opening.ts";
import { readAlarm } from "#functions/office/polling/alarms.ts";
import { POLLING_ROUTES } from "#functions/office/polling/contract.ts";
import { exactCounts } from "#functions/office/polling/figures.ts";
import { pollingHandlers } from "#functions/office/polling/handlers.ts";
import type { HttpAnswer } from "#functions/runtime/http.ts";
import { KIND_NAMES, MINUTES_SHOWN, type VoteCounts } from "#functions/runtime/measured/vote-counts.ts";
import { createOfficeHandler } from "#functions/runtime/office/dispatcher.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { rejectedAttemptsTable } from "#storage/rejected-attempts-table.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race } from "#test/definitions.ts";
import { ask, claims, NOW, officeOf, type RecordedAct } from "#test/functions/office/calling.ts";

/** The console on polling day, against the emulated tables and queues. */

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const HOUR_MS = 3_600_000;
const at = (hours: number): string => new Date(NOW + hours * HOUR_MS).toISOString();
const TIMES = { opensAt: at(-2), closesAt: at(6) };
const ADA = claims("ada", "officer");

const recorded: RecordedAct[] = [];
const forgotten: string[] = [];
async function request(route: keyof typeof POLLING_ROUTES, electionId: string, body?: object, more: object = {}) {
  const handlers = pollingHandlers({
    connection: office.connection,
    stage: "test",
    namespace: "Scrutin/test",
    forgetCounts: async (forgets) => `job${forgotten.push(forgets)}`,
    now: () => NOW,
  });
  const handler = createOfficeHandler(POLLING_ROUTES, handlers, {
    ...officeOf(recorded),
  });
  const answer = await ask(handler, { route, parameters: { election_id: electionId }, as: ADA, body, ...more });
  return { status: answer.statusCode, body: read(answer) };
}
const read = ({ body }: HttpAnswer) => JSON.parse(String(body));

async function opened(definition: Parameters<typeof race>[0], make: typeof race | typeof law = race): Promise<string> {
  const { electionId = "" } = { ...TIMES, ...definition } as { electionId?: string };
  const before = { who: "Ada", atMs: NOW - 3 * HOUR_MS };
  await applyElection(office.connection, make({ ...TIMES, ...definition }), before);
  await stateOpening(office.connection, electionId, before);
  return electionId;
}
const registered = async (electionId: string) => (await findElection(office.connection, electionId))?.definition;

const EXTEND = "POST /office/elections/{election_id}/extend";
const POSTPONE = "POST /office/elections/{election_id}/postpone";
const CORRECT = "POST /office/elections/{election_id}/correct";
const WITHDRAW = "POST /office/elections/{election_id}/withdraw";
const CANCEL = "POST /office/elections/{election_id}/cancel";
const CHANGEABLE = "GET /office/elections/{election_id}/changeable";
const POLLING = "GET /office/elections/{election_id}/polling";

describe("the closing", () => {
  test("moves later, signed, with the reason on record; and back, not before the one that voters were told first", async () => {
    const id = await opened({ electionId: "P1" });
    const extended = await request(EXTEND, id, { closes_at: at(8), reason: "power failure" });
    expect(extended.status).toBe(200);
    expect(extended.body.newest).toMatch(/^[0-9a-f]{64}$/);
    expect((await registered(id))?.closesAt).toBe(at(8));
    expect(recorded.at(-1)).toMatchObject({ act: "extend", outcome: "done", reason: "power failure", electionId: id });
    const { body: changeable } = await request(CHANGEABLE, id);
    expect(changeable).toMatchObject({ is_stated: true, first_closes_at: at(6), newest: extended.body.newest });
    expect(changeable.done.at(-1).what).toMatch(/^closing extended .*, reason: power failure$/);

    const early = await request(EXTEND, id, { closes_at: at(5), reason: "restored" }, { language: "fr" });
    expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining("ne peut être reportée qu’après")]);
    expect(recorded.at(-1)).toMatchObject({ act: "extend", outcome: "refused" });
    expect((await request(EXTEND, id, { closes_at: at(7), reason: "restored" })).status).toBe(200);
    expect((await registered(id))?.closesAt).toBe(at(7));
  });

  test("moved far is asked about, and moved once that is said to be meant", async () => {
    const id = await opened({ electionId: "P2" });
    const far = { closes_at: at(200), reason: "ice storm" };
    const asked = await request(EXTEND, id, far);
    expect([asked.status, asked.body.detail]).toEqual([
      409,
      expect.stringMatching(/by 8 days: .*say that it is meant/),
    ]);
    expect(asked.body.detail).not.toContain("--");
    expect((await registered(id))?.closesAt).toBe(at(6));
    expect((await request(EXTEND, id, { ...far, is_meant: true })).status).toBe(200);
  });

  test("an extension without a reason is refused", async () => {
    const id = await opened({ electionId: "P3" });
    for (const reason of ["", "  "]) {
      expect((await request(EXTEND, id, { closes_at: at(8), reason })).status).toBe(400);
    }
    expect((await registered(id))?.closesAt).toBe(at(6));
  });

  test("an election that has not opened is postponed, once its id was typed", async () => {
    const id = await opened({ electionId: "P4", opensAt: at(1), closesAt: at(6) });
    const later = { opens_at: at(3), closes_at: at(9), reason: "ice storm" };
    expect((await request(POSTPONE, id, { ...later, typed: "P" })).body.detail).toContain("type the election's id, P4");
    expect((await request(POSTPONE, id, { ...later, typed: id })).status).toBe(200);
    expect(await registered(id)).toMatchObject({ opensAt: at(3), closesAt: at(9) });
  });
});

test("a name is corrected, and nothing that is no text", async () => {
  const id = await opened({ electionId: "P5" });
  const corrected = await request(CORRECT, id, {
    texts: [{ of: "candidates.1.lastName", to: "Roï" }],
    reason: "misspelt",
  });
  expect(corrected).toMatchObject({ status: 200, body: { newest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  expect((await registered(id))?.corrections).toMatchObject([{ of: "candidates.1.lastName", from: "Roy", to: "Roï" }]);
  const rules = { texts: [{ of: "candidates.1.regionIds", to: "2" }], reason: "moved" };
  expect((await request(CORRECT, id, rules)).status).toBe(400);
});

test("a candidate withdraws, once the election's id was typed", async () => {
  const id = await opened({ electionId: "P6" });
  const { body } = await request(CHANGEABLE, id);
  const [{ candidateId }] = body.definition.candidates;
  const asked = { candidate_id: candidateId, reason: "letter of 12 October" };
  expect((await request(WITHDRAW, id, { ...asked, typed: "" })).status).toBe(409);
  const withdrawn = () =>
    registered(id).then((of) => of?.votingMethod !== "referendum" && of?.candidates[0]?.withdrawnAt);
  expect(await withdrawn()).toBeUndefined();
  expect((await request(WITHDRAW, id, { ...asked, typed: id })).status).toBe(200);
  expect(await withdrawn()).toBe(at(0));
  const alone = await request(WITHDRAW, id, { ...asked, candidate_id: "2", typed: id }, { language: "fr" });
  expect(alone.body.detail).toMatch(/plus personne à élire dans la région 1/);
});

test("an election is cancelled for ever with its reason, once its id was typed; what was counted is to be forgotten", async () => {
  const id = await opened({ electionId: "P7" }, law);
  const told = { fr: "Un bulletin nommait la mauvaise personne", en: "A ballot named the wrong person" };
  expect((await request(CANCEL, id, { told, typed: "P6" })).status).toBe(409);
  expect((await registered(id))?.cancelled).toBeUndefined();
  expect(forgotten).toEqual([]);
  const cancelled = await request(CANCEL, id, { told, typed: id });
  expect(cancelled.body).toMatchObject({ newest: expect.stringMatching(/^[0-9a-f]{64}$/), job_id: "job1" });
  expect((await registered(id))?.cancelled?.reason).toEqual({ fr: `${told.fr}.`, en: `${told.en}.` });
  expect(forgotten).toEqual([id]);
  expect((await request(EXTEND, id, { closes_at: at(8), reason: "no" })).status).toBe(409);
  expect((await request(POLLING, id)).body).toMatchObject({
    status: "cancelled",
    votes: null,
    votes_unknown: "cancelled",
  });
  // Again it only finishes.
  expect((await request(CANCEL, id, { told, typed: id })).body).toMatchObject({ newest: null });
  expect(forgotten).toEqual([id, id]);
});

describe("figures", () => {
  test("tell of each region what everybody is shown, and of a vote that nobody cast that it is none", async () => {
    const id = await opened({ electionId: "P8" });
    const { body } = await request(POLLING, id);
    expect(body).toMatchObject({ status: "open", on_roll: 0, votes_unknown: null });
    expect(body.votes).toMatchObject({ received: 0, accepted: 0, undecided: 0 });
    expect(body).toMatchObject({
      rounded_to: 1,
      regions: [
        { region_id: "1", ballots: 0 },
        { region_id: "2", ballots: 0 },
      ],
    });
    const inSteps = await opened({ electionId: "P10", minimumBallots: 10 });
    expect((await request(POLLING, inSteps)).body).toMatchObject({
      rounded_to: 10,
      regions: [
        { region_id: "1", ballots: null },
        { region_id: "2", ballots: null },
      ],
    });
    expect((await request(POLLING, "nothing")).status).toBe(404);
  });

  test("count as undecided what was received and neither accepted nor rejected", () => {
    const minutes: readonly number[] = new Array<number>(MINUTES_SHOWN).fill(0);
    const counts = Object.fromEntries(
      KIND_NAMES.map((kind, index) => [kind, { before: kind === "received" ? 100 : index, minutes }]),
    ) as VoteCounts;
    const { received, accepted, duplicate, unknown_credentials, wrong_region, struck, undecided } = exactCounts(
      counts,
      NOW,
    );
    expect(received).toBe(100);
    expect(undecided).toBe(100 - accepted - duplicate - unknown_credentials - wrong_region - struck);
    const late = { ...counts, received: { ...counts.received, before: 0 } };
    expect(exactCounts(late, NOW).undecided).toBe(0);
  });

  test("tell of rejected attempts why and how often, and no tracking code", async () => {
    const id = await opened({ electionId: "P9" }, law);
    const attempts = rejectedAttemptsTable(office.connection.dynamodb, office.outputs.RejectedAttemptsTable);
    const hash = "h".padEnd(43, "H");
    const attempt = { electionId: id, hash, castAt: at(-1), outcome: "duplicate" } as const;
    for (const trackingCode of ["SECOND", "THIRD"]) await attempts.record({ ...attempt, trackingCode });
    const { body } = await request("GET /office/elections/{election_id}/rejected-attempts", id);
    expect(body.totals.duplicate).toEqual({ voters: 1, attempts: 2 });
    expect(body.latest).toMatchObject([{ voter: hash.slice(0, 8), reason: "duplicate", attempts: 2 }]);
    expect(JSON.stringify(body)).not.toMatch(/SECOND|THIRD|HHHHHHHHH/);
  });
});

describe("what waits", () => {
  const WAITING = "GET /office/waiting";
  const SEND = "POST /office/waiting/send-again";

  test("is told without what it holds, and what was set aside is sent again", async () => {
    const { sqs, deadLetterQueueUrl } = office.connection;
    const why = { reason: "the table answers again" };
    expect((await request(SEND, "", why)).body.detail).toBe("No message is set aside.");
    expect((await request(SEND, "", {})).status).toBe(400);
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: "SEALED" }));
    const before = await request(WAITING, "");
    expect(before.body).toMatchObject({ queue: { messages: 0 }, set_aside: { messages: 1, move: null }, alarms: [] });
    expect(JSON.stringify(before.body)).not.toContain("SEALED");
    expect(await request(SEND, "", why)).toEqual({ status: 200, body: { messages: 1 } });
    const { body } = await request(WAITING, "");
    expect(body).toMatchObject({ queue: { messages: 1 }, set_aside: { messages: 0, move: { moved: 1 } } });
    expect(recorded.at(-1)).toMatchObject({ act: "send messages again", outcome: "done" });
  });

  test("an alarm is told in both languages, with what voters lose and where it says what to do", () => {
    const AlarmDescription = [
      "Votes set aside. Some received votes could be neither accepted nor rejected. None is lost.",
      "Votes mis de côté. Des votes reçus n’ont pu être ni acceptés ni rejetés.",
      "Runbook: https://example.org/runbook.md#votes-set-aside",
    ].join("\n");
    const StateUpdatedTimestamp = new Date(NOW);
    expect(readAlarm({ AlarmDescription, StateValue: "ALARM", StateUpdatedTimestamp })).toEqual({
      title: { en: "Votes set aside", fr: "Votes mis de côté" },
      impact: {
        en: "Some received votes could be neither accepted nor rejected. None is lost.",
        fr: "Des votes reçus n’ont pu être ni acceptés ni rejetés.",
      },
      runbook: "https://example.org/runbook.md#votes-set-aside",
      is_ringing: true,
      is_unknown: false,
      since: at(0),
    });
    expect(readAlarm({ AlarmDescription: 'One of the conditions of the alarm "Votes have stopped".' })).toBeUndefined();
  });
});

test("an auditor, a registrar and an officer see all of it, an observer none, and only an officer acts", () => {
  for (const [route, { groups }] of Object.entries(POLLING_ROUTES)) {
    expect(groups).not.toContain("observer");
    expect([...groups]).toEqual(route.startsWith("GET ") ? ["officer", "registrar", "auditor"] : ["officer"]);
  }
});
