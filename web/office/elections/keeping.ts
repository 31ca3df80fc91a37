import { useEffect, useRef, useState } from "preact/hooks";
import type { DraftAnswer, ListedDraft } from "#functions/office/elections/contract.ts";
import { type Draft, definitionOfDraft } from "#web/office/elections/draft.ts";
import { officePut } from "#web/office/shell/answers.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";

/** Keeps a draft on the server while it is written, one save at a time. */

const QUIET_MS = 1_200;

export type Keeping = Readonly<{
  /** Of what the server has; 0 before the first save. */
  version: number;
  savedAt: string | undefined;
  state: "saved" | "changed" | "saving" | "failed";
  answer?: OfficeAnswer<DraftAnswer>;
}>;

export const draftPath = (electionId: string): string => `/office/elections/${encodeURIComponent(electionId)}/draft`;

const began = (kept: ListedDraft | null): Keeping => ({
  version: kept?.version ?? 0,
  savedAt: kept?.saved_at,
  state: "saved",
});

export function useKeeping(electionId: string, kept: ListedDraft | null, draft: Draft) {
  const [keeping, setKeeping] = useState<Keeping>(() => began(kept));
  const newest = useRef(draft);
  const stored = useRef(draft);
  const version = useRef(keeping.version);
  const isSaving = useRef<Promise<boolean> | undefined>(undefined);
  newest.current = draft;

  const saveOnce = async (): Promise<boolean> => {
    const sent = newest.current;
    setKeeping((last) => ({ ...last, state: "saving" }));
    const body = { version: version.current, definition: definitionOfDraft(sent) };
    const answer = await officePut<DraftAnswer>(draftPath(electionId), body);
    if (answer.kind !== "ok" || answer.body.draft === null) {
      setKeeping((last) => ({ ...last, state: "failed", answer }));
      return false;
    }
    stored.current = sent;
    version.current = answer.body.draft.version;
    const { saved_at: savedAt } = answer.body.draft;
    const state = newest.current === sent ? "saved" : "changed";
    setKeeping({ version: version.current, savedAt, state });
    return true;
  };
  /** Saves what is on the page, if it is not saved; false when that failed. */
  const save = async (): Promise<boolean> => {
    while (stored.current !== newest.current || version.current === 0) {
      isSaving.current ??= saveOnce().finally(() => {
        isSaving.current = undefined;
      });
      if (!(await isSaving.current)) return false;
    }
    return true;
  };

  useEffect(() => {
    if (draft === stored.current) return;
    setKeeping((last) => (last.state === "failed" ? last : { ...last, state: "changed" }));
    const timer = setTimeout(() => void save(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (stored.current !== newest.current) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
      // Whoever leaves for another room goes on later.
      if (stored.current !== newest.current) void save();
    };
  }, []);
  return {
    keeping,
    save,
    versionNow: () => version.current,
    hasUnsaved: () => stored.current !== newest.current,
    /** What is not saved is to be lost. */
    forget: () => {
      stored.current = newest.current;
    },
  };
}
