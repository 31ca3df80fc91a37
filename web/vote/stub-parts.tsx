import { formatClock } from "#core/instant-words.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writeFragment } from "#web/receipt-link.ts";
import { writePath } from "#web/router.ts";
import { Told } from "#web/shell/told.tsx";
import { noteAltered } from "#web/vote/cast-ballot.ts";
import type { Casting } from "#web/vote/casting.ts";
import { CopyButton } from "#web/vote/receipt.tsx";
import type { Session } from "#web/vote/session.ts";

/** The server said that it received another ballot. It stays, whatever comes later, until the voter has noted both codes. */
export function Altered({ election, session }: Readonly<{ election: PublicElection; session: Session }>) {
  const t = useMessages();
  const contact = useContact(election.definition);
  const { altered, isAlteredNoted } = session;
  if (altered === undefined || isAlteredNoted) return null;
  const codes = [groupTrackingCode(altered.sealed), groupTrackingCode(altered.received)] as const;
  return (
    <div role="alert" class="altered">
      <h2>{t.stub.alteredTitle}</h2>
      <p>
        <Told text={t.stub.altered(...codes, contact)} />
      </p>
      <p class="actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            // The button goes.
            document.querySelector("h1")?.focus();
            noteAltered(election.election_id);
          }}
        >
          {t.stub.alteredNoted}
        </button>
      </p>
    </div>
  );
}

/** While a ballot is in the queue: how to come back, and how long it has been where that is long. */
export function StillQueued({
  election,
  casting,
  castAtMs,
  isMain = false,
}: Readonly<{
  election: PublicElection;
  casting: Extract<Casting, { stage: "queued" }>;
  castAtMs: number | undefined;
  /** Whether nothing on the page is to be done before. */
  isMain?: boolean;
}>) {
  const t = useMessages();
  const language = useLanguage();
  const told = (atMs: number): string => formatClock(language, atMs, election.definition.timeZone);
  const path = writePath(language, { page: "vote", electionId: election.election_id });
  const fragment = writeFragment({ trackingCode: casting.codes.sealed, requestId: casting.requestId });
  return (
    <section class="resume">
      {castAtMs !== undefined && casting.slow && casting.isHeard && (
        <p class="quiet">{t.stub.castAt(told(castAtMs), told(Date.now()))}</p>
      )}
      <p>{t.stub.resume}</p>
      <p class="actions">
        <CopyButton label={t.stub.copyLink} text={location.origin + path + fragment} isMain={isMain} />
      </p>
    </section>
  );
}
