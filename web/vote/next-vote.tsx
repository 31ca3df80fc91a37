import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { nextOpen } from "#web/seen-elections.ts";

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
