import type { Cancellation } from "#core/election.ts";
import { formatInstant } from "#core/instant-words.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Told } from "#web/shell/told.tsx";

/** When and why a vote was cancelled, and what that means. @param timeZone the vote's */
export function Cancelled({ at, reason, timeZone }: Cancellation & Readonly<{ timeZone: string }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  return (
    <>
      <p>
        {t.vote.cancelledOn(formatInstant(language, at, timeZone))} <Told text={inLanguage(reason)} />
      </p>
      <p>{t.vote.cancelledWhat}</p>
    </>
  );
}
