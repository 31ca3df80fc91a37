import type { ElectionResults } from "#functions/results/contract.ts";
import type { RaceVerdict } from "#published/verdict.ts";
import { leadIn, listOf, nameOf, type Reader, type Told } from "#web/results/told.ts";

/** Who has the seats of a contest that has several, and how close the last of them was. */

/** So many names fit into a sentence; of more, the details tell. */
const MOST_NAMED = 6;

export function tellSeveral(
  reader: Reader,
  seats: number,
  { rounds = [], total, voting_method }: ElectionResults,
  { elected, next, margin, final, open }: Extract<RaceVerdict, { kind: "elected" }>,
): Pick<Told, "headline" | "details"> {
  const { t, language } = reader;
  const say = t.verdict[final ? "final" : "soFar"];
  const isShort = elected.length <= MOST_NAMED;
  const whose = isShort
    ? say.several(listOf(language, elected.map(nameOf)), elected.length, seats)
    : say.filled(elected.length, seats);
  const last = elected.reduce((fewest, one) => (one.votes <= fewest.votes ? one : fewest));
  const tied = listOf(language, (open?.tied ?? []).map(nameOf));
  const isStv = voting_method === "stv";
  // A tie for what is left says how close it is; whoever was eliminated had votes.
  const close =
    open !== undefined
      ? t.verdict[open.over === "elimination" ? "openOverElimination" : "open"](tied, open.seats)
      : next === undefined
        ? isStv
          ? ""
          : t.verdict.alone
        : t.verdict.lastAhead(nameOf(last), leadIn(reader, margin, last.whole), nameOf(next));
  const inVotes = listOf(
    language,
    elected.map((one) => t.verdict.votes(nameOf(one), one.votes)),
  );
  const inRounds = rounds.flatMap(({ round, elected: ids = [] }) =>
    ids.flatMap((id) => elected.filter((one) => one.id === id).map((one) => t.verdict.inItsRound(nameOf(one), round))),
  );
  const { threshold = 0 } = rounds.at(-1) ?? {};
  const ofRounds = [t.verdict.inOrderOfRounds(listOf(language, inRounds)), t.verdict.quota(threshold, total ?? 0)];
  return { headline: whose + close, details: isStv ? ofRounds : isShort ? [] : [t.verdict.inOrder(inVotes)] };
}
