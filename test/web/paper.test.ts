import { describe, expect, test } from "vitest";
import type { ElectionDefinition } from "#core/election.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { law, rankedRace } from "#test/definitions.ts";
import type { Step } from "#web/navigation.ts";
import { standingOf } from "#web/paper/standing.ts";
import { neighbour, type Question, questionsAsked, type Sight, sightAt, typedFor } from "#web/paper/visit.ts";
import { type Casting, codeOf } from "#web/vote/casting.ts";
import type { Session } from "#web/vote/session.ts";

/** One visit to a paper: a bylaw, and a mayor by region and ranking. */

const BLANK: Session = { credentials: {}, refusals: {} };
const asked = (definition: ElectionDefinition, status: PublicElection["status"] = "open") =>
  ({ election_id: definition.electionId, definition, status }) as PublicElection;
const bylaw = asked(law({ electionId: "bylaw", paper: "p" }));
const mayor = asked(rankedRace({ electionId: "mayor", paper: "p" }));

const yes: Partial<Session> = { regionId: "all", selection: { kind: "choice", choice: "oui" } };
const ada: Partial<Session> = { regionId: "1", selection: { kind: "ranking", candidateIds: ["1"] } };
const sealed = { envelope: "e", oneTimeKey: { publicKey: "p", privateKey: "k" }, trackingCode: "A".repeat(20) };
const waiting: Partial<Session> = { waiting: { ...sealed, regionId: "1", sealedAtMs: 1 } };
const codes = { sealed: "A".repeat(20), received: "A".repeat(20) };
const problem = { type: "about:blank", title: "t", detail: "d", status: 400 };
const queued: Casting = { stage: "queued", slow: false, isHeard: true, codes, requestId: "r" };
const settled = (status: "accepted" | "duplicate"): Casting => ({
  stage: "settled",
  outcome: { status, tracking_code: codes.received, message: "" },
  codes,
  requestId: "r",
});

const visit = (ofBylaw: Partial<Session>, ofMayor: Partial<Session>, regionId: string | undefined = "1") =>
  questionsAsked([bylaw, mayor], regionId, (id) => ({ ...BLANK, ...(id === "bylaw" ? ofBylaw : ofMayor) }));

/** The step shown, and on a ballot whose. */
function shown(
  step: Step,
  questions: readonly Question[],
  more: { question?: string; isTyped?: boolean } = {},
): string {
  const sight: Sight = sightAt({ path: "/", step, question: more.question }, questions, more.isTyped === true);
  return sight.step === "ballot" ? sight.question.election.election_id : sight.step;
}

describe("before anything is cast, a voter", () => {
  test("chooses the region first, once for all questions", () => {
    expect(shown("ballot", visit({}, {}, ""))).toBe("region");
    expect(shown("ballot", visit(yes, {}, "nowhere"))).toBe("region");
    expect(shown("ballot", visit({}, { isLeftOut: true }, ""))).toBe("bylaw");
  });

  test("comes to each ballot asked for, to the first by the paper's address, and never past one that is undecided", () => {
    expect(shown("ballot", visit({}, {}))).toBe("bylaw");
    expect(shown("ballot", visit(yes, ada))).toBe("bylaw");
    expect(shown("ballot", visit({}, {}), { question: "mayor" })).toBe("mayor");
    expect(shown("ballot", visit({}, {}), { question: "other" })).toBe("bylaw");
    expect(shown("identity", visit(yes, {}))).toBe("mayor");
    expect(shown("review", visit({}, ada), { isTyped: true })).toBe("bylaw");
    // Marked for another region.
    expect(shown("identity", visit(yes, { ...ada, regionId: "2" }))).toBe("mayor");
  });

  test("identifies once all are marked or left out, and reviews them once that is done", () => {
    expect(shown("identity", visit(yes, ada))).toBe("identity");
    expect(shown("review", visit(yes, ada))).toBe("identity");
    expect(shown("review", visit(yes, { isLeftOut: true }), { isTyped: true })).toBe("review");
    expect(shown("review", visit(yes, { ...ada, refusals: { nas: "no" } }), { isTyped: true })).toBe("identity");
    expect(shown("stub", visit(yes, ada), { isTyped: true })).toBe("review");
    expect(shown("review", visit({ isLeftOut: true }, { isLeftOut: true }), { isTyped: true })).toBe("bylaw");
  });

  test("goes from ballot to ballot", () => {
    const [first, second] = visit({}, {});
    if (first === undefined || second === undefined) throw new Error("there are two");
    expect(neighbour([first, second], first, 1)).toBe(second);
    expect(neighbour([first, second], second, 1)).toBeUndefined();
    expect(neighbour([first, second], second, -1)).toBe(first);
    expect(neighbour([first, second], first, -1)).toBeUndefined();
  });
});

