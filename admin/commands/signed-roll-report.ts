import { grouped } from "#admin/shared/grouped.ts";
import type { CardsMade, CardsOrder } from "#admin/trustees/registrar/make-cards.ts";
import type { SignedBy } from "#admin/trustees/roll/sign-roll.ts";
import { wordsOf } from "#core/trustees/ceremony/words.ts";
import type { RollStatement } from "#core/trustees/roll/shape.ts";
import { rollBytes } from "#core/trustees/roll/signed-roll.ts";

/** What the commands about a signed roll say: what was done, what to read aloud, and what is next. */

function rollWords(statement: RollStatement): string {
  const { en, fr } = wordsOf("roll", rollBytes(statement));
  return `  English   ${en}\n  français  ${fr}`;
}

const votersOf = ({ onRoll }: RollStatement): number => Object.values(onRoll).reduce((sum, count) => sum + count, 0);

const figures = (statement: RollStatement): string =>
  `${grouped(votersOf(statement))} voter keys, root ${statement.rollRoot}, by ${statement.registrar.name}`;

export function describeCardsMade(
  { ceremony, cards, roll }: CardsOrder,
  { cards: count, statement }: CardsMade,
): string {
  return [
    `wrote ${cards}: ${grouped(count)} numbers and codes, for the printer alone. Whoever has it can vote for everybody: destroy it once the cards are printed`,
    `wrote ${roll}: ${figures(statement)}. It names nobody, and may be public`,
    `signed it in ${ceremony}/roll.json. Read these words aloud to the trustees; they stand for the whole roll:`,
    rollWords(statement),
    `next: each trustee, with both: scrutin trustee sign-roll ${ceremony} ${roll} --key FILE`,
  ].join("\n");
}

export function describeSignedRoll(folder: string, { ceremony, number, roll, isNew }: SignedBy): string {
  const { trustees, threshold, electionId } = ceremony;
  const signed = roll.trustees.map(({ trustee }) => trustees[trustee - 1]?.name ?? "");
  const isEnough = signed.length >= threshold;
  return [
    `${trustees[number - 1]?.name ?? ""}, trustee ${number} of ${trustees.length}`,
    isNew ? `wrote roll-trustee-${number}.json: for all the others` : "wrote nothing: you have signed this roll",
    figures(roll.statement),
    "the registrar reads these words aloud; if a word differs, this is another roll: take your signature back, and say so:",
    rollWords(roll.statement),
    `signed by ${signed.join(", ")}: ${
      isEnough
        ? `${signed.length} of ${trustees.length} trustees, ${threshold} are needed`
        : `${signed.length} of the ${threshold} who are needed; now it is the turn of the others`
    }`,
    ...(isEnough ? [`next: the officer: scrutin roll import ${electionId} roll.txt --ceremony ${folder}`] : []),
  ].join("\n");
}
