import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { votingPhaseAt } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import { actsIn, withActsOf } from "#core/officers-acts.ts";
import { paperFaults, paperTimesFaults } from "#core/paper.ts";
import { Refusal } from "#core/refusal.ts";
import { keepApart, textsNamedBy, withoutCorrectedBiographies } from "#storage/biographies.ts";
import { storeBiographies } from "#storage/biographies-table.ts";
import { changedFields, type PermittedChange, permittedChange } from "#storage/definition-change.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";
import {
  canNameElection,
  definitionText,
  inParts,
  isPartKey,
  partKeys,
  readText,
  type StoredText,
  storedText,
} from "#storage/definition-parts.ts";
import { findDeletion } from "#storage/deleted-elections.ts";
import {
  type ElectionSecrets,
  ensureReceiptKey,
  ensureSecrets,
  ensureStampKey,
  hasPepper,
  hasStampKey,
  readPublicKey,
} from "#storage/election-secrets.ts";
import { readStatedOpening, type StatedOpening } from "#storage/stated-opening.ts";

/** Registers elections, and changes them where the rules allow, for the command line and for deployments. */

/** Where elections and their secrets are kept. */
export type Register = ElectionItems & ElectionSecrets & Readonly<{ biographiesTable: string }>;

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
});

export type AdministeredElection = Readonly<{
  definition: ElectionDefinition;
  /** X25519, base64url. */
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
}>;

/** What an election's item names: its texts, or their parts. A change is conditional on it. */
type Attributes = Readonly<{
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
  const { electionId, definition, opening, openingChanges, rollImports, importsBegun, ...rest } =
    StoredElection.parse(item);
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
    ...rest,
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

/** Refuses when a registered election's secrets are not those it was registered with. */
async function checkSecrets(register: Register, election: AdministeredElection, atMs: number): Promise<void> {
  const { definition, publicKey } = election;
  const { electionId } = definition;
  const phase = votingPhaseAt(election, atMs);
  // Nothing is opened any more: an administrator may have destroyed its ballot key.
  if (phase === "cancelled") return;
  // New ones would leave every ballot so far sealed for ever, and every voter unknown.
  if ((await readPublicKey(register, electionId)) !== publicKey) {
    throw new Refusal(`The ballot key of election ${electionId} is not the one its ballots are sealed to: restore it.`);
  }
  // With a new one every ballot so far would be spoiled.
  if (phase === "open" && !(await hasStampKey(register, electionId))) {
    throw new Refusal(`The stamp key of election ${electionId} is missing: restore it.`);
  }
  // After closing it may have been destroyed on purpose.
  if (phase !== "closed" && !(await hasPepper(register, electionId))) {
    throw new Refusal(`The pepper of election ${electionId} was destroyed: its roll can no longer be read.`);
  }
}

/** Runs a conditional write; false when its condition does not hold. */
async function holds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

export type ApplyOptions = Readonly<{
  /** Who is recorded as having made the change. */
  who: string;
  atMs?: number;
  /** Only reports what would be done, or refuses; writes nothing. */
  dryRun?: boolean;
  /** The biographies of an election whose definition came without them. */
  biographiesOf?: (electionId: string) => AsyncIterable<string>;
}>;

/** Stores the parts of a long text before an election names them. Answers what the election holds. */
async function store(
  { documents, electionsTable: TableName }: ElectionItems,
  { attribute, parts }: StoredText,
): Promise<string> {
  for (const [electionId, part] of parts) {
    await documents.send(new PutCommand({ TableName, Item: { electionId, part } }));
  }
  return attribute;
}

const storeDefinition = (register: ElectionItems, definition: ElectionDefinition): Promise<string> =>
  store(register, storedText(definition.electionId, definitionText(definition)));

/** The record of a change. */
export function stateChange(what: string, { who, atMs }: Readonly<{ who: string; atMs: number }>): StateChange {
  return { at: new Date(atMs).toISOString(), what, who };
}

/**
 * Stores a change and the resulting definition. Throws Refusal when the election has changed since it was read.
 */
export async function recordChange(
  register: Register,
  { election, attributes }: Stored,
  change: StateChange,
  after: ElectionDefinition = election.definition,
): Promise<void> {
  const { documents, electionsTable } = register;
  const { electionId } = election.definition;
  const afterwards = after === election.definition ? attributes.definition : await storeDefinition(register, after);
  const written = await holds(() =>
    documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression:
          "SET #definition = :after, stateChanges = list_append(if_not_exists(stateChanges, :none), :change)",
        ConditionExpression:
          "#definition = :before AND (attribute_not_exists(stateChanges) OR size(stateChanges) = :known)",
        // A reserved word of DynamoDB.
        ExpressionAttributeNames: { "#definition": "definition" },
        ExpressionAttributeValues: {
          ":after": afterwards,
          ":before": attributes.definition,
          ":known": election.stateChanges.length,
          ":none": [],
          ":change": [change],
        },
      }),
    ),
  );
  if (written) return;
  throw new Refusal(`Somebody else changed election ${electionId} at the same moment: look at it and try again.`);
}

