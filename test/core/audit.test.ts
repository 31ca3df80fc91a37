import { describe, expect, test } from "vitest";
import { type ConsoleAct, filterAudit, mergeAudit, pageOfAudit, RECORDED } from "#core/audit.ts";

const minute = (index: number): number => Date.UTC(2027, 4, 1, 12, index);
const iso = (ms: number): string => new Date(ms).toISOString();

function act(index: number, more: Partial<ConsoleAct> = {}): ConsoleAct {
  return {
    id: `${iso(minute(index))}#${index}`,
    electionId: "1",
    atMs: minute(index),
    untilMs: minute(index) + 2_000,
    act: "extend",
    who: "Ada Roy",
    subject: "ada",
    address: "192.0.2.7",
    reason: "rain",
    outcome: "done",
    ...more,
  };
}
const change = (atMs: number, who = "Ada Roy", what = "closing extended") => ({ at: iso(atMs), what, who });

describe("the audit", () => {
  test("what an act in the console recorded with its election is one entry", () => {
    const entries = mergeAudit([act(5)], [{ electionId: "1", changes: [change(minute(5) + 1_200)] }]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ act: "extend", subject: "ada", reason: "rain", recorded: ["closing extended"] });
  });

  test("what the command line recorded is an entry of its own, also of somebody of the same name", () => {
    const changes = [change(minute(1), "ada"), change(minute(9)), change(minute(5) + 1_200, "Bo Lee")];
    const entries = mergeAudit([act(5)], [{ electionId: "1", changes }]);
    expect(entries.map(({ act: name, who }) => [name, who])).toEqual([
      [RECORDED, "Ada Roy"],
      [RECORDED, "Bo Lee"],
      ["extend", "Ada Roy"],
      [RECORDED, "ada"],
    ]);
  });

  test("what was recorded with another election at that moment does not belong to the act", () => {
    const entries = mergeAudit([act(5)], [{ electionId: "2", changes: [change(minute(5) + 10)] }]);
    expect(entries.map(({ electionId }) => electionId)).toEqual(["2", "1"]);
  });

  test("an election that was registered in the console is named by what is recorded with it", () => {
    const registering = act(5, { electionId: undefined, act: "register" });
    const [entry, ...others] = mergeAudit(
      [registering],
      [{ electionId: "3", changes: [change(minute(5), "Ada Roy", "registered")] }],
    );
    expect(entry).toMatchObject({ electionId: "3", act: "register", recorded: ["registered"] });
    expect(others).toEqual([]);
  });

  test("nothing is lost: several changes of one act are all told, oldest first", () => {
    const changes = [
      change(minute(5) + 1, "Ada Roy", "corrected summary"),
      change(minute(5) + 2, "Ada Roy", "corrected contact"),
    ];
    const [entry] = mergeAudit([act(5)], [{ electionId: "1", changes }]);
    expect(entry?.recorded).toEqual(["corrected summary", "corrected contact"]);
  });

  test("a filter goes by election, part of a name, act, and a span with its first and without its last instant", () => {
    const entries = mergeAudit([act(1), act(2, { who: "Bo Lee", act: "cancel" }), act(3, { electionId: "2" })], []);
    const minutes = (filter: Parameters<typeof filterAudit>[1]): number[] =>
      filterAudit(entries, filter).map(({ at }) => new Date(at).getUTCMinutes());
    expect(minutes({})).toEqual([3, 2, 1]);
    expect(minutes({ electionId: "1" })).toEqual([2, 1]);
    expect(minutes({ who: "lee" })).toEqual([2]);
    expect(minutes({ act: "extend" })).toEqual([3, 1]);
    expect(minutes({ fromMs: minute(1), toMs: minute(3) })).toEqual([2, 1]);
  });

  test("pages hold every entry once, also when acts are added meanwhile", () => {
    const acts = Array.from({ length: 7 }, (_, index) => act(index));
    const before = mergeAudit(acts, []);
    const first = pageOfAudit(before, undefined, 3);
    const later = mergeAudit([...acts, act(20)], []);
    const second = pageOfAudit(later, first.next, 3);
    const third = pageOfAudit(later, second.next, 3);
    expect([first, second, third].flatMap(({ page }) => page)).toEqual(before);
    expect(third.next).toBeUndefined();
  });
});
