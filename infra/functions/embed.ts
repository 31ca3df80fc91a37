import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Construct } from "constructs";
import { LANGUAGES } from "#core/language.ts";
import { PICTURE_FILES } from "#functions/embed/contract.ts";
import type { EmbedEnv } from "#functions/embed/env.ts";
import type { Config } from "#infra/config.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{
  answers: Api;
  reads: Pick<Tables, "elections" | "tallies">;
  writes: Pick<Tables, "published">;
}>;

/** The files of the picture, read from the packages that they come from. */
function pictureFiles(): ReadonlyMap<string, Uint8Array> {
  return new Map(
    Object.entries(PICTURE_FILES).map(([name, source]) => [
      name,
      readFileSync(fileURLToPath(import.meta.resolve(source))),
    ]),
  );
}

/** Serves results as pages that other sites may frame, and as pictures. */
export class Embed extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads, writes }: Neighbours) {
    super(scope, "embed", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        TALLIES_TABLE: reads.tallies.tableName,
        PUBLISHED_TABLE: writes.published.tableName,
        SITE_ADDRESS: config.domain === undefined ? "none" : `https://${config.domain}`,
      } satisfies Variables<EmbedEnv>,
      files: pictureFiles(),
    });
    // Like `results` it publishes the next count when it is due; it reads no ballot.
    this.may(["GetItem", "Scan"], reads.elections)
      .may(["Query"], reads.tallies)
      .may(["DeleteItem", "GetItem", "PutItem"], writes.published);
    answers.pages(this, ...LANGUAGES.map((language) => `GET /${language}/embed/{address+}`));
  }
}
