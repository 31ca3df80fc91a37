import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { DEMO_FOLDER } from "#local/demo.ts";

/** The election that the runbook's commands are run on, from its definition to the end of its pepper, within two minutes. */

const ELECTION_ID = "practice";
/** Enough for what must be done before the closing is extended. */
const OPEN_FOR_MS = 90_000;
/** Functions keep a definition for 5 s. */
const EXTENDED_BY_MS = 10_000;
/** Certification waits for a minute after the closing, and this much more for the clock. */
const SETTLED_AFTER_MS = 61_000;
const DECIDED_WITHIN_MS = 60_000;

const VOTERS = ["PRA001", "PRA002", "PRA003"].map((code, n) => ({ nas: String(310_000_000 + n), code }));
const Receipt = z.object({ request_id: z.string() });
const Outcome = z.object({ status: z.string() });
const Stated = /^opening +(\w{64})$[\s\S]*^signing key +(.+)$/m;

export type PracticeElection = Readonly<{
  /** What is typed for words of the document. */
  words: ReadonlyMap<string, string>;
  /** What is typed when a command asks. */
  answers: string;
  /** Votes, once a command has said that the opening is stated. */
  hear(said: string): Promise<void>;
  untilCertifiable(): Promise<void>;
}>;

/** Casts a ballot, and waits until it is in the box. */
async function vote(siteUrl: string, credentials: Readonly<{ nas: string; code: string }>): Promise<void> {
  const ballot = { ...credentials, election_id: ELECTION_ID, region_id: "1", blank: true };
  const untilMs = Date.now() + DECIDED_WITHIN_MS;
  let asked: string | undefined;
  while (Date.now() < untilMs) {
    const answer =
      asked === undefined
        ? await fetch(`${siteUrl}/api/v1/elections/vote`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(ballot),
          })
        : await fetch(asked);
    const said: unknown = await answer.json();
    if (answer.status === 202) asked = `${siteUrl}/api/v1/votes/${Receipt.parse(said).request_id}`;
    else if (asked !== undefined && Outcome.parse(said).status === "accepted") return;
    await pause(500);
  }
  throw new Error(`a ballot of the practice election was not accepted within ${DECIDED_WITHIN_MS / 1000} s`);
}

/** @param folder where the commands are typed; the files that they name are made there */
export async function practiceElection(folder: string, siteUrl: string): Promise<PracticeElection> {
  const nowMs = Date.now();
  const closesAtMs = nowMs + OPEN_FOR_MS;
  const extendedMs = closesAtMs + EXTENDED_BY_MS;
  const demo = z.looseObject({}).parse(JSON.parse(await readFile(join(DEMO_FOLDER, "election-1.json"), "utf8")));
  const [opensAt, closesAt] = [nowMs, closesAtMs].map((ms) => new Date(ms).toISOString());
  await mkdir(join(folder, "elections"), { recursive: true });
  await writeFile(
    join(folder, "elections/election-1.json"),
    JSON.stringify({ ...demo, electionId: ELECTION_ID, opensAt, closesAt }),
  );
  const rows = VOTERS.map(({ nas, code }) => `${nas},${code},1\n`);
  await writeFile(join(folder, "voters.csv"), `nas,code,region_id\n${rows.join("")}`);
  const words = new Map([
    ["1", ELECTION_ID],
    ["2026-10-19T21:00:00-04:00", new Date(extendedMs).toISOString()],
  ]);
  return {
    words,
    answers: `${ELECTION_ID}\n${ELECTION_ID}\n`,
    hear: async (said) => {
      const [, opening, fingerprint] = words.has("SHA256") ? [] : (Stated.exec(said) ?? []);
      if (opening === undefined || fingerprint === undefined) return;
      words.set("SHA256", opening).set("FINGERPRINT", fingerprint.trim());
      await Promise.all(VOTERS.map((voter) => vote(siteUrl, voter)));
    },
    untilCertifiable: () => pause(Math.max(0, extendedMs + SETTLED_AFTER_MS - Date.now())),
  };
}
