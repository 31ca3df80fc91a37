import { createHash } from "node:crypto";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { canonicalJson } from "#core/canonical-json.ts";
import { isTrustees } from "#core/contest.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { askedDefinition } from "#core/trustees/asked-definition.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { ensureAcknowledgementKey } from "#storage/acknowledgement-key.ts";
import { changedMeanwhile, holds, stateChange } from "#storage/election-changes.ts";
import { ensureReceiptKey, ensureStampKey } from "#storage/election-secrets.ts";
import type { ElectionItems, Register, Stored } from "#storage/registered-elections.ts";

/**
 * Registering an election of which trustees hold the key: by their ceremony, which whoever gives it has checked (admin/trustees/). It has no
 * pepper and no ballot key, so nothing that runs the system can open a ballot or make a voter.
 */

/** A ceremony that is whole and rehearsed, and its six words. */
export type CeremonyGiven = Readonly<{ ceremony: Ceremony; words: BilingualText }>;

const needsCeremony = (electionId: string): Refusal =>
  new Refusal(
    `Election ${electionId} has trust: trustees, so it is registered with the ceremony in which they made its key, from the command line: scrutin election apply FILE --ceremony FOLDER.`,
    `Élection ${electionId}\u00a0: des dépositaires détiennent sa clé. Elle s’inscrit avec la cérémonie où ils l’ont créée, en ligne de commande\u00a0: scrutin election apply FICHIER --ceremony DOSSIER.`,
  );

/** SHA-256 of what voters are asked, as ballotDigest (core/trustees/) makes it. */
const digestOf = (definition: ElectionDefinition): string =>
  createHash("sha256").update(askedDefinition(definition)).digest("base64url");

/** Throws Refusal for a ceremony of another election, or where no trustees hold the key. */
export function refuseForeign(definition: ElectionDefinition, { ceremony }: CeremonyGiven): void {
  const { electionId } = definition;
  if (ceremony.electionId !== electionId) {
    throw new Refusal(
      `This is the ceremony of election ${ceremony.electionId}, not of ${electionId}.`,
      `Cette cérémonie est celle de l’élection ${ceremony.electionId}, non de ${electionId}.`,
    );
  }
  if (isTrustees(definition)) return;
  throw new Refusal(
    `Election ${electionId} has no trustees: its definition says nothing of trust, so it takes no ceremony. Write "trust": "trustees", or leave --ceremony out.`,
    `L’élection ${electionId} n’a pas de dépositaires\u00a0: sa définition n’en dit rien, et elle n’accepte aucune cérémonie.`,
  );
}

/** Throws Refusal when trustees agreed on another question than this definition's, or on none. */
export function requireAgreed(definition: ElectionDefinition, ceremony: Ceremony | undefined): void {
  const { electionId } = definition;
  if (ceremony === undefined) throw needsCeremony(electionId);
  if (digestOf(definition) === ceremony.ballotDigest) return;
  throw new Refusal(
    `Election ${electionId}: the trustees' ceremony was held for another question than this definition asks. What they agreed on is in question.json of its folder: apply that, or hold another ceremony for this definition.`,
    `Élection ${electionId}\u00a0: la cérémonie des dépositaires portait sur une autre question que celle de cette définition. Celle dont ils sont convenus est dans question.json, dans leur dossier\u00a0: appliquez celle-là, ou tenez une autre cérémonie.`,
  );
}

const attributesOf = ({ ceremony, words }: CeremonyGiven) => ({
  publicKey: ceremony.publicKey,
  ceremony: canonicalJson(ceremony),
  ceremonyWords: canonicalJson(words),
});

/** What the item of a new election holds of its trustees, once its secrets are made. Throws Refusal without a ceremony for this question. */
export async function trusteesItem(register: Register, definition: ElectionDefinition, given: CeremonyGiven) {
  const { electionId } = definition;
  await ensureStampKey(register, electionId);
  await ensureReceiptKey(register, electionId);
  const acknowledgementKey = await ensureAcknowledgementKey(register, electionId);
  return { ...attributesOf(given), acknowledgementKey };
}

type Options = Readonly<{ who: string; atMs: number; dryRun: boolean }>;

/** Puts another ceremony in place of an election's. Throws Refusal once its roll is signed. */
async function replaceCeremony(register: ElectionItems, stored: Stored, given: CeremonyGiven, options: Options) {
  const { definition, ceremony, signedRoll, stateChanges } = stored.election;
  const { electionId } = definition;
  if (signedRoll !== undefined || ceremony === undefined) {
    throw new Refusal(
      `Election ${electionId}: its roll is signed for the ceremony that it has, which can no longer change.`,
      `Élection ${electionId}\u00a0: sa liste est signée pour la cérémonie qu’elle a, et qui ne change plus.`,
    );
  }
  if (options.dryRun) return;
  const { publicKey, ceremony: after, ceremonyWords } = attributesOf(given);
  const isReplaced = await holds(() =>
    register.documents.send(
      new UpdateCommand({
        TableName: register.electionsTable,
        Key: { electionId },
        UpdateExpression:
          "SET publicKey = :publicKey, ceremony = :after, ceremonyWords = :words, stateChanges = list_append(stateChanges, :change)",
        ConditionExpression:
          "ceremony = :before AND attribute_not_exists(signedRoll) AND attribute_not_exists(opening) AND size(stateChanges) = :known",
        ExpressionAttributeValues: {
          ...{ ":publicKey": publicKey, ":after": after, ":words": ceremonyWords },
          ...{ ":before": canonicalJson(ceremony), ":known": stateChanges.length },
          ":change": [stateChange("ceremony replaced", options)],
        },
      }),
    ),
  );
  if (!isReplaced) throw changedMeanwhile(electionId);
}

/** Whether an election's ceremony is now another, which was given. Throws Refusal once its roll is signed. */
export async function takesCeremony(
  register: ElectionItems,
  stored: Stored,
  given: CeremonyGiven | undefined,
  options: Options,
): Promise<boolean> {
  const { definition, ceremony } = stored.election;
  if (given === undefined || !isTrustees(definition)) return false;
  if (canonicalJson(given.ceremony) === canonicalJson(ceremony)) return false;
  await replaceCeremony(register, stored, given, options);
  return true;
}
