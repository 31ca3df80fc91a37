import type { PublicElection } from "#functions/elections/contract.ts";
import { acceptedRequestId } from "#web/accepted-ballots.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { listedElections } from "#web/shell/seen-elections.ts";
import { keptReceipt } from "#web/vote/session.ts";

/** The vote that closes next, of those that are open and in which nobody has voted on this page. @param after what was just voted on */
function nextOpen(after: readonly PublicElection[], nowMs: number): PublicElection | undefined {
  const isOther = ({ election_id: id, paper }: PublicElection): boolean =>
    !after.some((one) => one.election_id === id || (paper !== null && one.paper === paper)) &&
    acceptedRequestId(id) === undefined &&
    keptReceipt(id) === undefined;
  const closesMs = ({ closes_at: closesAt }: PublicElection): number => Date.parse(closesAt);
  return listedElections()
    .filter((one) => one.status === "open" && closesMs(one) > nowMs && isOther(one))
    .toSorted((a, b) => closesMs(a) - closesMs(b))[0];
}

/** The way to the next vote that is open, where the home page was seen and listed one. */
export function NextVote({ after }: Readonly<{ after: readonly PublicElection[] }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const next = nextOpen(after, Date.now());
  if (next === undefined) return null;
  const { paper, election_id: electionId } = next;
  return (
    <p class="next-vote">
      {t.receipt.another}{" "}
      <a href={writePath(language, paper === null ? { page: "vote", electionId } : { page: "paper", paperId: paper })}>
        {inLanguage(next.title)}
      </a>
    </p>
  );
}
