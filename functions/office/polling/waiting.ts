import { attributesOf, oldestAgeMs, total } from "#admin/certification/waiting.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { messagesSetAside } from "#admin/set-aside/set-aside.ts";
import { alarmsOf } from "#functions/office/polling/alarms.ts";
import type { WaitingFigures } from "#functions/office/polling/contract.ts";
import { logFailure } from "#functions/runtime/observability.ts";

/** What waits in the queues of all elections, and which alarms ring. */

/** One part that fails does not hide the others. */
async function orNull<T>(what: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    logFailure(`polling day does without ${what}`, error);
    return null;
  }
}

async function queueOf(connection: Connection, atMs: number): Promise<NonNullable<WaitingFigures["queue"]>> {
  const messages = total(await attributesOf(connection, connection.votesQueueUrl));
  const oldestMs = messages === 0 ? 0 : await oldestAgeMs(connection, connection.votesQueueUrl, atMs);
  return { messages, oldest_ms: oldestMs ?? null };
}

async function setAsideOf(connection: Connection, atMs: number): Promise<NonNullable<WaitingFigures["set_aside"]>> {
  const { messages, oldestMs, move } = await messagesSetAside(connection, atMs);
  return {
    messages,
    oldest_ms: oldestMs ?? null,
    move:
      move === undefined
        ? null
        : {
            is_under_way: move.isUnderWay,
            has_failed: move.hasFailed,
            moved: move.moved,
            started_at: move.startedAt ?? null,
          },
  };
}

export async function waitingFigures(connection: Connection, stage: string, atMs: number): Promise<WaitingFigures> {
  const [queue, setAside, alarms] = await Promise.all([
    orNull("the queue", queueOf(connection, atMs)),
    orNull("what is set aside", setAsideOf(connection, atMs)),
    orNull("the alarms", alarmsOf(connection.cloudwatch, stage)),
  ]);
  return { updated_at: new Date(atMs).toISOString(), queue, set_aside: setAside, alarms };
}
