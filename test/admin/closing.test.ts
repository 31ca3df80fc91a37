import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { formatElection } from "#admin/commands/election-report.ts";
import { closeElection } from "#admin/elections/closing.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { extendElection, postponeElection } from "#admin/elections/times.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";
import { type Office, openOffice } from "#test/admin/office.ts";
import { law, race } from "#test/definitions.ts";

const BEFORE = Date.parse("2024-12-01T00:00:00Z");
const DURING = Date.parse("2025-06-01T00:00:00Z");
const CLOSES = "2025-07-01T00:00:00Z";
const LATER = "2025-07-02T00:00:00Z";
const AFTER = Date.parse("2025-08-01T00:00:00Z");

let office: Office;
let electionId: string;
let elections = 0;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  electionId = `C${++elections}`;
  await applyElection(office.connection, law({ electionId, closesAt: CLOSES }), { who: "Ada", atMs: BEFORE });
});

const stored = () => findElection(office.connection, electionId);
const extend = (closesAt: string, atMs: number) =>
  extendElection(office.connection, electionId, closesAt, { who: "Bo", atMs });
const close = (atMs: number, who = "Bo") => closeElection(office.connection, electionId, { who, atMs });

describe("extending an election", () => {
  test.each([BEFORE, DURING])("only moves its closing later, and records when and by whom", async (atMs) => {
    const before = await stored();
    await extend(LATER, atMs);
    const after = await stored();
    expect(after?.definition).toEqual({ ...before?.definition, closesAt: LATER });
    expect(after?.stateChanges.at(-1)).toEqual({
      at: new Date(atMs).toISOString(),
      what: `closing extended from ${CLOSES} to ${LATER}, reason not given`,
      who: "Bo",
    });
  });

  test.each([
    ["earlier", "2025-06-30T00:00:00Z", /^The closing of election \S+ can only move later than /],
    ["to the same instant in another time zone", "2025-06-30T20:00:00-04:00", /^The closing .* can only move later/],
    ["to a day without a time", "2025-07-02", /^closesAt: must be a date and time with its offset, such as "2026/],
    ["to a time without its offset", "2025-07-02T00:00:00", /^closesAt: must be a date and time with its offset/],
  ])("never moves it %s, and the refusal names the field and the rule", async (_, closesAt, sentence) => {
    const before = await stored();
    await expect(extend(closesAt, DURING)).rejects.toThrow(sentence);
    expect(await stored()).toEqual(before);
  });

  test("is refused after closing, and for an unknown election", async () => {
    await expect(extend("2030-01-01T00:00:00Z", AFTER)).rejects.toThrow(
      `Voting in election ${electionId} has closed: closesAt can no longer change.`,
    );
    await expect(extendElection(office.connection, "nobody", LATER, { who: "Bo" })).rejects.toThrow(
      "There is no election nobody",
    );
  });

  test("by several officers at once loses no granted extension", async () => {
    const days = ["03", "04", "05", "06", "07"];
    const outcomes = await Promise.allSettled(days.map((day) => extend(`2025-07-${day}T00:00:00Z`, DURING)));
    const granted = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.record.what] : []));
    expect(granted.length).toBeGreaterThanOrEqual(1);
    const election = await stored();
    expect(election?.stateChanges.slice(1).map(({ what }) => what)).toEqual(expect.arrayContaining(granted));
    expect(election?.stateChanges).toHaveLength(1 + granted.length);
  });
});

describe("a time that may be a slip", () => {
  const answered: string[] = [];
  const asking = (answer: boolean) => async (question: string) => {
    answered.push(question);
    return answer;
  };
  const extendAsking = (closesAt: string, answer?: boolean) =>
    extendElection(office.connection, electionId, closesAt, {
      ...{ who: "Bo", atMs: DURING },
      ...(answer !== undefined && { confirm: asking(answer) }),
    });

  test.each([
    ["more than three days later", "2025-07-04T00:00:01Z", /would move by 3 days/],
    ["in another year of the election’s time zone", "2026-07-01T00:00:00Z", /would move into another year, 2026/],
  ])("%s is asked about, and refused without a yes", async (_, closesAt, question) => {
    const before = await stored();
    await expect(extendAsking(closesAt)).rejects.toThrow(question);
    await expect(extendAsking(closesAt, false)).rejects.toThrow("Nothing was changed: say that it is meant.");
    expect(await stored()).toEqual(before);
    await extendAsking(closesAt, true);
    expect(answered.at(-1)).toMatch(question);
    expect((await stored())?.definition.closesAt).toBe(closesAt);
  });

  test("three days later to the second is not", async () => {
    await extendAsking("2025-07-04T00:00:00Z");
    expect((await stored())?.definition.closesAt).toBe("2025-07-04T00:00:00Z");
  });
});

