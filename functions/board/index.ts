import { BoardEnv } from "#functions/board/env.ts";
import { createBoardHandler } from "#functions/board/handler.ts";
import { postedCodes } from "#functions/board/posted-codes.ts";
import { dynamoDb } from "#functions/shared/aws-clients.ts";
import { boardTable } from "#functions/shared/board-table.ts";
import { electionsTable } from "#functions/shared/elections-table.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { httpFunction } from "#functions/shared/http.ts";

const env = readEnvironment(BoardEnv, process.env);
const dynamodb = dynamoDb();

export const handler = httpFunction(
  createBoardHandler({
    elections: electionsTable(dynamodb, env.ELECTIONS_TABLE),
    posted: postedCodes(boardTable(dynamodb, env.BOARD_TABLE), Date.now),
    now: Date.now,
  }),
);
