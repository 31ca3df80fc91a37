import { fromBase64Url } from "#core/bytes.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { groupedSha256 } from "#web/format.ts";
import { useMessages } from "#web/messages/catalogue.ts";
import { QrCode } from "#web/qr/qr-code.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { testPageAddress } from "#web/trustees/test-page-address.ts";
import { useTrusteesWords } from "#web/trustees/words.ts";
import { CopyButton } from "#web/vote/receipt.tsx";

const hexOf = (base64url: string): string =>
  [...(fromBase64Url(base64url) ?? [])].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A ballot that tests the device: how a second one makes it again. It is never signed. */
export function OpenedBallot({
  trackingCode,
  fragment,
  ceremony,
  onAgain,
}: Readonly<{ trackingCode: string; fragment: string; ceremony: Ceremony; onAgain: () => void }>) {
  const t = useMessages();
  const own = useTrusteesWords();
  const link = testPageAddress(fragment);
  return (
    <>
      <Heading text={own.openedTitle} />
      <p>{own.opened}</p>
      <section class="stub opened">
        <p class="quiet">
          {t.receipt.trackingCode} <span class="opened-code">{groupTrackingCode(trackingCode)}</span>
        </p>
        <QrCode text={link} label={own.openedQr} />
        <ol>
          {own.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="actions">
          <CopyButton label={own.openedLink} text={link} />
        </p>
        <p class="quiet">{own.openedSecret}</p>
        <details class="quiet">
          <summary>
            <span>{own.testPage}</span>
          </summary>
          <p>
            <a href={testPageAddress()} target="_blank" rel="noopener">
              {testPageAddress()}
            </a>
          </p>
          {ceremony.testPage !== undefined && (
            <p>
              {own.testPageElsewhere} <code>{groupedSha256(hexOf(ceremony.testPage))}</code>
            </p>
          )}
        </details>
      </section>
      <p class="actions">
        <button type="button" class="button primary" onClick={onAgain}>
          {own.again}
        </button>
      </p>
    </>
  );
}
