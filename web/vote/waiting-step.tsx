import { formatTime } from "#core/instant-words.ts";
import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { Heading } from "#web/shell/heading.tsx";
import type { WaitingBallot } from "#web/vote/session.ts";

/** A ballot sealed before a reload, which may have arrived or not. */
export function WaitingStep({
  waiting,
  timeZone,
  onSend,
  onThrownAway,
}: Readonly<{
  waiting: WaitingBallot;
  /** Of the election. */
  timeZone: string;
  onSend: () => void;
  onThrownAway: () => void;
}>) {
  const t = useMessages();
  const language = useLanguage();
  return (
    <>
      <div class="outcome">
        <Heading text={t.waiting.title} />
        <p>{t.waiting.what(formatTime(language, waiting.sealedAtMs, timeZone))}</p>
        <p>{t.waiting.send}</p>
      </div>
      <p class="actions">
        <button type="button" class="button primary" onClick={onSend}>
          {t.waiting.sendIt}
        </button>
        <button type="button" class="button" onClick={onThrownAway}>
          {t.waiting.throwAway}
        </button>
      </p>
      <p class="quiet">{t.waiting.notYours}</p>
    </>
  );
}
