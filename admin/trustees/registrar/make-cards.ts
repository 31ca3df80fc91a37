import { createReadStream } from "node:fs";
import { codesOf, inGroups } from "#admin/cards/codes.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileSource, fileState } from "#admin/spreadsheet/sheet.ts";
import type { OpenKey } from "#admin/trustees/key-file.ts";
import { requireAbsent, writeNewFile } from "#admin/trustees/new-file.ts";
import { type KeyMaking, startKeyMaking } from "#admin/trustees/registrar/key-threads.ts";
import { writeRoll } from "#admin/trustees/registrar/roll-writer.ts";
import { openUnfinished } from "#admin/trustees/registrar/unfinished-file.ts";
import { checkVoters, openVoters, type Voter } from "#admin/trustees/registrar/voters-file.ts";
import { definitionIn } from "#admin/trustees/roll/question.ts";
import { openRollFolder, registrarRollPath } from "#admin/trustees/roll/signed-roll.ts";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalText } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Card } from "#core/trustees/card-key.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import type { RegistrarRoll, RollStatement } from "#core/trustees/roll/shape.ts";
import { rollBytes } from "#core/trustees/roll/signed-roll.ts";
import { BYTE_ORDER_MARK, csvRow } from "#published/csv.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";
import { lineBreaksIn } from "#spreadsheet/rows.ts";
import type { SheetSource } from "#spreadsheet/source.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/**
 * A registrar makes cards, on a machine without a network: a code for each voter, which goes to the printer and nowhere else, and the
 * roll of the keys that the codes make, which tells nobody's code or name. The file of voters is read twice: every row is checked before
 * anything is written. What is signed is written last: while it is missing, nothing was made.
 */

export type CardsOrder = Readonly<{
  /** The ceremony's folder. */
  ceremony: string;
  voters: string;
  cards: string;
  roll: string;
}>;

/** A card as it is printed. */
export type MadeCard = Readonly<{ voter: Voter; code: string }>;

export type CardsOptions = Readonly<{
  onProgress?: OnProgress;
  /** Told each card, in the order of the file; what it throws gives all up. */
  onCard?: (card: MadeCard) => Promise<void>;
}>;

export type CardsMade = Readonly<{ cards: number; statement: RollStatement }>;

const CARDS_PER_LIST = 32;

async function* listsOf(rows: AsyncIterable<MadeCard>): AsyncGenerator<readonly MadeCard[]> {
  let list: MadeCard[] = [];
  for await (const row of rows) {
    list.push(row);
    if (list.length < CARDS_PER_LIST) continue;
    yield list;
    list = [];
  }
  if (list.length > 0) yield list;
}

type Keyed = Readonly<{ cards: readonly MadeCard[]; keys: readonly string[] }>;

/** The voter keys of cards, in their order, so many lists at once as keep every thread busy. */
async function* withKeys(
  lists: AsyncIterable<readonly MadeCard[]>,
  electionId: string,
  { width, voterKeys }: KeyMaking,
): AsyncGenerator<Keyed> {
  const underWay: Promise<Keyed>[] = [];
  for await (const cards of lists) {
    const asked = cards.map(({ voter, code }): Card => ({ electionId, number: voter.number, code }));
    const making = voterKeys(asked).then((keys) => ({ cards, keys }));
    // If reading stops early, nobody awaits these.
    making.catch(() => {});
    underWay.push(making);
    const oldest = underWay.length < width ? undefined : underWay.shift();
    if (oldest !== undefined) yield await oldest;
  }
  for (const oldest of underWay) yield await oldest;
}

async function rowsIn(file: string): Promise<number> {
  let rows = 0;
  for await (const chunk of createReadStream(file)) rows += lineBreaksIn(chunk);
  return rows;
}

const changed = ({ name }: SheetSource): EnglishRefusal =>
  new EnglishRefusal(`${name}: the file changed while it was read: begin again.`);

/** Everybody with a code that was drawn for them. */
async function* drawnFor(
  source: SheetSource,
  rows: AsyncIterable<Voter | { problem: unknown }>,
  draw: () => string,
): AsyncGenerator<MadeCard> {
  for await (const voter of rows) {
    if ("problem" in voter) throw changed(source);
    yield { voter, code: draw() };
  }
}

/** Throws Refusal when anything of an earlier run is there. */
async function requireNone({ ceremony, cards, roll }: CardsOrder): Promise<void> {
  for (const path of [registrarRollPath(ceremony), cards, roll]) await requireAbsent(path);
}

const signed = (statement: RollStatement, { secrets }: OpenKey): RegistrarRoll => ({
  statement,
  signature: toBase64Url(nodeTrustees.sign(secrets.signing, rollBytes(statement))),
});

/** Makes all cards, the roll, and what the registrar signs of it, or nothing. Throws Refusal, naming lines, for voters that are bad. */
export async function makeRegistrarCards(
  order: CardsOrder,
  key: OpenKey,
  { onProgress, onCard }: CardsOptions = {},
): Promise<CardsMade> {
  await requireNone(order);
  const { folder, ceremony } = await openRollFolder(order.ceremony);
  const definition: ElectionDefinition = definitionIn(folder);
  const { electionId } = definition;
  const { field, identity, draw } = codesOf(definition);
  const [number] = identity;
  if (number === undefined) throw new Error("a card has a number");
  const [source, state] = [await fileSource(order.voters), await fileState(order.voters)];
  const voters = await openVoters(source, definition, number);
  const count = await checkVoters(source, voters, await rowsIn(order.voters), onProgress);

  const [cards, roll] = [await openUnfinished(order.cards), await openUnfinished(order.roll)];
  const making = startKeyMaking(count);
  try {
    let done = 0;
    await cards.write(BYTE_ORDER_MARK + csvRow([number.name, field.name, REGION_COLUMN, ...voters.reaching]));
    const figures = await writeRoll(roll, async (add) => {
      const lists = listsOf(drawnFor(source, voters.rows(), draw));
      for await (const { cards: made, keys } of withKeys(lists, electionId, making)) {
        for (const [place, card] of made.entries()) {
          const { voter, code } = card;
          await add({ regionId: voter.regionId, voterKey: keys[place] ?? "" });
          await cards.write(csvRow([voter.number, inGroups(code), voter.regionId, ...voter.reach]));
          await onCard?.(card);
        }
        done += made.length;
        onProgress?.({ step: "making", done, total: Math.max(done, count) });
      }
    });
    const now = await fileState(order.voters);
    if (done !== count || now.bytes !== state.bytes || now.modifiedMs !== state.modifiedMs) throw changed(source);
    const statement: RollStatement = {
      ...{ format: "scrutin-roll-1", electionId },
      ceremony: toBase64Url(ceremonyDigest(recordIn(ceremony))),
      registrar: { name: key.trustee.name, signingKey: key.trustee.signingKey },
      ...figures,
    };
    await cards.complete();
    await roll.complete();
    await cards.name();
    await roll.name();
    await writeNewFile(registrarRollPath(order.ceremony), canonicalText(signed(statement, key)));
    return { cards: count, statement };
  } finally {
    await making.close();
    // Nothing is left of those that took their names.
    await cards.discard();
    await roll.discard();
  }
}
