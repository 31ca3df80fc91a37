import { downloadZip } from "client-zip";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RollRoom } from "#functions/office-roll/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import script from "#web/office/roll/cards.worker";
import { FilePick } from "#web/office/roll/file-pick.tsx";
import type { AskedCards, MadeCards, ToldCards } from "#web/office/roll/worker-messages.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { SelectField } from "#web/office/shell/field.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { ProgressBar } from "#web/office/shell/progress-bar.tsx";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";
import { saveBlob } from "#web/save-file.ts";
import { type Asking, startAsking } from "#web/worker-asking.ts";

const ROLL_FILE = "roll.csv";
const isLetters = ({ name }: Made): boolean => name.endsWith(".pdf");

type Made = Readonly<{ name: string; blob: Blob }>;
type Stage =
  | Readonly<{ kind: "empty" }>
  | Readonly<{ kind: "making"; done: number; total: number }>
  | Readonly<{ kind: "made"; made: MadeCards }>;
const PAPERS = ["letter", "a4"] as const;

/** Letters are made beside the page: names, addresses and codes go nowhere. Only that they were made is recorded. */
export function LettersSection({
  room,
  onRoll,
}: Readonly<{ room: RollRoom /** To be sent up. */; onRoll: (file: File) => void }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const told = useToldAnswer();
  const { definition, questions } = room;
  const { electionId, paper: ballotPaper } = definition;
  const [stage, setStage] = useState<Stage>({ kind: "empty" });
  const [files, setFiles] = useState<readonly Made[]>([]);
  const [fault, setFault] = useState<string>();
  const [unrecorded, setUnrecorded] = useState<OfficeAnswer<unknown>>();
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>("letter");
  const asking = useRef<Asking<AskedCards, ToldCards>>(undefined);
  useEffect(() => () => asking.current?.stop(), []);

  const make = async (file: File): Promise<void> => {
    setFault(undefined);
    setUnrecorded(undefined);
    setFiles([]);
    setStage({ kind: "making", done: 0, total: 0 });
    const worker = startAsking<AskedCards, ToldCards>(script, (done, total) =>
      setStage((last) => (last.kind === "making" ? { kind: "making", done, total } : last)),
    );
    asking.current = worker;
    const path = ballotPaper === undefined ? [electionId] : ["paper", ballotPaper];
    worker.ask({ kind: "cards", file, path, questions, site: location.origin, paper, atMs: Date.now() });
    const written: Made[] = [];
    for (;;) {
      const answer = await worker.next();
      if (answer.kind === "progress") continue;
      if (answer.kind === "file") {
        written.push({ name: answer.name, blob: answer.blob });
        continue;
      }
      worker.stop();
      if (answer.kind !== "cards") {
        setFault(answer.kind === "refused" ? answer[language] : t.officeRoll.letters.failed);
        return setStage({ kind: "empty" });
      }
      setFiles([...written].sort((a, b) => a.name.localeCompare(b.name)));
      setStage({ kind: "made", made: answer });
      const { letters, sha256 } = answer;
      const recorded = await officePost(`/office/elections/${encodeURIComponent(electionId)}/roll/letters`, {
        ...{ letters, name: file.name, sha256 },
      });
      if (recorded.kind !== "ok") setUnrecorded(recorded);
      return;
    }
  };

  const roll = files.find(({ name }) => name === ROLL_FILE);
  const letters = files.filter(isLetters);
  // For the printer: without the list that has the identities beside the codes.
  const saveLetters = async (): Promise<void> => {
    const zipped = downloadZip(letters.map(({ name, blob }) => ({ name, input: blob })));
    saveBlob("letters.zip", await zipped.blob());
  };
  return (
    <section class="roll-section" aria-labelledby="roll-letters">
      <h2 id="roll-letters">{t.officeRoll.letters.title}</h2>
      {fault !== undefined && (
        <p role="alert" class="refusal lines">
          {fault}
        </p>
      )}
      {stage.kind === "empty" && (
        <>
          <p>{t.officeRoll.letters.intro}</p>
          <p class="quiet">{t.officeRoll.letters.columnsHint}</p>
          {questions.every(({ contact }) => contact === undefined) && (
            <p class="refusal">{t.officeRoll.letters.noContact}</p>
          )}
          <SelectField
            label={t.officeRoll.letters.paper}
            value={paper}
            options={PAPERS.map((value) => ({ value, text: t.officeRoll.letters.papers[value] }))}
            onChange={setPaper}
          />
          <FilePick
            label={t.officeRoll.letters.choose}
            drop={t.officeRoll.file.drop}
            onPick={(file) => void make(file)}
          />
        </>
      )}
      {stage.kind === "making" &&
        (stage.total === 0 ? (
          <p role="status">{t.officeRoll.letters.preparing}</p>
        ) : (
          <ProgressBar label={t.officeRoll.letters.making} done={stage.done} total={stage.total} />
        ))}
      {stage.kind === "made" && (
        <>
          <p role="status">{t.officeRoll.letters.made(stage.made.letters)}</p>
          {unrecorded !== undefined && (
            <p role="alert" class="refusal">
              {told(unrecorded)}
            </p>
          )}
          <ul class="made-files">
            {letters.length > 1 && (
              <li>
                <button type="button" class="button" onClick={() => void saveLetters()}>
                  {t.officeRoll.letters.saveAll(letters.length)}
                </button>
              </li>
            )}
            {files.map(({ name, blob }) => (
              <li key={name}>
                <button type="button" class="button" onClick={() => saveBlob(name, blob)}>
                  {t.officeRoll.letters.save(name)}
                </button>
              </li>
            ))}
          </ul>
          {roll !== undefined && (
            <>
              <p class="quiet">{t.officeRoll.letters.toRollHint}</p>
              <button
                type="button"
                class="button primary"
                onClick={() => onRoll(new File([roll.blob], ROLL_FILE, { type: "text/csv" }))}
              >
                {t.officeRoll.letters.toRoll}
              </button>
            </>
          )}
          <button type="button" class="button plain" onClick={() => setStage({ kind: "empty" })}>
            {t.officeRoll.letters.again}
          </button>
        </>
      )}
    </section>
  );
}
