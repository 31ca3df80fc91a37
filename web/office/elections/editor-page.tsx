import { useEffect, useState } from "preact/hooks";
import type { DraftAnswer, ListedDraft, OfficeElection } from "#functions/office/elections/contract.ts";
import type { Me } from "#functions/office/session/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { type Draft, draftOf } from "#web/office/elections/draft.ts";
import { Editor } from "#web/office/elections/editor.tsx";
import { draftPath } from "#web/office/elections/keeping.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writeOfficePath } from "#web/office/router.ts";
import { OfficeFailure, officeGet } from "#web/office/shell/answers.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { Loading } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";

/** A draft as the server has it, or the registered definition where there is none. */
type Found = Readonly<{ draft: Draft; kept: ListedDraft | null; isRegistered: boolean; isFixed: boolean }>;

/** Once its opening is stated, times and texts alone can change, and not here. */
const cannotChange = ({ state, opening_sha256: opening }: OfficeElection): boolean =>
  opening !== null || state === "certified" || state === "cancelled";

async function find(electionId: string): Promise<OfficeAnswer<Found>> {
  const [kept, registered] = await Promise.all([
    officeGet<DraftAnswer>(draftPath(electionId)),
    officeGet<OfficeElection>(`/office/elections/${encodeURIComponent(electionId)}`),
  ]);
  if (kept.kind !== "ok") return kept;
  const isUnknown = registered.kind === "refused" && registered.problem.status === 404;
  if (registered.kind !== "ok" && !isUnknown) return registered;
  const json = kept.body.definition ?? (registered.kind === "ok" ? registered.body.definition : {});
  const draft = draftOf(json, electionId);
  const isFixed = registered.kind === "ok" && cannotChange(registered.body);
  return { kind: "ok", body: { draft, kept: kept.body.draft, isRegistered: registered.kind === "ok", isFixed } };
}

export function EditorPage({ me, electionId }: Readonly<{ me: Me; electionId: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const [answer, setAnswer] = useState<OfficeAnswer<Found>>();
  const [trial, setTrial] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setAnswer(undefined);
    void find(electionId).then((found) => isWanted && setAnswer(found));
    return () => {
      isWanted = false;
    };
  }, [electionId, trial]);
  const reload = (): void => setTrial((last) => last + 1);
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <OfficeFailure answer={answer} retry={reload} />;
  if (answer.body.isFixed) {
    return (
      <>
        <Heading text={t.officeElections.editor.title(electionId)} />
        <p>{t.officeElections.editor.fixed}</p>
        <p class="actions">
          <a class="button primary" href={writeOfficePath(language, { room: "polling", electionId })}>
            {t.officeElections.editor.toPolling}
          </a>
        </p>
      </>
    );
  }
  return (
    <>
      <Heading text={t.officeElections.editor.title(electionId)} />
      <Editor key={trial} voterIssuers={me.voter_issuers} electionId={electionId} found={answer.body} reload={reload} />
    </>
  );
}
