import { useEffect, useRef, useState } from "preact/hooks";
import type { ElectionDefinition } from "#core/election.ts";
import type { BegunImport, EnteredImport, ImportPlan } from "#functions/office-roll/contract.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import script from "#web/office/roll/sheet.worker";
import type { Headings, Mapping, SheetSummary } from "#web/office/roll/sheet-reading.ts";
import type { AskedSheet, ToldSheet } from "#web/office/roll/worker-messages.ts";
import { officePost, officePut } from "#web/office/shell/answers.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";
import { saveBlob } from "#web/save-file.ts";
import { type Asking, startAsking } from "#web/worker-asking.ts";

/** A file of voters from the browser to the roll: read, sent block by block, compared, written. */

type Done = Extract<EnteredImport, { is_done: true }>;

export type Stage =
  | Readonly<{ kind: "empty" }>
  | Readonly<{ kind: "reading" | "sending" | "entering"; done: number; total: number }>
  /** Not every column is known yet. */
  | Readonly<{ kind: "columns" }>
  | Readonly<{ kind: "read"; summary: SheetSummary }>
  | Readonly<{ kind: "paused"; done: number; total: number }>
  | Readonly<{ kind: "checking" }>
  | Readonly<{ kind: "checked"; plan: ImportPlan }>
  | Readonly<{ kind: "done"; entered: Done }>;

const TRIES = 4;
const FIRST_PAUSE_MS = 500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again while the server is busy, or out of reach for a moment. */
async function patiently<T>(ask: () => Promise<OfficeAnswer<T>>): Promise<OfficeAnswer<T>> {
  for (let tried = 1; ; tried++) {
    const answer = await ask();
    if ((answer.kind !== "busy" && answer.kind !== "unreachable") || tried === TRIES) return answer;
    await pause((answer.kind === "busy" ? answer.retryAfterMs : undefined) ?? FIRST_PAUSE_MS * 2 ** tried);
  }
}

export function useUpload(definition: ElectionDefinition, onDone: () => void) {
  const language = useLanguage();
  const told = useToldAnswer();
  const [stage, setStage] = useState<Stage>({ kind: "empty" });
  const [headings, setHeadings] = useState<Headings>();
  const [fault, setFault] = useState<string>();
  const asking = useRef<Asking<AskedSheet, ToldSheet>>(undefined);
  const chosen = useRef<File>(undefined);
  const importId = useRef("");
  const sent = useRef<SheetSummary>(undefined);
  const isPaused = useRef(false);
  useEffect(() => () => asking.current?.stop(), []);
  const path = `/office/elections/${encodeURIComponent(definition.electionId)}/roll/imports`;

  const worker = (): Asking<AskedSheet, ToldSheet> => {
    asking.current ??= startAsking<AskedSheet, ToldSheet>(script, (done, total) =>
      setStage((last) => (last.kind === "reading" ? { kind: "reading", done, total } : last)),
    );
    return asking.current;
  };

  /** The worker's answer; undefined after a failure, which is told. */
  const answered = async (): Promise<Exclude<ToldSheet, { kind: "refused" | "failed" }> | undefined> => {
    const answer = await worker().next();
    if (answer.kind !== "refused" && answer.kind !== "failed") return answer;
    setFault(answer.kind === "refused" ? answer[language] : "");
    setStage({ kind: "empty" });
    return undefined;
  };

  const read = async (file: File, mapping?: Mapping): Promise<void> => {
    chosen.current = file;
    setFault(undefined);
    setStage({ kind: "reading", done: 0, total: file.size });
    worker().ask({ kind: "read", file, definition, ...(mapping !== undefined && { mapping }) });
    const answer = await answered();
    if (answer === undefined) return;
    if (answer.kind === "headings" || answer.kind === "read") {
      const { headings: columns, mapping: known, wanted } = answer;
      setHeadings({ headings: columns, mapping: known, wanted });
    }
    setStage(answer.kind === "read" ? { kind: "read", summary: answer.summary } : { kind: "columns" });
  };

  const check = async (): Promise<void> => {
    setStage({ kind: "checking" });
    const answer = await patiently(() =>
      officePut<ImportPlan>(`${path}/${importId.current}/check`, { skip_bad: true }),
    );
    if (answer.kind === "ok") setStage({ kind: "checked", plan: answer.body });
    else {
      setFault(told(answer));
      setStage({ kind: "empty" });
    }
  };

  /** Sends what the server has not; goes on where it was after a pause, a failure or a reload. */
  const send = async (summary: SheetSummary): Promise<void> => {
    const { badRows: _, bad: __, ...file } = summary;
    const total = summary.blocks;
    sent.current = summary;
    isPaused.current = false;
    setFault(undefined);
    setStage({ kind: "sending", done: 0, total });
    const begun = await patiently(() => officePost<BegunImport>(path, file));
    if (begun.kind !== "ok") {
      setFault(told(begun));
      return setStage({ kind: "read", summary });
    }
    importId.current = begun.body.import_id;
    const there = new Set(begun.body.done);
    worker().ask({ kind: "rewind" });
    for (;;) {
      setStage({ kind: "sending", done: there.size, total });
      worker().ask({ kind: "block" });
      const block = await answered();
      if (block?.kind !== "block") return;
      const { rows } = block;
      if (rows === undefined) break;
      if (there.has(block.number)) continue;
      if (isPaused.current) return setStage({ kind: "paused", done: there.size, total });
      const put = await patiently(() => officePut(`${path}/${importId.current}/blocks/${block.number}`, { rows }));
      if (put.kind !== "ok") {
        setFault(told(put));
        return setStage({ kind: "paused", done: there.size, total });
      }
      there.add(block.number);
    }
    await check();
  };

  const enter = async (plan: ImportPlan, skipBad: boolean, reason: string): Promise<void> => {
    setFault(undefined);
    for (let done = 0; ; ) {
      setStage({ kind: "entering", done, total: plan.rows });
      const body = { skip_bad: skipBad, ...(reason !== "" && { reason }) };
      const answer = await patiently(() => officePost<EnteredImport>(`${path}/${importId.current}/enter`, body));
      if (answer.kind !== "ok") {
        setFault(told(answer));
        return setStage({ kind: "checked", plan });
      }
      if (answer.body.is_done) {
        setStage({ kind: "done", entered: answer.body });
        return onDone();
      }
      done = answer.body.rows;
    }
  };

  return {
    ...{ stage, headings, fault, read, send, enter },
    resume: () => sent.current && send(sent.current),
    readAgain: (mapping: Mapping) => chosen.current && read(chosen.current, mapping),
    pause() {
      isPaused.current = true;
    },
    async saveFaults(name: string): Promise<void> {
      worker().ask({ kind: "faults", language });
      const answer = await answered();
      if (answer?.kind === "faults") saveBlob(name, answer.blob);
    },
    reset() {
      setFault(undefined);
      setHeadings(undefined);
      setStage({ kind: "empty" });
    },
  };
}
export type Upload = ReturnType<typeof useUpload>;
