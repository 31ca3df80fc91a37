import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { Cancelled } from "#web/shell/cancelled.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { pollsWords } from "#web/vote/polls-notice.tsx";

type Props = Readonly<{ elections: readonly PublicElection[] }>;

/** The questions of a paper that cannot be voted on now, by name, and why. */
export function Absent({ elections }: Props) {
  const t = usePaperMessages();
  if (elections.length === 0) return null;
  return (
    <section class="absent" aria-labelledby="absent">
      <h2 id="absent">{t.paper.notHere}</h2>
      <Reasons elections={elections} />
    </section>
  );
}

/** When none of its questions can be voted on. */
export function NoneOpen({ elections }: Props) {
  const t = usePaperMessages();
  const isComing = elections.some(({ status }) => status === "upcoming");
  return (
    <>
      <p class="eyebrow">{t.home.questions(elections.length)}</p>
      <Heading text={isComing ? t.vote.notOpenTitle : t.vote.closedTitle} />
      <Reasons elections={elections} />
    </>
  );
}

function Reasons({ elections }: Props) {
  const t = usePaperMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  return (
    <ul class="reasons">
      {elections.map((election) => {
        const title = inLanguage(election.title);
        const { cancelled, timeZone } = election.definition;
        return (
          <li key={election.election_id}>
            <strong>{title}</strong>
            {cancelled === undefined ? (
              <p>{pollsWords(language, t, election, election.status === "upcoming")}</p>
            ) : (
              <Cancelled {...cancelled} timeZone={timeZone} />
            )}
            {election.status === "closed" && (
              <a
                href={writePath(language, { page: "results", electionId: election.election_id })}
                aria-label={t.home.about(t.vote.seeResults, title)}
              >
                {t.vote.seeResults}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
