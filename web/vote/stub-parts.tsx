import { formatClock } from "#core/instant-words.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useContact } from "#web/contact.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writeFragment } from "#web/receipt-link.ts";
import { writePath } from "#web/router.ts";
import { alteredCodes, type Casting } from "#web/vote/casting.ts";
import { CopyButton } from "#web/vote/receipt.tsx";

/** The server says that it received another ballot. */
export function Altered({ election, casting }: Readonly<{ election: PublicElection; casting: Casting }>) {
  const t = useMessages();
  const contact = useContact(election.definition);
  const codes = alteredCodes(casting);
  return (
    codes && (
      <div role="alert" class="altered">
        <h2>{t.stub.alteredTitle}</h2>
        <p>{t.stub.altered(groupTrackingCode(codes.sealed), groupTrackingCode(codes.received), contact)}</p>
      </div>
    )
  );
}

/** While the queue is slow: how long it has been, and how to come back. */
export function StillQueued({
  election,
  casting,
  castAtMs,
}: Readonly<{
  election: PublicElection;
  casting: Extract<Casting, { stage: "queued" }>;
  castAtMs: number | undefined;
}>) {
  const t = useMessages();
  const language = useLanguage();
  const told = (atMs: number): string => formatClock(language, atMs, election.definition.timeZone);
  const path = writePath(language, { page: "vote", electionId: election.election_id });
  const fragment = writeFragment({ trackingCode: casting.codes.sealed, requestId: casting.requestId });
  return (
    <section class="resume">
      {castAtMs !== undefined && casting.isHeard && (
        <p class="quiet">{t.stub.castAt(told(castAtMs), told(Date.now()))}</p>
      )}
      <p>{t.stub.resume}</p>
      <p class="actions">
        <CopyButton label={t.stub.copyLink} text={location.origin + path + fragment} />
      </p>
    </section>
  );
}
