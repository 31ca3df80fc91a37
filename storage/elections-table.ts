import { type AttributeValue, type DynamoDBClient, GetItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { type Election, ElectionDefinition } from "#core/election.ts";
import { keepAnswers } from "#storage/kept-answers.ts";
import { StatedOpening } from "#storage/stated-opening.ts";

/** An election with the number of voters on its roll, by region, and what was fixed before voting, once it is stated. */
export type RegisteredElection = Election &
  Readonly<{ rollCounts: ReadonlyMap<string, number>; opening?: StatedOpening | undefined }>;

export type Elections = Readonly<{
  /** The election with this id; undefined when there is none. */
  find(electionId: string): Promise<RegisteredElection | undefined>;
  /** All elections, ordered by id. */
  list(): Promise<readonly RegisteredElection[]>;
}>;

/** While voting is open only the closing time can change; an extension is seen after this delay. */
const KEPT_FOR_MS = 5_000;

type Item = Record<string, AttributeValue>;

function readElection(item: Item): RegisteredElection {
  const definition = ElectionDefinition.parse(JSON.parse(item.definition?.S ?? "null"));
  const publicKey = item.publicKey?.S;
  if (publicKey === undefined) throw new Error(`election ${definition.electionId} has no public key`);
  const counts = Object.entries(item.rollCounts?.M ?? {});
  const opening = item.opening?.S;
  return {
    definition,
    publicKey,
    opening: opening === undefined ? undefined : StatedOpening.parse(JSON.parse(opening)),
    rollCounts: new Map(counts.map(([regionId, count]) => [regionId, Number(count.N ?? 0)])),
  };
}

/** Reads the elections table, keeping each answer for five seconds; concurrent callers share one request. */
export function electionsTable(client: DynamoDBClient, tableName: string, now: () => number = Date.now): Elections {
  const one = keepAnswers<RegisteredElection | undefined>(KEPT_FOR_MS, now);
  const all = keepAnswers<readonly RegisteredElection[]>(KEPT_FOR_MS, now);

  return {
    find: (electionId) =>
      one(electionId, async () => {
        const { Item } = await client.send(
          new GetItemCommand({ TableName: tableName, Key: { electionId: { S: electionId } } }),
        );
        return Item === undefined ? undefined : readElection(Item);
      }),

    list: () =>
      all("", async () => {
        const found: RegisteredElection[] = [];
        for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
          found.push(...Items.map(readElection));
        }
        return found.sort((a, b) =>
          a.definition.electionId.localeCompare(b.definition.electionId, "en", { numeric: true }),
        );
      }),
  };
}
