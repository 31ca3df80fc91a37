import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phaseAt } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { chooseRace, law, race, rankedRace, transferRace } from "#test/definitions.ts";
import { cast, eventually, get, outcomeOf } from "#test/e2e/api.ts";
import { cancel, enrol, hold, register, registerUnstated } from "#test/e2e/office.ts";

/**
 * Elections of every kind and state for the pages to show. Each test file has a day of its own, whose ballots no other
 * file sees.
 */

const PAST = { opensAt: "2020-01-01T00:00:00Z", closesAt: "2020-01-02T00:00:00Z" };
const FUTURE = { opensAt: "2098-01-01T00:00:00Z", closesAt: "2098-01-02T00:00:00Z" };
const VOTERS = 120;

/** The palest, darkest and brightest colours that a party may choose, and some in between. */
const parties = ["#fffbe6", "#0a0a14", "#ffd400", "#1b6e3b", "#c2185b"].map((colour, index) => ({
  partyId: `p${index}`,
  name: { fr: `Parti numéro ${index}`, en: `Party number ${index}` },
  colour,
}));
const LAST_NAMES = ["Arsenault-Wolstenholme", "Bélanger", "Côté", "Désilets", "Émond", "Fo"];
const candidates = LAST_NAMES.map((lastName, index) => ({
  candidateId: String(index),
  firstName: "Marie-Ève",
  lastName,
  ...(index < parties.length && { partyId: `p${index}` }),
  regionIds: ["1", "2"],
  bio: { fr: "Elle répare des ponts.", en: "She repairs bridges." },
}));

export type DayVoter = Readonly<{ nas: string; code: string }>;

/** Voter `n`, from 0, on each day's rolls. */
export const dayVoter = (n: number): DayVoter => {
  if (n >= VOTERS) throw new RangeError(`the day's rolls have ${VOTERS} voters`);
  return { nas: String(200_000_000 + n), code: `DAY${String(n).padStart(3, "0")}` };
};

export type PollingDay = Readonly<{
  law: string;
  /** The law's French title, which tells it from the laws of other days on the home page. */
  lawTitle: string;
  race: string;
  choose: string;
  ranked: string;
  transfer: string;
  secret: string;
  over: string;
  coming: string;
  paper: string;
  /** In their order: a law, a race and a ranked race. */
  paperQuestions: readonly [string, string, string];
  /** Another of its questions. */
  paperCancelled: string;
  /** An unused voter, on the rolls of the law and of region 1. */
  nextVoter(): DayVoter;
}>;

const frenchTitle = (day: string): string => `Loi sur les ponts (${day})`;

function definitionsOf(day: string): readonly ElectionDefinition[] {
  const contest = { parties, candidates, allowBlank: true };
  return [
    law({ electionId: `${day}-law`, allowBlank: true, title: { fr: frenchTitle(day), en: `Bridges Act (${day})` } }),
    race({ electionId: `${day}-race`, ...contest }),
    chooseRace({ electionId: `${day}-choose`, ...contest, seats: 2, maxChoices: 3 }),
    rankedRace({ electionId: `${day}-ranked`, ...contest, maxRankings: 4 }),
    transferRace({ electionId: `${day}-transfer`, ...contest, seats: 2, maxRankings: 6 }),
    law({ electionId: `${day}-secret`, results: "after_close", minimumBallots: 10 }),
    law({ electionId: `${day}-coming`, ...FUTURE }),
    ...paperOf(day),
  ];
}

const overOf = (day: string): ElectionDefinition => law({ electionId: `${day}-over`, quorum: 0.5, ...PAST });

function paperOf(day: string): readonly ElectionDefinition[] {
  const contest = { parties, candidates, paper: `${day}-paper`, allowBlank: true };
  const [bylaw, mayor, council] = paperIds(day);
  return [
    law({ electionId: bylaw, paper: contest.paper, title: { fr: `Règlement (${day})`, en: `Bylaw (${day})` } }),
    race({ electionId: mayor, ...contest, title: { fr: `Mairie (${day})`, en: `Mayor (${day})` } }),
    rankedRace({
      electionId: council,
      ...contest,
      maxRankings: 3,
      title: { fr: `Conseil (${day})`, en: `Council (${day})` },
    }),
  ];
}

