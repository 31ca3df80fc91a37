import { setTimeout as pause } from "node:timers/promises";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { FREE_GUESSES_AT_IDENTITY, guessingWindow } from "#core/guessing.ts";
import type { Attack } from "#load/attack/attack.ts";
import { addressNo, outcomeOf, post, RECEIVED, statusOf } from "#load/attack/shared/posting.ts";
import { type Ballot, requestOf } from "#load/shared/ballots.ts";
import { enrolElectorate } from "#load/shared/electorate.ts";
import { grouped } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { startSystem } from "#local/system.ts";
import { guessListKey } from "#storage/keys.ts";

const VICTIMS = 40;
const DECOYS = 20_000;
const WRITTEN_AT_ONCE = 25;
/** Each has a memory of its own, in which none of the victims is known for guessed at. */
const ENVIRONMENTS = 3;
const GUESSES_EACH = FREE_GUESSES_AT_IDENTITY + 1;
/** Environments read the list of those guessed at this often, and what is not delayed is decided by then. */
const LIST_READ_WITHIN_MS = 12_000;
const UNDELAYED_WITHIN_MS = 5_000;

/** Lists so many others as guessed at, before every true mark. */
async function listDecoys({ documents, dynamodb }: Connection, electionId: string): Promise<void> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => /guesses/i.test(name));
  if (table === undefined) throw new Error("there is no table of guesses");
  const place = guessListKey(electionId, guessingWindow(Date.now()));
  const expiresAt = Math.ceil(Date.now() / 1000) + 7_200;
  for (let start = 0; start < DECOYS; start += WRITTEN_AT_ONCE) {
    const rows = Array.from({ length: WRITTEN_AT_ONCE }, (_, index) => ({
      PutRequest: { Item: { place, row: `!${start + index}`, wrongGuesses: FREE_GUESSES_AT_IDENTITY, expiresAt } },
    }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [table]: rows } }));
  }
}

export const decoys: Attack = {
  name: "decoys",
  attacker: "outsider",
  told: `codes are guessed at ${VICTIMS} voters' numbers while the hour's list of such numbers is filled with ${grouped(DECOYS)} others, of which more is read than fits`,
  isShort: false,
  async run({ random }) {
    const system = await startSystem({ port: 0, believesAddresses: true, processes: { submit: ENVIRONMENTS } });
    const stop = looseEnd(system.stop);
    try {
      using connection = connectTo(system);
      const victims = (await enrolElectorate(system, VICTIMS * 2, random)).filter((_, index) => index % 2 === 1);
      const [
        {
          voter: { electionId },
        } = { voter: { electionId: "" } },
      ] = victims;
      let addresses = 0;
      const guess = ({ voter, ...ballot }: Ballot, number: number) => {
        const request = requestOf({ ...ballot, voter: { ...voter, code: `X${String(number).padStart(5, "0")}` } });
        return { ...request, from: addressNo(addresses++) };
      };
      for (let number = 0; number < GUESSES_EACH - 1; number++) {
        await Promise.all(victims.map((victim) => outcomeOf(system.url, guess(victim, number))));
      }
      await listDecoys(connection, electionId);
      await pause(LIST_READ_WITHIN_MS);
      const last = await Promise.all(victims.map((victim) => post(system.url, guess(victim, GUESSES_EACH))));
      await pause(UNDELAYED_WITHIN_MS);
      const received = last.filter(({ status }) => status === RECEIVED);
      const told = await Promise.all(received.map(({ requestId = "" }) => statusOf(system.url, requestId)));
      const atOnce = told.filter(({ status }) => status !== "queued").length;
      return {
        tried: VICTIMS * GUESSES_EACH,
        learnt: `${grouped(atOnce)} of ${VICTIMS} guesses at hidden numbers decided at once; ${grouped(received.length)} received`,
        isRepelled: atOnce === 0 && received.length === VICTIMS,
      };
    } finally {
      await stop();
    }
  },
};