describe("once something is cast, a voter", () => {
  test("sees how all stand, and comes back to what can still be done", () => {
    const partly = visit({ casting: settled("accepted") }, ada);
    expect(shown("stub", partly)).toBe("stub");
    expect(shown("ballot", partly)).toBe("stub");
    expect(shown("ballot", partly, { question: "bylaw" })).toBe("stub");
    expect(shown("ballot", partly, { question: "mayor" })).toBe("mayor");
    expect(shown("identity", partly)).toBe("identity");
    expect(shown("review", partly, { isTyped: true })).toBe("review");
    expect(shown("review", visit({ casting: queued }, { casting: queued }), { isTyped: true })).toBe("stub");
    expect(shown("review", visit({ casting: queued }, {}), { isTyped: true })).toBe("stub");
  });

  test("chooses another region for what was refused for the first one", () => {
    expect(shown("ballot", visit({ casting: settled("accepted") }, ada, ""))).toBe("region");
    expect(shown("stub", visit({ casting: settled("accepted") }, ada, ""))).toBe("stub");
  });

  test("first sees what was sealed before a reload, and then can send it", () => {
    expect(shown("ballot", visit({}, waiting))).toBe("stub");
    expect(shown("stub", visit({}, waiting, ""))).toBe("stub");
    expect(shown("identity", visit({}, waiting, ""))).toBe("identity");
    expect(shown("review", visit({}, waiting), { isTyped: true })).toBe("review");
    expect(shown("stub", visit({}, { ...waiting, refusals: { nas: "no" } }), { isTyped: true })).toBe("identity");
  });
});

test("a question that is not open is left out, unless its ballot was cast before", () => {
  const over = asked(law({ electionId: "over", paper: "p" }), "closed");
  const ids = (session: Partial<Session>) =>
    questionsAsked([bylaw, over], undefined, () => ({ ...BLANK, ...session })).map(
      ({ election }) => election.election_id,
    );
  expect(ids({})).toEqual(["bylaw"]);
  expect(ids({ casting: queued })).toEqual(["bylaw", "over"]);
});

test("what was typed for one question is typed for all that will be cast", () => {
  expect(typedFor(visit({ credentials: { nas: "1", code: "A" } }, {}))).toEqual({ nas: "1", code: "A" });
});

describe("how the ballots stand together", () => {
  const altered: Casting = { ...queued, codes: { ...codes, received: "B".repeat(20) } };
  test.each([
    [
      "on their way while one is",
      { casting: { stage: "sending" } as const },
      { casting: settled("duplicate") },
      "moving",
      0,
      2,
      ["mayor"],
    ],
    [
      "amiss when one was refused",
      { casting: settled("accepted") },
      { casting: settled("duplicate") },
      "amiss",
      1,
      2,
      ["mayor"],
    ],
    ["amiss when one waits for its voter", { casting: queued }, waiting, "amiss", 0, 2, ["mayor"]],
    ["amiss when one was altered", { casting: altered }, { casting: queued }, "amiss", 0, 2, ["bylaw"]],
    ["in the queue while one is", { casting: settled("accepted") }, { casting: queued }, "queued", 1, 2, []],
    [
      "in the box when all are",
      { casting: settled("accepted") },
      { casting: settled("accepted") },
      "accepted",
      2,
      2,
      [],
    ],
    [
      "in the box without one that was left out",
      { casting: settled("accepted") },
      { isLeftOut: true },
      "accepted",
      1,
      1,
      [],
    ],
  ] as const)("%s", (_, ofBylaw, ofMayor, kind, accepted, ballots, amiss) => {
    const standing = standingOf(visit(ofBylaw, ofMayor));
    expect({ ...standing, amiss: standing.amiss.map(({ election_id }) => election_id) }).toEqual({
      kind,
      accepted,
      ballots,
      amiss,
    });
  });

  test("a tracking code is shown of what was sealed, is not known to have been altered, and was not refused", () => {
    expect(codeOf({ casting: queued })).toBe(codes.sealed);
    expect(codeOf({ casting: settled("accepted") })).toBe(codes.sealed);
    for (const casting of [{ stage: "sending" }, { stage: "held", cause: "offline" }] as const) {
      expect(codeOf({ casting, sealed })).toBe(sealed.trackingCode);
      expect(codeOf({ casting })).toBeUndefined();
    }
    for (const casting of [altered, settled("duplicate"), { stage: "refused", problem } as const]) {
      expect(codeOf({ casting, sealed })).toBeUndefined();
    }
    expect(codeOf({ sealed })).toBeUndefined();
  });
});
