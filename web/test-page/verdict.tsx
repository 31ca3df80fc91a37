import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import type { Language } from "#core/language.ts";
import { groupTrackingCode } from "#core/tracking-code.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import type { TestPageMessages } from "#web/messages/test-page-en.ts";
import { SaidChoice } from "#web/test-page/said-choice.tsx";
import type { Remade } from "#web/trustees/remade.ts";
import type { ReadTestLink } from "#web/trustees/test-link.ts";

export type Verdict = Readonly<
  | { kind: "same" | "differs"; shown: string; ballot: Remade; link: ReadTestLink }
  /** The link is whole, and gives no ballot of the question. */
  | { kind: "no-ballot" }
>;

export function ShownVerdict({
  verdict,
  language,
  t,
}: Readonly<{ verdict: Verdict; language: Language; t: TestPageMessages }>) {
  if (verdict.kind === "no-ballot") {
    return (
      <div role="alert" class="outcome wrong">
        <h2>{t.otherTitle}</h2>
        <p>{t.notABallot}</p>
      </div>
    );
  }
  const { shown, ballot, link } = verdict;
  if (verdict.kind === "differs") {
    return (
      <div role="alert" class="outcome wrong">
        <h2>{t.otherTitle}</h2>
        <p>{t.differs(groupTrackingCode(shown), groupTrackingCode(ballot.trackingCode))}</p>
        <p>{t.typed}</p>
      </div>
    );
  }
  return (
    <>
      <div role="status" class="outcome counted">
        <h2>{t.sameTitle}</h2>
        <p>{t.same(groupTrackingCode(ballot.trackingCode))}</p>
      </div>
      <SaidChoice ballot={ballot} language={language} t={t} />
      <p>{t.ask}</p>
      <details class="quiet">
        <summary>{t.observers}</summary>
        <dl>
          <dt>{t.digest}</dt>
          <dd>{toBase64Url(ballotDigest(ballot.definition))}</dd>
          <dt>{t.key}</dt>
          <dd>{toBase64Url(link.publicKey)}</dd>
          <dt>{t.voterKey}</dt>
          <dd>{fromBase64Url(link.voterKey) && link.voterKey}</dd>
        </dl>
      </details>
    </>
  );
}
