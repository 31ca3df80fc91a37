import { useState } from "preact/hooks";
import type { Language } from "#core/language.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { useBilingual, useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { QrCode } from "#web/qr/qr-code.tsx";
import { writeFragment } from "#web/receipt-link.ts";
import { writePath } from "#web/router.ts";
import { saveFile } from "#web/save-file.ts";

export function CopyButton({ label, text }: Readonly<{ label: string; text: string }>) {
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
      <button type="button" class="button" onClick={copy}>
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

/** A tracking code, and the page that checks it as squares. */
export function TrackingCode({ trackingCode, path }: Readonly<{ trackingCode: string; path: string }>) {
  const t = useMessages();
  return (
    <div class="stub-code">
      <p class="tracking-code" data-tracking-code={trackingCode}>
        {groupTrackingCode(trackingCode)
          .split(" ")
          .map((group) => (
            <span key={group}>{group} </span>
          ))}
      </p>
      <QrCode text={location.origin + path} label={t.receipt.qr} />
    </div>
  );
}

/** Shows the tracking code, never the choice. */
export function Receipt({ election, trackingCode }: Readonly<{ election: PublicElection; trackingCode: string }>) {
  const t = useMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { election_id: electionId, definition } = election;
  const title = inLanguage(election.title);
  const code = groupTrackingCode(trackingCode);
  const path = checkPath(language, electionId, trackingCode);
  return (
    <section class="stub" aria-labelledby="tracking-code-title">
      <p class="eyebrow">{title}</p>
      <h2 id="tracking-code-title">{t.receipt.trackingCode}</h2>
      <TrackingCode trackingCode={trackingCode} path={path} />
      <p class="quiet">{t.receipt.hint}</p>
      <p class="quiet">{t.receipt.secret[definition.verification]}</p>
      <p class="actions">
        <CopyButton label={t.receipt.copy} text={code} />
        <button type="button" class="button" onClick={() => print()}>
          {t.receipt.print}
        </button>
        <button
          type="button"
          class="button"
          onClick={() =>
            saveFile(`scrutin-${electionId}.txt`, "text/plain", t.receipt.file(title, code, location.origin + path))
          }
        >
          {t.receipt.download}
        </button>
        <a class="button" href={path}>
          {t.receipt.check}
        </a>
      </p>
    </section>
  );
}
