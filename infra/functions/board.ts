import type { Construct } from "constructs";
import type { BoardEnv } from "#functions/board/env.ts";
import type { Config } from "#infra/config.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{ answers: Api; reads: Pick<Tables, "elections" | "board"> }>;

/** Says whether the ballot with a tracking code is in the box. */
export class Board extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads }: Neighbours) {
    super(scope, "board", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      isUntraced: true,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        BOARD_TABLE: reads.board.tableName,
      } satisfies Variables<BoardEnv>,
    });
    this.may(["Scan"], reads.elections).may(["Query"], reads.board);
    answers.routes(this, "POST /board");
  }
}