describe("an extension", () => {
  const open = () => stateOpening(office.connection, electionId, { who: "Ada", atMs: BEFORE });

  test("can be taken back to any time still ahead that is not before the first closing", async () => {
    await open();
    await extend("2025-07-03T00:00:00Z", DURING);
    for (const early of ["2025-06-30T23:59:59Z", "2025-07-03T00:00:00Z"]) {
      await expect(extend(early, DURING)).rejects.toThrow(/can only move later than (?:June|July) \d+, 2025/);
    }
    const { record, newest } = await extend(LATER, DURING);
    expect(record.what).toBe(`extension taken back from 2025-07-03T00:00:00Z to ${LATER}, reason not given`);
    expect(newest).toMatch(/^[0-9a-f]{64}$/);
    await extend(CLOSES, DURING);
    expect((await stored())?.definition.closesAt).toBe(CLOSES);
  });

  test("cannot be taken back to a time that has passed, or comes in less than a minute", async () => {
    await open();
    await extend("2025-07-03T00:00:00Z", DURING);
    for (const at of ["2025-07-02T00:00:01Z", "2025-07-01T23:59:01Z"]) {
      await expect(extend(LATER, Date.parse(at))).rejects.toThrow(/still ahead, by a minute at least/);
    }
    await extend(LATER, Date.parse("2025-07-01T23:59:00Z"));
    expect((await stored())?.definition.closesAt).toBe(LATER);
  });
});

describe("postponing an election", () => {
  const OPENS = "2025-01-01T00:00:00Z";
  const later = { opensAt: "2025-07-10T08:00:00-04:00", closesAt: "2025-07-11T20:00:00-04:00" };
  const postpone = (times: Readonly<{ opensAt: string; closesAt: string }>, atMs = BEFORE) =>
    postponeElection(office.connection, electionId, times, {
      ...{ who: "Bo", reason: "ice storm", atMs },
      confirm: async () => true,
    });

  test.each([true, false])("moves both times, and says why (opening stated: %s)", async (isStated) => {
    if (isStated) await stateOpening(office.connection, electionId, { who: "Ada", atMs: BEFORE });
    const { record, newest } = await postpone(later);
    expect(record.what).toBe(
      `postponed: opening ${OPENS} to ${later.opensAt}, closing ${CLOSES} to ${later.closesAt}, reason: ice storm`,
    );
    expect(newest === undefined).toBe(!isStated);
    expect((await stored())?.definition).toMatchObject(later);
  });

  test("is refused once voting is open, to an earlier time, and to one that closes before it opens", async () => {
    await stateOpening(office.connection, electionId, { who: "Ada", atMs: BEFORE });
    const before = await stored();
    for (const atMs of [DURING, Date.parse(OPENS) - 59_000]) {
      await expect(postpone(later, atMs)).rejects.toThrow(/can be postponed until a minute before/);
    }
    await expect(postpone({ ...later, opensAt: "2024-12-24T00:00:00Z" })).rejects.toThrow(/^opensAt: .*later time/);
    await expect(postpone({ ...later, closesAt: later.opensAt })).rejects.toThrow(/closesAt: voting must close after/);
    expect(await stored()).toEqual(before);
  });
});

describe("closing an election", () => {
  test("is refused before the closing time, and the refusal says when voting ends", async () => {
    for (const atMs of [BEFORE, DURING]) {
      await expect(close(atMs)).rejects.toThrow(
        `closesAt: voting in election ${electionId} ends at ${CLOSES}; it is closed after that and never sooner.`,
      );
    }
    expect((await stored())?.stateChanges).toHaveLength(1);
  });

  test("after the closing time is recorded once, with when and by whom, and changes no definition", async () => {
    const before = await stored();
    const record = { at: new Date(AFTER).toISOString(), what: "closed", who: "Bo" };
    expect(await close(AFTER)).toEqual({ outcome: "closed", record });
    expect(await close(AFTER + 1000, "Cy")).toEqual({ outcome: "already-closed", record });
    const after = await stored();
    expect(after?.definition).toEqual(before?.definition);
    expect(after?.stateChanges.slice(1)).toEqual([record]);
  });

  test("waits for the extended closing time", async () => {
    await extend(LATER, DURING);
    await expect(close(Date.parse(CLOSES))).rejects.toThrow(`ends at ${LATER}`);
    expect(await close(Date.parse(LATER))).toMatchObject({ outcome: "closed" });
  });

  test("by two officers at once is recorded once", async () => {
    await Promise.allSettled([close(AFTER, "Bo"), close(AFTER, "Cy")]);
    expect((await stored())?.stateChanges.filter(({ what }) => what === "closed")).toHaveLength(1);
  });
});

test("an election is shown with its contests, its roll and its history", async () => {
  await applyElection(office.connection, race({ electionId: "shown" }), { who: "Ada", atMs: DURING });
  await extendElection(office.connection, "shown", "2100-01-01T00:00:00Z", { who: "Bo", atMs: DURING });
  const found = await findElection(office.connection, "shown");
  if (found === undefined) throw new Error("it was registered a moment ago");
  expect(formatElection(found, DURING)).toMatch(/^status +unstated$/m);
  await stateOpening(office.connection, "shown", { who: "Cy", atMs: DURING });
  const stated = await findElection(office.connection, "shown");
  const text = formatElection(stated ?? found, DURING);
  expect(text).toMatch(/^status +open$/m);
  expect(text).toMatch(/^opening +[0-9a-f]{64}$/m);
  expect(text).toMatch(/^closes +2100-01-01T00:00:00Z \(shown to voters in America\/Toronto\)$/m);
  expect(text).toMatch(/^1 +Region 1 +2 +0$/m);
  expect(text).toMatch(/^2025-06-01T00:00:00.000Z +Ada +registered$/m);
  expect(text).toMatch(/^2025-06-01T00:00:00.000Z +Bo +closing extended from 2099-12-31T23:59:59Z to 2100/m);
});