/**
 * Stores what was stated of an election, with the definition that follows from it; false when either has changed since it was
 * read, or, for the opening itself, when an import of the roll has begun.
 * @param ended imports of the roll that are no longer under way
 */
export async function recordStated(
  register: ElectionItems,
  { election: { definition: before }, attributes, importsBegun }: Stored,
  { opening, changes, definition }: Readonly<{ opening: string; changes: string; definition: ElectionDefinition }>,
  change: StateChange,
  ended: readonly string[] = [],
): Promise<boolean> {
  const { documents, electionsTable } = register;
  const { electionId } = before;
  const noImport = [
    "attribute_not_exists(rollImports)",
    importsBegun === undefined ? "attribute_not_exists(importsBegun)" : "importsBegun = :importsBegun",
  ];
  const isFirst = attributes.opening === undefined;
  const named = {
    definition: definition === before ? attributes.definition : await storeDefinition(register, definition),
    opening: await store(register, inParts(electionId, opening)),
    openingChanges: await store(register, inParts(electionId, changes)),
  };
  const isAsBefore = (name: keyof Attributes): string =>
    attributes[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}Before`;
  const standing = Object.entries(attributes).filter(([, attribute]) => attribute !== undefined);
  return holds(() =>
    documents.send(
      new UpdateCommand({
        TableName: electionsTable,
        Key: { electionId },
        UpdateExpression: `SET #definition = :definition, #opening = :opening, #openingChanges = :openingChanges, stateChanges = list_append(if_not_exists(stateChanges, :none), :change)${ended.length > 0 ? " DELETE rollImports :ended" : ""}`,
        ConditionExpression: [
          ...(["definition", "opening", "openingChanges"] as const).map(isAsBefore),
          ...(isFirst ? noImport : []),
        ].join(" AND "),
        ExpressionAttributeNames: Object.fromEntries(Object.keys(named).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(named).map(([name, attribute]) => [`:${name}`, attribute])),
          ...Object.fromEntries(standing.map(([name, attribute]) => [`:${name}Before`, attribute])),
          ...(isFirst && importsBegun !== undefined && { ":importsBegun": importsBegun }),
          ...(ended.length > 0 && { ":ended": new Set(ended) }),
          ":none": [],
          ":change": [change],
        },
      }),
    ),
  );
}

/**
 * A definition with the opening that a late statement moved (admin/elections/opening.ts), and with what officers did since: its
 * file still is as it was.
 */
function asOpened({ definition, opening }: AdministeredElection, file: ElectionDefinition): ElectionDefinition {
  const after = withActsOf(definition, file);
  const { opensAt } = definition;
  return opening !== undefined && Date.parse(after.opensAt) < Date.parse(opensAt) ? { ...after, opensAt } : after;
}

/** Throws Refusal for what only acts record, in a file that the registered election does not have. */
function refuseActs({ electionId }: ElectionDefinition, inFile: readonly string[], known: readonly string[]): void {
  const foreign = inFile.filter((name) => !known.includes(name));
  if (foreign.length === 0) return;
  throw new Refusal(
    `Election ${electionId}: ${foreign.join(", ")} cannot stand in a definition's file: scrutin election withdraw, draw-lot, correct and cancel record it.`,
  );
}

/** What applying a definition did; all but "unchanged" are recorded in the election's state changes. */
export type ApplyOutcome = "registered" | PermittedChange["outcome"] | "unchanged";

/** Throws Refusal for what definitions break of the rules between the questions of a paper, registered ones among them. */
async function requirePapers(register: Register, given: readonly ElectionDefinition[]): Promise<void> {
  if (given.every(({ paper }) => paper === undefined)) return;
  const elections = await listElections(register);
  // One that was cancelled is not asked: it binds no other, and takes no place.
  const isAsked = ({ cancelled }: ElectionDefinition): boolean => cancelled === undefined;
  const registered = elections.map(({ definition }) => definition).filter(isAsked);
  const all = given.map((file) => {
    const before = elections.find(({ definition: { electionId } }) => electionId === file.electionId);
    return before === undefined ? file : asOpened(before, file);
  });
  const after = all.filter(isAsked);
  const faults = [...paperFaults(after, registered), ...paperTimesFaults(after, registered)];
  if (faults.length === 0) return;
  throw new Refusal(faults.map(({ electionId, fault }) => `Election ${electionId}: ${fault}`).join("\n"));
}

