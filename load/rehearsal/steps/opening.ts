import { fetchElection } from "#admin/elections/published-results.ts";
import { CHANGES_HEADER, NEWEST_CHANGE_HEADER } from "#functions/runtime/chain-headers-contract.ts";
import type { Contest } from "#load/rehearsal/contests/contest.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import { found, type Scrutin } from "#load/rehearsal/officer.ts";

/** The opening statement, and the signed changes that follow it. */

type Office = Readonly<{ diary: Diary; scrutin: Scrutin }>;

export async function stateOpening(
  { diary, scrutin }: Office,
  { electionId }: Pick<Contest, "electionId">,
  onRoll: number,
): Promise<void> {
  const printed = await scrutin(["election", "open-statement", electionId]);
  diary.must(`${electionId}: voters on the roll`, String(onRoll), found(printed, /(\d+) voters on the roll/));
}

export type Stated = Readonly<{ opening: string; changes: number; newest: string }>;

/** The opening and its chain as everybody reads them. */
export async function statedOf(url: string, electionId: string): Promise<Stated> {
  const { opening_sha256 } = await fetchElection(url, electionId);
  const { headers } = await fetch(`${url}/api/v1/elections/${electionId}/opening`);
  return {
    opening: opening_sha256 ?? "",
    changes: Number(headers.get(CHANGES_HEADER)),
    newest: headers.get(NEWEST_CHANGE_HEADER) ?? "",
  };
}
