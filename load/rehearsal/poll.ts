import { fetchElection } from "#admin/elections/published-results.ts";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import { enrolledIn, type Person } from "#load/rehearsal/town.ts";
import type { FreshVoter } from "#load/shared/ballots.ts";
import type { OpenElection } from "#load/shared/elections.ts";

/** What people vote in. */
type Voted = Pick<Contest, "electionId">;

/** A contest while people vote in it: who has still to vote, and the first ballots, which later steps come back to. */
export class Poll {
  readonly contest: Voted;
  readonly election: OpenElection;
  readonly #waiting: ReadonlyMap<string, FreshVoter[]>;
  /** Whose ballots are in the box, in the order of voting. */
  readonly voted: FreshVoter[] = [];
  /** Of the last good ballot in the box. */
  trackingCode = "";
  /** Of the first sealed ballot, for somebody to copy. */
  firstEnvelope: string | undefined;

  constructor(contest: Voted, election: OpenElection, enrolled: ReadonlyMap<string, readonly Person[]>) {
    this.contest = contest;
    this.election = election;
    this.#waiting = new Map(
      [...enrolled].map(([regionId, people]) => [regionId, people.map((person) => this.voter(person, regionId))]),
    );
  }

  voter({ nas, code }: Person, regionId: string): FreshVoter {
    return { nas, code, regionId, electionId: this.contest.electionId };
  }

  /** Somebody of a region who has not voted, and whom nobody else is given. */
  next(regionId: string): FreshVoter {
    const voter = this.#waiting.get(regionId)?.shift();
    if (voter === undefined) throw new Error(`nobody is left to vote in ${regionId} of ${this.contest.electionId}`);
    return voter;
  }
}

/** A contest as everybody reads it once it is open. */
export async function openPoll(
  url: string,
  contest: Pick<Contest, "electionId" | "roll">,
  town: readonly Person[],
): Promise<Poll> {
  const { definition, public_key: publicKey, opening_sha256 } = await fetchElection(url, contest.electionId);
  const election = { definition, publicKey, opening: opening_sha256 ?? undefined };
  return new Poll(contest, election, enrolledIn(contest, town));
}
