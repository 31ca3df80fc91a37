import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { isTrustees, votingPhaseAt } from "#core/contest.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { actsIn, withActsOf } from "#core/officers-acts.ts";
import { paperFaults, paperTimesFaults } from "#core/paper.ts";
import { Refusal } from "#core/refusal.ts";
import { issuerFault } from "#core/voter-issuers.ts";
import { keepApart, textsNamedBy, withoutCorrectedBiographies } from "#storage/biographies.ts";
import { storeBiographies } from "#storage/biographies-table.ts";
import { changedFields, type PermittedChange, permittedChange } from "#storage/definition-change.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";

import { findDeletion } from "#storage/deleted-elections.ts";
import { changedMeanwhile, holds, recordChange, stateChange, storeDefinition } from "#storage/election-changes.ts";
import {
  ballotKeyLost,
  ensureReceiptKey,
  ensureSecrets,
  ensureStampKey,
  hasPepper,
  hasStampKey,
  readPublicKey,
  stampKeyLost,
} from "#storage/election-secrets.ts";
import { type AdministeredElection, findStored, listElections, type Register } from "#storage/registered-elections.ts";
import {
  type CeremonyGiven,
  refuseForeign,
  requireAgreed,
  takesCeremony,
  trusteesItem,
} from "#storage/trustees-register.ts";

/** Registers elections, and changes them where the rules allow, for the command line and for deployments. */

export type ApplyOptions = Readonly<{
  /** Who is recorded as having made the change. */
  who: string;
  atMs?: number;
  /** Only reports what would be done, or refuses; writes nothing. */
  dryRun?: boolean;
  /** Of one of them, whose key trustees hold; not needed again once it is registered. */
  ceremony?: CeremonyGiven | undefined;
  /** The biographies of an election whose definition came without them. */
  biographiesOf?: (electionId: string) => AsyncIterable<string>;
}>;

/** Refuses when a registered election's secrets are not those it was registered with. */
async function checkSecrets(register: Register, election: AdministeredElection, atMs: number): Promise<void> {
  const { definition, publicKey } = election;
  const { electionId } = definition;
  const phase = votingPhaseAt(election, atMs);
  const isByTrustees = isTrustees(definition);
  // Nothing is opened any more: an administrator may have destroyed its ballot key.
  if (phase === "cancelled") return;
  // New ones would leave every ballot so far sealed for ever, and every voter unknown.
  if (!isByTrustees && (await readPublicKey(register, electionId)) !== publicKey) {
    throw ballotKeyLost(electionId);
  }
  // With a new one every ballot so far would be spoiled.
  if (phase === "open" && !(await hasStampKey(register, electionId))) {
    throw stampKeyLost(electionId);
  }
  // After closing it may have been destroyed on purpose.
  if (!isByTrustees && phase !== "closed" && !(await hasPepper(register, electionId))) {
    throw new Refusal(
      `The pepper of election ${electionId} was destroyed: its roll can no longer be read.`,
      `Le poivre de l’élection ${electionId} a été détruit\u00a0: sa liste ne peut plus être lue.`,
    );
  }
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
    `Election ${electionId}: ${foreign.join(", ")} cannot stand in a definition's file: scrutin election withdraw, draw-lot, correct and cancel record it, and so does the console.`,
    `Élection ${electionId}\u00a0: ${foreign.join(", ")} n’a pas sa place dans une définition. Un désistement, un tirage au sort, une correction et une annulation s’inscrivent dans leur rubrique.`,
  );
}

/** Nobody could vote by a provider that the stage does not allow. */
function issuerFaults({ identity }: ElectionDefinition, allowed: readonly string[]): readonly BilingualText[] {
  const rule = identity === undefined ? undefined : issuerFault(identity.issuer, allowed);
  return rule === undefined ? [] : [{ en: `identity.issuer: ${rule.en}.`, fr: `identity.issuer\u00a0: ${rule.fr}.` }];
}

