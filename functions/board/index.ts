import { BoardEnv } from "#functions/board/env.ts";
import { createBoardHandler } from "#functions/board/handler.ts";
import { postedCodes } from "#functions/board/posted-codes.ts";
import { dynamoDb } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";
import { bulletinBoardTable } from "#storage/bulletin-board-table.ts";
import { electionsTable } from "#storage/elections-table.ts";

const env = readEnvironment(BoardEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createBoardHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    posted: postedCodes(bulletinBoardTable(dynamodb, env.BOARD_TABLE), Date.now),
    now: Date.now,
  }),
);
