import type { Command } from "commander";
import { commandOf, print, type Reach, withConnection } from "#admin/commands/command-line.ts";
import { messagesSetAside, type SetAside, sendAgain } from "#admin/set-aside/set-aside.ts";
import { grouped } from "#admin/shared/grouped.ts";
import { layOut } from "#admin/terminal/text-table.ts";

const MINUTE_MS = 60_000;

function formatSetAside({ messages, oldestMs, move }: SetAside): string {
  const oldest = oldestMs === undefined ? "not measured" : `${grouped(Math.round(oldestMs / MINUTE_MS))} minutes`;
  const state = move?.isUnderWay ? "under way" : move?.hasFailed ? "failed" : "ended";
  return layOut(
    [
      ["set aside", grouped(messages)],
      ...(messages === 0 ? [] : [["oldest", oldest]]),
      ...(move === undefined ? [] : [["sent again", `${state}, ${grouped(move.moved)} moved`]]),
    ],
    [{}, {}],
  );
}

export function addSetAsideCommands(program: Command): void {
  const setAside = program.command("set-aside").description("messages that could not be decided ten times");

  commandOf(setAside, "show", "tell how many messages are set aside, and how old the oldest is").action(
    async (options: Reach) => {
      print(formatSetAside(await withConnection(options, (connection) => messagesSetAside(connection, Date.now()))));
    },
  );

  commandOf(
    setAside,
    "send-again",
    "send them all back to the queue of votes: each is decided as of the time of its post, and none twice",
  ).action(async (options: Reach) => {
    const { messages } = await withConnection(options, sendAgain);
    print(`sent again: ${grouped(messages)}`);
  });
}