const paperIds = (day: string): readonly [string, string, string] => [`${day}-p-2`, `${day}-p-3`, `${day}-p-4`];

/** A question of the day's paper on which nobody votes any more. */
async function registerCancelled(day: string): Promise<void> {
  const title = { fr: `Harmonisation (${day})`, en: `Merger (${day})` };
  await registerUnstated(law({ electionId: `${day}-p-1`, paper: `${day}-paper`, title }));
  await cancel(`${day}-p-1`, "Only one question was left.");
}

/** Puts all the day's voters on the rolls of elections, in region 1. */
export async function enrolDayVoters(electionIds: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-day-"));
  const file = join(folder, "voters.csv");
  const rows = Array.from({ length: VOTERS }, (_, n) => `${dayVoter(n).nas},${dayVoter(n).code},1`);
  await writeFile(file, `nas,code,region_id\n${rows.join("\n")}\n`);
  await Promise.all(electionIds.map((electionId) => enrol(electionId, file)));
  await rm(folder, { recursive: true });
}

/** Casts some ballots in each open election, so that there is something to show. */
async function voteEarly(day: string): Promise<void> {
  const voters = Array.from({ length: 9 }, (_, n) => dayVoter(VOTERS - 1 - n));
  const receipts = voters.flatMap((who, n) => [
    cast("/api/v1/vote", { ...who, law_id: `${day}-law`, vote: n % 3 === 0 ? "non" : "oui" }),
    cast("/api/v1/elections/vote", {
      ...who,
      election_id: `${day}-race`,
      region_id: "1",
      candidate_id: String(n % 5),
      voting_method: "single_choice",
    }),
    cast("/api/v1/elections/vote", {
      ...who,
      election_id: `${day}-choose`,
      region_id: "1",
      candidate_ids: n % 3 === 0 ? ["0", "1", "2"] : ["2"],
    }),
    cast("/api/v1/elections/vote", {
      ...who,
      election_id: `${day}-transfer`,
      region_id: "1",
      ranked_choices: n < 5 ? ["0", "1", "2"] : [String((n % 4) + 1), "5"],
    }),
    cast("/api/v1/elections/vote", {
      ...who,
      election_id: `${day}-ranked`,
      region_id: "1",
      ranked_choices: [String(n % 4), String((n % 4) + 1), "5"],
    }),
  ]);
  await Promise.all((await Promise.all(receipts)).map((receipt) => outcomeOf(receipt)));
}

/** Registers a day's elections, and waits until the site knows them and has counted the first ballots. */
export async function pollingDay(day: string): Promise<PollingDay> {
  const definitions = definitionsOf(day);
  // First: the other questions have its hours, and stating moves theirs.
  await registerCancelled(day);
  const over = overOf(day);
  await Promise.all([hold(over, { all: 4 }, []), ...definitions.map(register)]);
  const kinds = ["law", "race", "choose", "ranked", "transfer"].map((kind) => `${day}-${kind}`);
  await enrolDayVoters([...kinds, ...paperIds(day)]);
  const listed = async () => PublicElection.array().parse(await (await get("/api/v1/elections")).json());
  // A list of a moment ago may have an election whose opening was not stated yet: its page offers no ballot.
  const isListed = (list: readonly PublicElection[]): boolean =>
    [over, ...definitions].every((definition) =>
      list.some(
        ({ election_id, status }) =>
          election_id === definition.electionId && status === phaseAt(definition, Date.now()),
      ),
    );
  await Promise.all([voteEarly(day), eventually(listed, isListed)]);
  let taken = 0;
  return {
    law: `${day}-law`,
    lawTitle: frenchTitle(day),
    race: `${day}-race`,
    choose: `${day}-choose`,
    ranked: `${day}-ranked`,
    transfer: `${day}-transfer`,
    secret: `${day}-secret`,
    over: `${day}-over`,
    coming: `${day}-coming`,
    paper: `${day}-paper`,
    paperQuestions: paperIds(day),
    paperCancelled: `${day}-p-1`,
    nextVoter: () => dayVoter(taken++),
  };
}
