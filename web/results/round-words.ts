import { clausesJoined, sentences } from "#core/sentences.ts";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { transfersTo } from "#published/figures.ts";
import { useLanguage, useRoundsMessages } from "#web/messages/catalogue.ts";
import type { BandId } from "#web/results/flow.ts";

/** Beside the picture only those who receive most are named; the tables name all. */
const MOST_NAMED = 4;

/** What happens in a round, in words. */
export function useRoundWords({ candidates, rounds = [], outcome }: ElectionResults) {
  const t = useRoundsMessages();
  const language = useLanguage();
  const isTransferable = rounds.some(({ surplus_of }) => surplus_of !== undefined);
  const listOf = (items: readonly string[]): string => new Intl.ListFormat(language).format(items);
  const nameOf = (id: BandId): string =>
    id === null ? t.rounds.exhausted : (candidates.find(({ candidate_id }) => candidate_id === id)?.name ?? id);
  const namesOf = (ids: readonly string[]): string => listOf(ids.map(nameOf));

  const moved = ({ transfers, eliminated, surplus_of = [] }: RoundResult, mostNamed: number): readonly string[] => {
    if (eliminated.length + surplus_of.length === 0) return [];
    const sums = transfersTo(transfers).toSorted((one, other) => other.votes - one.votes);
    const total = sums.reduce((sum, { votes }) => sum + votes, 0);
    const exhausted = sums.find(({ candidate_id }) => candidate_id === null)?.votes ?? 0;
    const going = sums.filter(({ candidate_id }) => candidate_id !== null);
    if (total === 0) return [t.rounds.says.withoutVotes];
    const isShort = going.length > mostNamed + 1;
    const named = isShort ? going.slice(0, mostNamed) : going;
    const unnamed = going.slice(named.length);
    const list = listOf([
      ...named.map(({ candidate_id, votes }) => t.rounds.receives(nameOf(candidate_id), votes)),
      ...(isShort
        ? [
            t.rounds.receives(
              t.rounds.others(unnamed.length),
              unnamed.reduce((sum, { votes }) => sum + votes, 0),
            ),
          ]
        : []),
    ]);
    const say =
      surplus_of.length > 0 ? t.rounds.says.surplus : isTransferable ? t.rounds.says.votes : t.rounds.says.ballots;
    return [
      ...(going.length > 0 ? [say(total, list)] : []),
      ...(exhausted > 0 ? [t.rounds.says.exhausted(exhausted)] : []),
    ];
  };

  const atTheEnd = ({ candidates: standing, continuing, threshold }: RoundResult): readonly string[] => {
    if (outcome?.kind === "tie") return [t.rounds.says.tied(namesOf(outcome.candidate_ids))];
    if (isTransferable) return [];
    const most = Math.max(...standing.map(({ votes }) => votes));
    const ahead = standing.filter(({ votes }) => votes === most).map(({ candidate_id }) => candidate_id);
    return [t.rounds.says.leads(namesOf(ahead), ahead.length, most, continuing), t.rounds.says.needed(threshold)];
  };

  /** Begins as the middle of a sentence. A tie that was broken is told in one of its own. */
  const sentenceOf = (round: RoundResult, mostNamed: number): string => {
    const { elected = [], eliminated, tie_break: tie } = round;
    const clauses = [
      ...(elected.length > 0 ? [t.rounds.says.elected(namesOf(elected), elected.length)] : []),
      ...(eliminated.length > 0 ? [t.rounds.says.eliminated(namesOf(eliminated), eliminated.length)] : []),
      ...moved(round, mostNamed),
      ...(round.round === rounds.length ? atTheEnd(round) : []),
    ];
    const said = sentences`${clausesJoined(language, clauses)}.`;
    return tie === null ? said : `${said} ${t.tieBreak[tie.by](namesOf(tie.tied), tie.round ?? 0)}`;
  };

  return {
    isTransferable,
    nameOf,
    namesOf,
    /** `Round 3 of 5`. */
    titleOf: ({ round }: RoundResult): string => t.rounds.round(round, rounds.length),
    /** What happens after a round, or how the last one ends. */
    storyOf: (round: RoundResult): string => {
      const said = sentenceOf(round, Number.POSITIVE_INFINITY);
      return said.charAt(0).toLocaleUpperCase(language) + said.slice(1);
    },
    /** The same in short, with the round's number. */
    stepOf: (round: RoundResult): string =>
      t.rounds.labelled(t.rounds.round(round.round, rounds.length), sentenceOf(round, MOST_NAMED)),
  };
}

export type RoundWords = ReturnType<typeof useRoundWords>;
