import { useState } from "preact/hooks";
import { groupTrackingCode } from "#core/envelope.ts";
import { useMessages } from "#web/messages/catalogue.ts";

/** The stub torn off the ballot: the tracking code, to copy and to print. It does not say what was voted. */
export function TrackingCode({ trackingCode }: Readonly<{ trackingCode: string }>) {
  const t = useMessages();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(groupTrackingCode(trackingCode));
    setCopied(true);
  };
  return (
    <section class="stub" aria-labelledby="tracking-code-title">
      <h2 id="tracking-code-title">{t.stub.trackingCode}</h2>
      <p class="tracking-code" data-tracking-code={trackingCode}>
        {groupTrackingCode(trackingCode)}
      </p>
      <p class="quiet">{t.stub.trackingHint}</p>
      <p class="actions">
        <button type="button" class="button" onClick={() => void copy().catch(() => setCopied(false))}>
          {t.stub.copy}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          {t.stub.print}
        </button>
        <span role="status" class="quiet">
          {isCopied && t.stub.copied}
        </span>
      </p>
    </section>
  );
}