/** What applying a definition did; all but "unchanged" are recorded in the election's state changes. */
export type ApplyOutcome = "registered" | PermittedChange["outcome"] | "unchanged";

const ofElection = (electionId: string, { en, fr }: BilingualText): BilingualText => ({
  en: `Election ${electionId}: ${en}`,
  fr: `Élection ${electionId}\u00a0: ${fr}`,
});

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
  throw Refusal.ofEach(faults.map(({ electionId, fault }) => ofElection(electionId, fault)));
}

/**
 * Registers an election, with its pepper, ballot key and stamp key, or with its trustees' ceremony, or changes a registered one to this definition. Safe to repeat and to
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
  { who, atMs = Date.now(), dryRun = false, ceremony, biographiesOf }: ApplyOptions,
): Promise<ApplyOutcome> {
  const { documents, electionsTable } = register;
  const { electionId } = given;
  const faults = [...limitsExceeded(given), ...issuerFaults(given, register.voterIssuers)];
  if (faults.length > 0) throw Refusal.ofEach(faults.map((fault) => ofElection(electionId, fault)));
  const agreed = ceremony?.ceremony.electionId === electionId ? ceremony : undefined;
  if (agreed !== undefined) refuseForeign(given, agreed);
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
        `The deletion of election ${electionId} was killed: finish it first, on its page in the console or with scrutin election delete ${electionId}.`,
        `La suppression de l’élection ${electionId} a été interrompue\u00a0: terminez-la d’abord, sur sa page.`,
      );
    }
    if (isTrustees(definition)) requireAgreed(definition, agreed?.ceremony);
    if (dryRun) return "registered";
    const key =
      agreed === undefined
        ? { publicKey: await ensureSecrets(register, electionId) }
        : await trusteesItem(register, definition, agreed);
    const registration = stateChange("registered", { who, atMs });
    await storeTexts();
    const text = await storeDefinition(register, definition);
    const Item = { electionId, definition: text, ...key, stateChanges: [registration] };
    const registered = await holds(() =>
      documents.send(
        new PutCommand({ TableName: electionsTable, Item, ConditionExpression: "attribute_not_exists(electionId)" }),
      ),
    );
    if (registered) return "registered";
    stored = await findStored(register, electionId);
  }
  if (stored === undefined) {
    throw new Refusal(
      `Election ${electionId} was removed while it was being registered.`,
      `L’élection ${electionId} a été supprimée pendant qu’on l’inscrivait.`,
    );
  }

  await checkSecrets(register, stored.election, atMs);
  const isReplaced = await takesCeremony(register, stored, agreed, { who, atMs, dryRun });
  if (isReplaced && !dryRun) stored = await findStored(register, electionId);
  if (stored === undefined) throw changedMeanwhile(electionId);
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
  const held = isReplaced ? agreed?.ceremony : stored.election.ceremony;
  if (isTrustees(after) && isTrustees(registered)) requireAgreed(after, held);
  if (changed.length === 0) return isReplaced ? "changed" : "unchanged";
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
  const refusals: BilingualText[] = [];
  const { ceremony } = options;
  const [first] = definitions;
  const held = definitions.find(({ electionId }) => electionId === ceremony?.ceremony.electionId) ?? first;
  if (ceremony !== undefined && held !== undefined) refuseForeign(held, ceremony);
  const outcomes: ApplyOutcome[] = [];
  const noteRefusal = (error: unknown): void => {
    if (!(error instanceof Refusal)) throw error;
    refusals.push(error.texts);
  };
  await requirePapers(register, definitions).catch(noteRefusal);
  for (const definition of definitions) {
    const tried = applyOne(register, definition, { ...options, dryRun: true });
    await tried.then((outcome) => outcomes.push(outcome), noteRefusal);
  }
  if (refusals.length > 0) throw Refusal.ofEach(refusals);
  if (options.dryRun === true) return outcomes;
  return Promise.all(definitions.map((definition) => applyOne(register, definition, options)));
}
