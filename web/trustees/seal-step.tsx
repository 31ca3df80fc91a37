import type { ComponentChildren } from "preact";
import { groupTrackingCode } from "#core/tracking-code.ts";
import { useMessages } from "#web/messages/catalogue.ts";
import { QrCode } from "#web/qr/qr-code.tsx";
import { writeFragment } from "#web/receipt-link.ts";
import { Heading } from "#web/shell/heading.tsx";
import { testPageAddress } from "#web/trustees/test-page-address.ts";
import { useTrusteesWords } from "#web/trustees/words.ts";
import { GroupedCode } from "#web/vote/grouped-code.tsx";
import { CopyButton } from "#web/vote/receipt.tsx";
import { type ReviewedBallot, ReviewedChoice } from "#web/vote/review-step.tsx";
import { StepActions } from "#web/vote/step.tsx";

/** The review at level "trustees": the choice, then the sealed ballot, which is cast or tests the device. */

export function SealReview({
  isSealing,
  onSeal,
  onChange,
  ...reviewed
}: ReviewedBallot & Readonly<{ isSealing: boolean; onSeal: () => void; onChange: () => void }>) {
  const t = useMessages();
  const own = useTrusteesWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isSealing) onSeal();
  };
  return (
    <form onSubmit={submit} aria-busy={isSealing}>
      <Heading text={t.review.title} />
      <div class="sheet review">
        <ReviewedChoice {...reviewed} />
      </div>
      <p>{own.seal}</p>
      <p role="status">{isSealing ? own.sealing : ""}</p>
      <StepActions next={own.toSeal} onBack={() => history.back()}>
        <button type="button" class="button" onClick={onChange}>
          {t.review.change}
        </button>
      </StepActions>
    </form>
  );
}

/** A tracking code before its ballot is cast, for a second device. */
function SealedCode({ trackingCode, children }: Readonly<{ trackingCode: string; children?: ComponentChildren }>) {
  const t = useMessages();
  const own = useTrusteesWords();
  return (
    <section class="stub" aria-labelledby="sealed-code-title">
      <h2 id="sealed-code-title">{t.receipt.trackingCode}</h2>
      <div class="stub-code">
        <GroupedCode trackingCode={trackingCode} />
        <QrCode text={testPageAddress(writeFragment({ trackingCode }))} label={own.codeQr} />
      </div>
      {children}
    </section>
  );
}

export function CastOrTest({
  trackingCode,
  isOpening,
  onCast,
  onTest,
}: Readonly<{
  trackingCode: string;
  isOpening: boolean;
  onCast: () => void;
  onTest: () => void;
}>) {
  const t = useMessages();
  const own = useTrusteesWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isOpening) onCast();
  };
  return (
    <form onSubmit={submit} aria-busy={isOpening}>
      <Heading text={own.sealedTitle} />
      <p>{own.sealed}</p>
      <SealedCode trackingCode={trackingCode}>
        <p class="actions">
          <CopyButton label={t.receipt.copy} text={groupTrackingCode(trackingCode)} />
        </p>
      </SealedCode>
      <p>{own.sayTest}</p>
      <p>{t.review.final}</p>
      <p role="status">{isOpening ? own.opening : ""}</p>
      <StepActions next={own.cast} onBack={() => history.back()}>
        <button type="button" class="button" onClick={() => !isOpening && onTest()}>
          {own.test}
        </button>
      </StepActions>
    </form>
  );
}