/**
 * Registers an election, with its pepper, ballot key and stamp key, or changes a registered one to this definition. Safe to repeat and to
 * run concurrently. Throws Refusal naming the field when a rule forbids the change.
 */
export async function applyElection(
  register: Register,
  given: ElectionDefinition,
  options: ApplyOptions,
): Promise<ApplyOutcome> {
  await requirePapers(register, [given]);
  return applyOne(register, given, options);
}

/** As applyElection, beside what other questions of its paper it may stand. */
async function applyOne(
  register: Register,
  given: ElectionDefinition,
  { who, atMs = Date.now(), dryRun = false, biographiesOf }: ApplyOptions,
): Promise<ApplyOutcome> {
  const { documents, electionsTable } = register;
  const { electionId } = given;
  const faults = limitsExceeded(given);
  if (faults.length > 0) throw new Refusal(faults.map((fault) => `Election ${electionId}: ${fault}`).join("\n"));
  const { definition, texts } = keepApart(given);
  const storeTexts = (before?: ElectionDefinition): Promise<void> => {
    const known = before === undefined ? new Set<string>() : textsNamedBy(before);
    return storeBiographies(register, definition, biographiesOf?.(electionId) ?? texts, known);
  };

  let stored = await findStored(register, electionId);
  refuseActs(definition, actsIn(definition), stored === undefined ? [] : actsIn(stored.election.definition));
  if (stored === undefined) {
    if ((await findDeletion(register, electionId))?.isFinished === false) {
      throw new Refusal(
        `The deletion of election ${electionId} was killed: finish it first with scrutin election delete ${electionId}.`,
      );
    }
    if (dryRun) return "registered";
    const publicKey = await ensureSecrets(register, electionId);
    const registration = stateChange("registered", { who, atMs });
    await storeTexts();
    const text = await storeDefinition(register, definition);
    const Item = { electionId, definition: text, publicKey, stateChanges: [registration] };
    const registered = await holds(() =>
      documents.send(
        new PutCommand({ TableName: electionsTable, Item, ConditionExpression: "attribute_not_exists(electionId)" }),
      ),
    );
    if (registered) return "registered";
    stored = await findStored(register, electionId);
  }
  if (stored === undefined) throw new Refusal(`Election ${electionId} was removed while it was being registered.`);

  await checkSecrets(register, stored.election, atMs);
  // An election registered before there were stamps has no key for them.
  if (!dryRun && votingPhaseAt(stored.election, atMs) === "upcoming") await ensureStampKey(register, electionId);
  // One that was lost can be made anew: voters ask by tracking code instead.
  const phase = votingPhaseAt(stored.election, atMs);
  if (!dryRun && (phase === "upcoming" || phase === "open")) await ensureReceiptKey(register, electionId);
  const { definition: registered } = stored.election;
  const file = await withoutCorrectedBiographies(registered, definition, () => biographiesOf?.(electionId) ?? texts);
  const after = asOpened(stored.election, file);
  // A definition that was registered with long biographies in it says the same.
  const changed = changedFields(keepApart(stored.election.definition).definition, after);
  if (changed.length === 0) return "unchanged";
  const { outcome, what } = permittedChange(stored.election, after, changed, atMs);
  if (!dryRun) {
    await storeTexts(stored.election.definition);
    await recordChange(register, stored, stateChange(what, { who, atMs }), after);
  }
  return outcome;
}

/**
 * Applies all of many definitions or, if a rule forbids one, none.
 * @throws Refusal with a line for each definition that a rule forbids, before anything is written
 */
export async function applyElections(
  register: Register,
  definitions: readonly ElectionDefinition[],
  options: ApplyOptions,
): Promise<readonly ApplyOutcome[]> {
  const refusals: string[] = [];
  const outcomes: ApplyOutcome[] = [];
  const noteRefusal = (error: unknown): void => {
    if (!(error instanceof Refusal)) throw error;
    refusals.push(error.message);
  };
  await requirePapers(register, definitions).catch(noteRefusal);
  for (const definition of definitions) {
    const tried = applyOne(register, definition, { ...options, dryRun: true });
    await tried.then((outcome) => outcomes.push(outcome), noteRefusal);
  }
  if (refusals.length > 0) throw new Refusal(refusals.join("\n"));
  if (options.dryRun === true) return outcomes;
  return Promise.all(definitions.map((definition) => applyOne(register, definition, options)));
}
