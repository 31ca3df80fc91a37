import { type DynamoDBDocumentClient, GetCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";

import { ElectionDefinition } from "#core/election.ts";
import { KeptBundle, PublishedBundle } from "#core/published-bundle.ts";

import { type OpenedBox, openedBox } from "#storage/box-progress.ts";
import { type TrusteesParts, trusteesParts } from "#storage/ceremony-attributes.ts";
import { canNameElection, isPartKey, partKeys, readText } from "#storage/definition-parts.ts";

import type { ElectionSecrets } from "#storage/election-secrets.ts";
import { readStatedOpening, type StatedOpening } from "#storage/stated-opening.ts";

/** Reads the elections that are registered, with what officers did to them. */

/** Where elections and their secrets are kept. */
export type Register = ElectionItems &
  ElectionSecrets &
  Readonly<{
    biographiesTable: string;
    /** Of the stage: whom definitions may name in `identity.issuer`. */
    voterIssuers: readonly string[];
  }>;

/** Where their items are. */
export type ElectionItems = Readonly<{ documents: DynamoDBDocumentClient; electionsTable: string }>;

const StateChange = z.object({ at: z.iso.datetime(), what: z.string(), who: z.string() });
/** What was done to an election, when (UTC) and by whom. */
export type StateChange = Readonly<z.infer<typeof StateChange>>;

const StoredPart = z.object({ part: z.instanceof(Uint8Array) });
const StoredElection = z.object({
  electionId: z.string(),
  definition: z.string(),
  publicKey: z.string().check(z.minLength(1)),
  stateChanges: z._default(z.array(StateChange), []),
  rollCounts: z._default(z.record(z.string(), z.int().check(z.nonnegative())), {}),
  votedElsewhere: z._default(z.record(z.string(), z.int().check(z.nonnegative())), {}),
  rollImports: z._default(z.set(z.string()), new Set()),
  importsBegun: z.optional(z.number()),
  opening: z.optional(z.string()),
  openingChanges: z.optional(z.string()),
  bundle: z.optional(z.string()),
  published: z.optional(z.string()),
  ceremony: z.optional(z.string()),
  ceremonyWords: z.optional(z.string()),
  signedRoll: z.optional(z.string()),
  acknowledgementKey: z.optional(z.string()),
  opened: z.optional(z.string()),
  boxProgress: z.optional(z.string()),
});

export type AdministeredElection = TrusteesParts &
  OpenedBox &
  Readonly<{
    definition: ElectionDefinition;
    /** X25519, base64url; where trustees hold it, that of their ceremony. */
    publicKey: string;
    /** Oldest first. */
    stateChanges: readonly StateChange[];
    /** Voters on the roll by region, as of the last import; empty before the first. */
    rollCounts: Readonly<Record<string, number>>;
    /** Those of them who voted elsewhere, by region. */
    votedElsewhere: Readonly<Record<string, number>>;
    /** Imports of the roll that began and have not ended; they may have been killed (admin/roll/import-marks.ts). */
    rollImports: readonly string[];
    /** What was fixed before voting; undefined until it was stated. */
    opening: StatedOpening | undefined;
    /** The certified bundle that is kept in the bucket; undefined before, and where it was certified into a folder. */
    bundle: KeptBundle | undefined;
    /** The bundle on the site; undefined until it was published. */
    published: PublishedBundle | undefined;
  }>;

/** What an election's item names: its texts, or their parts. A change is conditional on it. */
export type Attributes = Readonly<{
  definition: string;
  opening: string | undefined;
  openingChanges: string | undefined;
}>;

/** An election, and what its item names. */
export type Stored = Readonly<{
  election: AdministeredElection;
  attributes: Attributes;
  /** How many imports of its roll ever began. */
  importsBegun: number | undefined;
}>;

async function readStored(register: ElectionItems, item: Record<string, unknown>): Promise<Stored> {
  const stored = StoredElection.parse(item);
  const { electionId, definition, opening, openingChanges, importsBegun, bundle, published } = stored;
  const { publicKey, stateChanges, rollCounts, votedElsewhere, rollImports } = stored;
  const textOf = async (attribute: string): Promise<string> => {
    const parts = partKeys(electionId, attribute).map(async (key) => {
      const { Item } = await register.documents.send(
        new GetCommand({ TableName: register.electionsTable, Key: { electionId: key }, ConsistentRead: true }),
      );
      return z.optional(StoredPart).parse(Item)?.part;
    });
    return readText(electionId, attribute, await Promise.all(parts));
  };
  const changes = openingChanges === undefined ? undefined : await textOf(openingChanges);
  const election = {
    definition: ElectionDefinition.parse(JSON.parse(await textOf(definition))),
    opening: opening === undefined ? undefined : readStatedOpening(await textOf(opening), changes),
    rollImports: [...rollImports].sort(),
    bundle: bundle === undefined ? undefined : KeptBundle.parse(JSON.parse(bundle)),
    published: published === undefined ? undefined : PublishedBundle.parse(JSON.parse(published)),
    ...{ publicKey, stateChanges, rollCounts, votedElsewhere },
    ...trusteesParts(stored),
    ...openedBox(stored),
  };
  return { election, attributes: { definition, opening, openingChanges }, importsBegun };
}

/**
 * The registered election with this id, with what a change needs; undefined when there is none. Whoever changes or deletes it
 * meanwhile takes the parts of the old text away: then it is read anew.
 */
export async function findStored(register: ElectionItems, electionId: string): Promise<Stored | undefined> {
  if (!canNameElection(electionId)) return undefined;
  for (let last: string | undefined; ; ) {
    const { Item } = await register.documents.send(
      new GetCommand({ TableName: register.electionsTable, Key: { electionId }, ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    try {
      return await readStored(register, Item);
    } catch (error) {
      const read = JSON.stringify([Item.definition, Item.opening, Item.openingChanges]);
      if (read === last) throw error;
      last = read;
    }
  }
}

/** The registered election with this id; undefined when there is none. */
export async function findElection(register: Register, electionId: string): Promise<AdministeredElection | undefined> {
  return (await findStored(register, electionId))?.election;
}

/** All registered elections, ordered by id. */
export async function listElections(register: Register): Promise<readonly AdministeredElection[]> {
  const found: AdministeredElection[] = [];
  const { documents: client, electionsTable: TableName } = register;
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    const elections = Items.filter(({ electionId }) => !isPartKey(String(electionId)));
    const stored = await Promise.all(
      elections.map((item) => readStored(register, item).catch(() => findStored(register, String(item.electionId)))),
    );
    found.push(...stored.flatMap((one) => one?.election ?? []));
  }
  return found.sort((a, b) => a.definition.electionId.localeCompare(b.definition.electionId, "en", { numeric: true }));
}
