import { createHash } from "node:crypto";
import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { sealEnvelope } from "#core/envelope.ts";
import { countBallot, type Selection, writeSelection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { createElectionsHandler } from "#functions/elections/handler.ts";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { definitionText } from "#storage/definition-parts.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";
import { sealerTo } from "#storage/hpke.ts";
import { importPublicKey } from "#storage/x25519.ts";
import { law, OPENING, paperOfThree, stated } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
import { startStore } from "#test/storage/store.ts";

/** Elections that are questions of one paper. */

const forRehearsal = law({
  electionId: "PT-bylaw",
  paper: "PT",
  test: true,
  title: { fr: "ESSAI – Règlement", en: "TEST – Bylaw" },
});
const registered = [law(), ...paperOfThree(), forRehearsal].map(
  (definition): RegisteredElection => ({ definition, publicKey: "", opening: OPENING, rollCounts: new Map() }),
);

describe("the questions of a paper", () => {
  const handler = createElectionsHandler({
    elections: {
      list: async () => registered,
      find: async (id) => registered.find(({ definition }) => definition.electionId === id),
    },
    openingOf: async () => undefined,
    changesOf: async () => undefined,
    biographiesOf: async () => "{}",
    now: Date.now,
  });
  const read = async (routeKey: string, pathParameters: Record<string, string> = {}) => {
    const event = { routeKey, pathParameters, headers: {} } as unknown as HttpEvent;
    return JSON.parse(String((await handler(event, {} as Context)).body));
  };

  test("name it, in the list and one by one", async () => {
    const all: { election_id: string; paper: string | null }[] = await read("GET /api/v1/elections");
    expect(all.map(({ election_id, paper }) => [election_id, paper])).toEqual([
      ["L1", null],
      ["P1-mayor", "P1"],
      ["P1-council", "P1"],
      ["P1-bylaw", "P1"],
    ]);
    const one = await read("GET /api/v1/elections/{election_id}", { election_id: "P1-council" });
    expect(one).toMatchObject({ paper: "P1", definition: { paper: "P1" } });
  });

  test("are found together by its id, for rehearsal too", async () => {
    const questions: { election_id: string }[] = await read("GET /api/v1/papers/{paper_id}", { paper_id: "P1" });
    expect(questions.map(({ election_id }) => election_id)).toEqual(["P1-mayor", "P1-council", "P1-bylaw"]);
    expect(await read("GET /api/v1/papers/{paper_id}", { paper_id: "PT" })).toMatchObject([
      { election_id: "PT-bylaw" },
    ]);
    const none = await read("GET /api/v1/papers/{paper_id}", { paper_id: "L1" });
    expect(none).toMatchObject({ status: 404, type: "/api/v1/docs#unknown-election" });
  });

  test("a definition without one is stored byte for byte as before there were papers", () => {
    const { paper, ...before } = paperOfThree()[2];
    expect(definitionText(law({ ...before, paper: undefined }))).toBe(definitionText(law(before)));
    expect(definitionText(law(before))).not.toContain("paper");
    expect(definitionText(paperOfThree()[2])).toContain(`"paper":"${paper}"`);
  });
});

test("a voter's ballots in three questions are counted once each, however often they are delivered", async () => {
  const store = await startStore();
  try {
    const asked = paperOfThree();
    const selections: readonly Selection[] = [
      { kind: "ranking", candidateIds: ["2", "1"] },
      { kind: "marks", candidateIds: ["1", "2"] },
      { kind: "choice", choice: "oui" },
    ];
    const cast = await Promise.all(
      asked.map(async (definition, question) => {
        const regionId = definition.regions.length === 0 ? "all" : "1";
        const hash = createHash("sha256").update(`${definition.electionId} voter`).digest("base64url");
        const { publicKey } = await store.register(definition, [{ hash, regionId }]);
        const selection = selections[question] ?? { kind: "blank" };
        const oneTimeKey = makeOneTimeKey();
        const envelope = await sealEnvelope(
          sealerTo(importPublicKey(publicKey)),
          stated(definition),
          { regionId, oneTimeKey },
          selection,
        );
        const trackingCode = trackingCodeOf(
          createHash("sha256").update(trackedBytes({ oneTimeKey, envelope })).digest(),
        );
        const castAt = "2026-01-01T00:00:00.000Z";
        const { electionId } = definition;
        const ballot = await store.stamp({ hash, electionId, regionId, oneTimeKey, envelope, castAt, trackingCode });
        return { definition, regionId, ballot, counted: writeSelection(selection) };
      }),
    );
    const ballots = cast.map(({ ballot }) => ballot);
    // Sent together, and one of them again.
    for (const sent of [ballots, ballots.slice(1, 2), ballots]) {
      const { batchItemFailures } = await store.validate(sqsEvent(sent, Date.now()), undefined);
      expect(batchItemFailures).toEqual([]);
    }
    for (const { definition, regionId, counted } of cast) {
      const expected = new Map<string, number>();
      countBallot(expected, counted);
      const records = await store.streamRecords(definition.electionId, 1);
      for (const shard of ["a", "a"]) await store.tally(shard, records, undefined);
      expect(await store.tallyOf(definition, regionId)).toEqual(expected);
    }
  } finally {
    await store.stop();
  }
});
