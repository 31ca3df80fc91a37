import { groupTrackingCode } from "#core/tracking-code.ts";
import { formatQuoted } from "#web/format.ts";
import { useBilingual, useLanguage, usePaperMessages } from "#web/messages/catalogue.ts";
import { go } from "#web/navigation.ts";
import { ReceiptRow, type RowActs } from "#web/paper/receipt-row.tsx";
import { standingOf, stateOf } from "#web/paper/standing.ts";
import type { Question } from "#web/paper/visit.ts";
import { writePath } from "#web/router.ts";
import { saveFile } from "#web/save-file.ts";
import { Heading } from "#web/shell/heading.tsx";
import { codeOf, isUnsent } from "#web/vote/casting.ts";
import { NextVote } from "#web/vote/next-vote.tsx";
import { castOn, checkPath } from "#web/vote/receipt.tsx";
import { endSession } from "#web/vote/session.ts";

const TONES = { moving: "wait", amiss: "wrong", queued: "wait", accepted: "counted" } as const;

/** How each ballot of a paper stands, with its tracking code; never the choices. */
export function Receipts({
  paperId,
  questions,
  acts,
}: Readonly<{ paperId: string; questions: readonly Question[]; acts: RowActs }>) {
  const t = usePaperMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const { kind, accepted, ballots, amiss } = standingOf(questions);
  const kept = questions.flatMap(({ election, session }) => {
    const code = isUnsent(session.casting) ? undefined : codeOf(session);
    return code === undefined ? [] : [{ election, code, castAtMs: session.castAtMs }];
  });
  // What was sealed before a reload is sent or discarded first.
  const isWaiting = questions.some(({ session }) => session.casting === undefined && session.waiting !== undefined);
  const isOver = kind === "accepted" || (kind === "amiss" && !isWaiting);
  const file = kept.map(({ election, code, castAtMs }) =>
    t.receipt.file(
      inLanguage(election.title),
      castAtMs === undefined ? "" : `${castOn(t, language, election, castAtMs)}\n`,
      groupTrackingCode(code),
      location.origin + checkPath(language, election.election_id, code),
    ),
  );
  const isSecret = kept.some(({ election }) => election.definition.verification === "public");
  return (
    <>
      <div role="status" class={`outcome ${TONES[kind]}`}>
        <Heading text={t.paper.title[kind](ballots)} />
        <p>{t.paper.inTheBox(accepted, ballots)}</p>
        {amiss.length > 0 && (
          <p>
            {t.paper.amiss(
              formatQuoted(
                language,
                amiss.map(({ title }) => inLanguage(title)),
              ),
            )}
          </p>
        )}
        {kind === "queued" && <p>{t.paper.queued}</p>}
      </div>
      {questions.map((question) => (
        <ReceiptRow key={question.election.election_id} question={question} state={stateOf(question)} acts={acts} />
      ))}
      {kept.length > 0 && (
        <>
          <p class="quiet">
            {t.paper.hint} {t.paper.secret[isSecret ? "public" : "auditors"]}
          </p>
          <p class="actions">
            <button type="button" class="button" onClick={() => print()}>
              {t.receipt.print}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => saveFile(`scrutin-${paperId}.txt`, "text/plain", file.join("\n"))}
            >
              {t.receipt.download}
            </button>
          </p>
        </>
      )}
      {kind === "accepted" && <NextVote after={questions.map(({ election }) => election)} />}
      {isOver && (
        <>
          <p class="actions">
            <button
              type="button"
              class={kind === "accepted" ? "button primary" : "button"}
              onClick={() => {
                for (const { election } of questions) endSession(election.election_id);
                go({ path: writePath(language, { page: "home" }) });
              }}
            >
              {t.stub.done}
            </button>
          </p>
          <p class="quiet done-hint">{t.stub.doneHint}</p>
        </>
      )}
    </>
  );
}
