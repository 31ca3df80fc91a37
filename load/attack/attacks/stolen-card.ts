import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Attack } from "#load/attack/attack.ts";
import { requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { exchange } from "#load/shared/exchange.ts";
import { grouped } from "#load/shared/report.ts";

const Receipt = z.object({ request_id: z.string() });
const Status = z.looseObject({ status: z.string() });
const POLL_MS = 50;
const PATIENCE_MS = 30_000;
const AN_INSTANT = /\d\d:\d\d/;

export const stolenCard: Attack = {
  name: "stolen-card",
  attacker: "outsider",
  told: "whoever copied voters' cards casts a ballot after each of them, and asks when the first one was received",
  async run({ system, isFull, random }) {
    const voters = await enrolElectorate(system, isFull ? 50 : 2, random);

    /** Casts a ballot and waits for its outcome; the answer as text. */
    const outcomeOf = async ({ path, body }: Readonly<{ path: string; body: string }>): Promise<string> => {
      const { request_id } = Receipt.parse(JSON.parse((await exchange(`${system.url}${path}`, body)).text));
      for (const deadlineMs = Date.now() + PATIENCE_MS; Date.now() < deadlineMs; await sleep(POLL_MS)) {
        const { text } = await exchange(`${system.url}/api/v1/votes/${request_id}`);
        if (Status.parse(JSON.parse(text)).status !== "queued") return text;
      }
      throw new Error("a ballot was not decided");
    };

    const told = await Promise.all(
      voters.map(async (ballot) => {
        await outcomeOf(requestOf(ballot));
        return outcomeOf(requestOf(ballot));
      }),
    );
    const times = told.filter((text) => Status.parse(JSON.parse(text)).status !== "duplicate" || AN_INSTANT.test(text));
    return {
      tried: told.length,
      learnt: `the time of ${grouped(times.length)} ballots`,
      isRepelled: times.length === 0,
    };
  },
};
