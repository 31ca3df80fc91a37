import { type AttributeValue, type DynamoDBClient, GetItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { type Election, ElectionDefinition } from "#core/election.ts";
import { PublishedBundle } from "#core/published-bundle.ts";
import { type OpenedBox, openedBox } from "#storage/box-progress.ts";
import { type TrusteesParts, trusteesParts } from "#storage/ceremony-attributes.ts";
import { canNameElection, isPartKey, partKeys, readText, sha256In } from "#storage/definition-parts.ts";
import { keepAnswers } from "#storage/kept-answers.ts";

/** An election with what trustees agreed on, the number of voters on its roll, and of those who voted elsewhere, by region. */
export type RegisteredElection = Election &
  Omit<TrusteesParts, "ceremony"> &
  OpenedBox &
  Readonly<{
    rollCounts: ReadonlyMap<string, number>;
    votedElsewhere?: ReadonlyMap<string, number>;
    /** Its certified bundle, once that is on the site. */
    published?: PublishedBundle;
  }>;

export type Elections = Readonly<{
  /** The election with this id; undefined when there is none. */
  find(electionId: string): Promise<RegisteredElection | undefined>;
  /** All elections, ordered by id. */
  list(): Promise<readonly RegisteredElection[]>;
}>;

/** While voting is open only the closing time can change; an extension, or an opening, is seen after this delay. */
const KEPT_FOR_MS = 5_000;

type Item = Record<string, AttributeValue>;
type Part = Uint8Array | undefined;

/** What was stated of an election, byte for byte as it was signed; undefined until it is stated. */
export type StatedText = (electionId: string) => Promise<string | undefined>;

async function itemAt(client: DynamoDBClient, tableName: string, key: string): Promise<Item | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: { electionId: { S: key } } }));
  return Item;
}

function statedTexts(client: DynamoDBClient, tableName: string, name: "opening" | "openingChanges"): StatedText {
  return async (electionId) => {
    const attribute = (await itemAt(client, tableName, electionId))?.[name]?.S;
    if (attribute === undefined) return undefined;
    const parts = partKeys(electionId, attribute).map(async (key) => (await itemAt(client, tableName, key))?.part?.B);
    return readText(electionId, attribute, await Promise.all(parts));
  };
}

/** Reads opening statements, as `opening.json`, from the elections table. */
export const openingTexts = (client: DynamoDBClient, tableName: string): StatedText =>
  statedTexts(client, tableName, "opening");

/** Reads the changes after them, as `changes.json`. */
export const changesTexts = (client: DynamoDBClient, tableName: string): StatedText =>
  statedTexts(client, tableName, "openingChanges");

/** Whether an election exists, read consistently: when not, no vote for it can have been received. */
export type IsRegistered = (electionId: string) => Promise<boolean>;

/** Looks elections up in the elections table. */
export function electionsRegistered(client: DynamoDBClient, tableName: string): IsRegistered {
  return async (electionId) => {
    if (!canNameElection(electionId)) return false;
    const Key = { electionId: { S: electionId } };
    const asked = { TableName: tableName, Key, ProjectionExpression: "electionId", ConsistentRead: true };
    return (await client.send(new GetItemCommand(asked))).Item !== undefined;
  };
}

const attributeOf = (item: Item): string => item.definition?.S ?? "null";

function readElection(item: Item, definition: ElectionDefinition): RegisteredElection {
  const publicKey = item.publicKey?.S;
  if (publicKey === undefined) throw new Error(`election ${definition.electionId} has no public key`);
  const countsIn = (attribute: AttributeValue | undefined): ReadonlyMap<string, number> =>
    new Map(Object.entries(attribute?.M ?? {}).map(([regionId, count]) => [regionId, Number(count.N ?? 0)]));
  const opening = item.opening?.S;
  const published = item.published?.S;
  return {
    definition,
    publicKey,
    opening: opening === undefined ? undefined : sha256In(opening),
    rollCounts: countsIn(item.rollCounts),
    votedElsewhere: countsIn(item.votedElsewhere),
    ...trusteesParts({
      ceremony: item.ceremony?.S,
      ceremonyWords: item.ceremonyWords?.S,
      signedRoll: item.signedRoll?.S,
      acknowledgementKey: item.acknowledgementKey?.S,
    }),
    ...openedBox({ opened: item.opened?.S, boxProgress: item.boxProgress?.S }),
    ...(published !== undefined && { published: PublishedBundle.parse(JSON.parse(published)) }),
  };
}

/** Reads the elections table, keeping each answer for five seconds; concurrent callers share one request. */
export function electionsTable(client: DynamoDBClient, tableName: string, now: () => number = Date.now): Elections {
  const one = keepAnswers<RegisteredElection | undefined>(KEPT_FOR_MS, now);
  const all = keepAnswers<readonly RegisteredElection[]>(KEPT_FOR_MS, now);
  /** What was read last, by election: a definition of megabytes is parsed once, not every five seconds. */
  const known = new Map<string, Readonly<{ attribute: string; definition: ElectionDefinition }>>();

  async function definitionOf(item: Item, parts: (keys: readonly string[]) => Promise<readonly Part[]>) {
    const electionId = item.electionId?.S ?? "";
    const attribute = attributeOf(item);
    const last = known.get(electionId);
    if (last?.attribute === attribute) return last.definition;
    const text = readText(electionId, attribute, await parts(partKeys(electionId, attribute)));
    const definition = ElectionDefinition.parse(JSON.parse(text));
    known.set(electionId, { attribute, definition });
    return definition;
  }

  const itemOf = (key: string): Promise<Item | undefined> => itemAt(client, tableName, key);
  const readParts = (keys: readonly string[]): Promise<readonly Part[]> =>
    Promise.all(keys.map(async (key) => (await itemOf(key))?.part?.B));

  return {
    find: async (electionId) => {
      if (!canNameElection(electionId)) return undefined;
      return one(electionId, async () => {
        const item = await itemOf(electionId);
        return item === undefined ? undefined : readElection(item, await definitionOf(item, readParts));
      });
    },

    list: () =>
      all("", async () => {
        const items = new Map<string, Item>();
        for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
          for (const item of Items) items.set(item.electionId?.S ?? "", item);
        }
        // A scan is no snapshot: it may show a definition that was changed meanwhile, and have passed by its new parts before.
        const scanned = (keys: readonly string[]): Promise<readonly Part[]> =>
          keys.every((key) => items.has(key))
            ? Promise.resolve(keys.map((key) => items.get(key)?.part?.B))
            : readParts(keys);
        const elections = [...items].filter(([key]) => !isPartKey(key)).map(([, item]) => item);
        const found = await Promise.all(
          elections.map(async (item) => readElection(item, await definitionOf(item, scanned))),
        );
        return found.sort((a, b) =>
          a.definition.electionId.localeCompare(b.definition.electionId, "en", { numeric: true }),
        );
      }),
  };
}
