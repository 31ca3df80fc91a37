import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isTrustees } from "#core/contest.ts";
import type { Language } from "#core/language.ts";
import { groupTrackingCode, readTrackingCode, type TrackingCodeFault } from "#core/tracking-code.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { Answer } from "#web/api.ts";
import { findBallot, type Whereabouts } from "#web/check/lookup.ts";
import { WhereItIs } from "#web/check/where-it-is.tsx";
import { useBilingual, useCheckMessages, useLanguage } from "#web/messages/catalogue.ts";
import { type Place, takeReceiptLink } from "#web/navigation.ts";
import type { ReceiptLink } from "#web/receipt-link.ts";
import { api, Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { AboutVote, Heading } from "#web/shell/heading.tsx";
import { lazily } from "#web/shell/lazy-page.tsx";
import { InputFault } from "#web/vote/step.tsx";
import "#web/styles/stub.css";

/** The same part as a ballot's, named here once more: shared, its name would be a file of its own. */
const Trustees = lazily("trustees", async () => (await import("#web/trustees/trustees.tsx")).Trustees);

/** The public elections, and the one that a link names: one for rehearsal is in no list. */
async function electionsWith(
  language: Language,
  electionId: string | undefined,
): Promise<Answer<readonly PublicElection[]>> {
  const listed = await api.elections(language);
  if (listed.kind !== "ok" || electionId === undefined) return listed;
  if (listed.body.some((one) => one.election_id === electionId)) return listed;
  const named = await api.election(language, electionId);
  return named.kind === "ok" ? { kind: "ok", body: [...listed.body, named.body] } : listed;
}

/** Looks up a tracking code, typed or brought by a link or QR code. */
export function CheckPage({ electionId, place }: Readonly<{ electionId?: string; place: Place }>) {
  const language = useLanguage();
  const { answer, retry } = useAnswer(`elections ${electionId ?? ""}`, () => electionsWith(language, electionId));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return (
    <Check elections={answer.body} linked={answer.body.find((one) => one.election_id === electionId)} place={place} />
  );
}

function Check({
  elections,
  linked,
  place,
}: Readonly<{ elections: readonly PublicElection[]; linked: PublicElection | undefined; place: Place }>) {
  const t = useCheckMessages();
  const language = useLanguage();
  const inLanguage = useBilingual();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [requestId, setRequestId] = useState<string>();
  const [fault, setFault] = useState<TrackingCodeFault>();
  const [found, setFound] = useState<Whereabouts | "looking">();
  /** Drops answers to earlier questions. */
  const asked = useRef(0);

  const look = async ({ trackingCode, ...link }: ReceiptLink): Promise<void> => {
    const read = readTrackingCode(trackingCode);
    setFault(read.kind === "read" ? undefined : read);
    if (read.kind !== "read") {
      setFound(undefined);
      field.current?.focus();
      return;
    }
    asked.current += 1;
    const question = asked.current;
    setFound("looking");
    const whereabouts = await findBallot(api, language, {
      trackingCode: trackingCode.replaceAll(/\s/g, ""),
      requestId: link.requestId,
      elections: linked === undefined ? elections : [linked],
    });
    if (question === asked.current) setFound(whereabouts);
  };
  useLayoutEffect(() => {
    const link = takeReceiptLink();
    if (link === undefined) return;
    setTyped(groupTrackingCode(link.trackingCode));
    setRequestId(link.requestId);
    void look(link);
  }, [place]);

  const said = (wrong: TrackingCodeFault): string =>
    wrong.kind === "wrong-length" ? t.check.wrongLength(wrong.length) : t.check.wrongCharacter(wrong.character);
  const submit = (event: Event): void => {
    event.preventDefault();
    void look(requestId === undefined ? { trackingCode: typed } : { trackingCode: typed, requestId });
  };
  return (
    <>
      {linked !== undefined && <p class="eyebrow">{inLanguage(linked.title)}</p>}
      <AboutVote value={linked === undefined ? "" : inLanguage(linked.title)}>
        <Heading text={t.site.check} isRefused={fault !== undefined} />
      </AboutVote>
      <p>{t.check.why}</p>
      <form onSubmit={submit} noValidate autocomplete="off">
        <div class="field">
          <label for="code">{t.check.code}</label>
          <p id="code-hint" class="quiet">
            {t.check.hint}
          </p>
          <input
            ref={field}
            id="code"
            class="code-field"
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              // A code that is typed is not the one that the link brought.
              setRequestId(undefined);
              setFault(undefined);
            }}
            autocomplete="off"
            autocapitalize="characters"
            autocorrect="off"
            spellcheck={false}
            required
            aria-invalid={fault !== undefined}
            aria-describedby="code-hint code-refusal"
          />
          <InputFault id="code-refusal" text={fault && said(fault)} />
        </div>
        <p class="quiet">{t.check.privacy}</p>
        <p class="actions">
          <button type="submit" class="button primary">
            {found === undefined ? t.check.look : t.check.again}
          </button>
        </p>
      </form>
      <div role="status">
        {found === "looking" && <p class="quiet">{t.check.looking}</p>}
        {found !== undefined && found !== "looking" && (
          <WhereItIs found={found} elections={elections} linked={linked} />
        )}
      </div>
      {linked !== undefined && isTrustees(linked.definition) && <Trustees at="check" electionId={linked.election_id} />}
    </>
  );
}
