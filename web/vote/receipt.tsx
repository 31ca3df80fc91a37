import { useState } from "preact/hooks";
import { formatInstant } from "#core/instant-words.ts";
import type { Language } from "#core/language.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import { QrCode } from "#web/qr/qr-code.tsx";
import { writeFragment } from "#web/receipt-link.ts";
import { writePath } from "#web/router.ts";
import { saveFile } from "#web/save-file.ts";
import { GroupedCode } from "#web/vote/grouped-code.tsx";

export function CopyButton({ label, text, isMain }: Readonly<{ label: string; text: string; isMain?: boolean }>) {
  const t = useMessages();
  const [said, setSaid] = useState("");
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(t.receipt.copied),
      () => setSaid(t.receipt.notCopied),
    );
  };
  return (
    <>
      <button type="button" class={isMain ? "button primary" : "button"} onClick={copy}>
        {label}
      </button>
      <span role="status" class="quiet said">
        {said}
      </span>
    </>
  );
}

/** Where a ballot is checked, with its tracking code. */
export function checkPath(language: Language, electionId: string, trackingCode: string): string {
  return writePath(language, { page: "check", electionId }) + writeFragment({ trackingCode });
}

/** A tracking code, and once there is something to check, the page that does as squares. */
export function TrackingCode({
  trackingCode,
  path,
  isReceived,
}: Readonly<{ trackingCode: string; path: string; isReceived: boolean }>) {
  const t = useMessages();
  return (
    <div class="stub-code">
      <GroupedCode trackingCode={trackingCode} />
      {isReceived && <QrCode text={location.origin + path} label={t.receipt.qr} />}
    </div>
  );
}

/** When a ballot was cast, in the vote's time zone; and on paper, where it is checked. */
export function CastFacts({
  election,
  castAtMs,
}: Readonly<{ election: PublicElection; castAtMs: number | undefined }>) {
  const t = useMessages();
  const language = useLanguage();
  const address = location.origin + writePath(language, { page: "check", electionId: election.election_id });
  return (
    <>
      {castAtMs !== undefined && <p>{castOn(t, language, election, castAtMs)}</p>}
      <p class="on-paper">{t.receipt.address(address)}</p>
    </>
  );
}

export const castOn = (t: Messages, language: Language, { definition }: PublicElection, castAtMs: number): string =>
  t.receipt.castOn(formatInstant(language, castAtMs, definition.timeZone));

/**
 * Shows the tracking code, never the choice.
 * @param castAtMs undefined until the ballot was received, and on another device
 * @param isReceived whether the voting service has it: until then there is nothing to print or look up
 */
export function Receipt({
  election,
  trackingCode,
  castAtMs,
  isReceived,
}: Readonly<{
  election: PublicElection;
  trackingCode: string;
  castAtMs: number | undefined;
  isReceived: boolean;
}>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { election_id: electionId, definition } = election;
  const title = inLanguage(election.title);
  const code = groupTrackingCode(trackingCode);
  const path = checkPath(language, electionId, trackingCode);
  const save = (): void => {
    const when = castAtMs === undefined ? "" : `${castOn(t, language, election, castAtMs)}\n`;
    saveFile(`scrutin-${electionId}.txt`, "text/plain", t.receipt.file(title, when, code, location.origin + path));
  };
  return (
    <section class="stub" aria-labelledby="tracking-code-title">
      <p class="eyebrow">{title}</p>
      <h2 id="tracking-code-title">{t.receipt.trackingCode}</h2>
      <TrackingCode trackingCode={trackingCode} path={path} isReceived={isReceived} />
      {isReceived && <CastFacts election={election} castAtMs={castAtMs} />}
      <p class="quiet">{t.receipt.hint}</p>
      <p class="quiet">{t.receipt.secret[definition.verification]}</p>
      <p class="actions">
        <CopyButton label={t.receipt.copy} text={code} />
        {isReceived ? (
          <>
            <button type="button" class="button" onClick={() => print()}>
              {t.receipt.print}
            </button>
            <button type="button" class="button" onClick={save}>
              {t.receipt.download}
            </button>
            <a class="button" href={path}>
              {t.receipt.check}
            </a>
          </>
        ) : (
          <CopyButton label={t.stub.copyLink} text={location.origin + path} />
        )}
      </p>
    </section>
  );
}
