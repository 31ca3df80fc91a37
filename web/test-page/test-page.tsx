import { useEffect, useRef, useState } from "preact/hooks";
import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { groupTrackingCode, readTrackingCode, TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";
import { type TestPageMessages, testPageEn } from "#web/messages/test-page-en.ts";
import { testPageFr } from "#web/messages/test-page-fr.ts";
import { readFragment } from "#web/receipt-link.ts";
import { forgetCode, noteCode, notedCode } from "#web/test-page/noted-code.ts";
import { ShownVerdict, type Verdict } from "#web/test-page/verdict.tsx";
import { remade } from "#web/trustees/remade.ts";
import { readQuestion, readTestLink } from "#web/trustees/test-link.ts";

/** Makes a tested ballot again, on another device than the one that sealed it. */

const SAY: Readonly<Record<Language, TestPageMessages>> = { fr: testPageFr, en: testPageEn };

/** A link that is scanned with a phone begins with some site's address: what is wanted is behind it. */
function codeIn(typed: string): string | undefined {
  const at = typed.indexOf("#");
  const read = readTrackingCode(at < 0 ? typed : typed.slice(at));
  return read.kind === "read" ? read.spellings[0] : undefined;
}

/** Where the page is part of a site, that site knows the question; a copy in a file knows nobody. */
async function askedOfSite(electionId: string): Promise<ElectionDefinition | undefined> {
  if (!location.protocol.startsWith("http")) return undefined;
  try {
    const response = await fetch(`/api/v1/elections/${encodeURIComponent(electionId)}`);
    const answer: Readonly<{ definition?: unknown }> = await response.json();
    return readQuestion(answer.definition);
  } catch {
    return undefined;
  }
}

async function questionIn(file: File): Promise<ElectionDefinition | undefined> {
  try {
    return readQuestion(JSON.parse(await file.text()));
  } catch {
    return undefined;
  }
}

type Fault = "code" | "link" | "file";

export function TestPage({ first }: Readonly<{ first: Language }>) {
  const [language, setLanguage] = useState(first);
  const [code, setCode] = useState(notedCode);
  const [link, setLink] = useState("");
  const [fault, setFault] = useState<Fault>();
  const [isFileNeeded, setFileNeeded] = useState(false);
  const [verdict, setVerdict] = useState<Verdict>();
  const file = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const t = SAY[language];

  const compare = async (typed: string, pasted: string): Promise<void> => {
    setVerdict(undefined);
    const shown = codeIn(typed);
    if (shown === undefined) return setFault("code");
    const read = await readTestLink(pasted);
    if (read === undefined) return setFault("link");
    const chosen = file.current?.files?.[0];
    const question =
      read.definition ?? (chosen === undefined ? await askedOfSite(read.electionId) : await questionIn(chosen));
    if (question === undefined || question.electionId !== read.electionId) {
      const isFirst = !isFileNeeded && chosen === undefined;
      setFileNeeded(true);
      return setFault(isFirst ? undefined : "file");
    }
    setFault(undefined);
    const ballot = remade(read, question);
    forgetCode();
    if (ballot === undefined) return setVerdict({ kind: "no-ballot" });
    setVerdict({ kind: ballot.trackingCode === shown ? "same" : "differs", shown, ballot, link: read });
  };
  const arrive = (): void => {
    const fragment = location.hash;
    if (fragment === "") return;
    // What it shows is in no history.
    history.replaceState(null, "", location.pathname + location.search);
    const scanned = readFragment(fragment);
    if (scanned !== undefined) {
      noteCode(scanned.trackingCode);
      setCode(groupTrackingCode(scanned.trackingCode));
      setLink("");
      setVerdict(undefined);
      return;
    }
    setLink(fragment);
    const noted = notedCode();
    if (noted !== "") void compare(noted, fragment);
  };
  useEffect(() => {
    arrive();
    addEventListener("hashchange", arrive);
    return () => removeEventListener("hashchange", arrive);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${t.name} – Scrutin`;
  }, [language]);
  useEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), [fault]);

  const again = (): void => {
    setCode("");
    setLink("");
    setVerdict(undefined);
    setFileNeeded(false);
  };
  const said = { code: t.codeFault, link: t.linkFault, file: t.fileFault };
  const faultOf = (of: Fault) => (
    <p id={`${of}-refusal`} class="field-refusal" role="alert">
      {fault === of && said[of]}
    </p>
  );
  return (
    <main class="page">
      <p class="eyebrow">
        Scrutin{" "}
        <button
          type="button"
          class="button plain"
          lang={language === "fr" ? "en" : "fr"}
          onClick={() => setLanguage(language === "fr" ? "en" : "fr")}
        >
          {t.other}
        </button>
      </p>
      <h1>{t.name}</h1>
      <p>{t.lead}</p>
      <form
        ref={form}
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void compare(code, link);
        }}
      >
        <h2>{t.codeTitle}</h2>
        <div class="field">
          <label for="code">{t.code}</label>
          <p id="code-hint" class="quiet">
            {t.codeHint}
          </p>
          <input
            id="code"
            class="code-field"
            value={code}
            maxLength={TRACKING_CODE_LENGTH * 20}
            onInput={({ currentTarget }) => setCode(currentTarget.value)}
            autocapitalize="characters"
            spellcheck={false}
            aria-invalid={fault === "code"}
            aria-describedby="code-hint code-refusal"
          />
          {faultOf("code")}
        </div>
        <h2>{t.linkTitle}</h2>
        <div class="field">
          <label for="link">{t.link}</label>
          <p id="link-hint" class="quiet">
            {t.linkHint}
          </p>
          <input
            id="link"
            class="code-field"
            value={link}
            onInput={({ currentTarget }) => setLink(currentTarget.value)}
            autocapitalize="off"
            spellcheck={false}
            aria-invalid={fault === "link"}
            aria-describedby="link-hint link-refusal"
          />
          {faultOf("link")}
        </div>
        {isFileNeeded && (
          <div class="field">
            <label for="file">{t.file}</label>
            <p id="file-hint" class="quiet">
              {t.fileHint}
            </p>
            <input
              ref={file}
              id="file"
              type="file"
              accept=".json,application/json"
              aria-invalid={fault === "file"}
              aria-describedby="file-hint file-refusal"
            />
            {faultOf("file")}
          </div>
        )}
        <p class="actions">
          <button type="submit" class="button primary">
            {t.compare}
          </button>
          {verdict !== undefined && (
            <button type="button" class="button" onClick={again}>
              {t.again}
            </button>
          )}
        </p>
      </form>
      {verdict !== undefined && <ShownVerdict verdict={verdict} language={language} t={t} />}
    </main>
  );
}
