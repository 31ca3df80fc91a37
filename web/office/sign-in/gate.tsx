import { OFFICE_GROUPS } from "#core/office-groups.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { readOfficePath, writeOfficePath } from "#web/office/router.ts";
import { Dialog } from "#web/office/shell/dialog.tsx";
import { session } from "#web/office/sign-in/current.ts";
import type { SessionState } from "#web/office/sign-in/session.ts";
import { Heading } from "#web/shell/heading.tsx";

type Outside = Exclude<SessionState, Readonly<{ kind: "signed-in" | "lapsed" }>>;

/** In the place of every page, as long as nobody is signed in. */
export function NotSignedIn({ state, path }: Readonly<{ state: Outside; path: string }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { room } = readOfficePath(path).route;
  const isNone = room === "signed-in" || room === "signed-out";
  const from = isNone ? writeOfficePath(language, { room: "overview" }) : path;
  const signIn = (asksAgain: boolean) => () => void session.signIn(from, asksAgain);
  switch (state.kind) {
    case "arriving":
      return (
        <>
          <Heading text={t.signIn.arriving} />
          <p role="status" class="loading">
            {t.signIn.leaving}
          </p>
        </>
      );
    case "signed-out":
      return (
        <>
          <Heading text={t.signIn.signedOutTitle} />
          <p>{t.signIn.signedOut}</p>
          <button type="button" class="button primary" onClick={signIn(true)}>
            {t.signIn.again}
          </button>
        </>
      );
    case "signed-in-elsewhere":
      return (
        <>
          <Heading text={t.signIn.elsewhereTitle} />
          <p>{t.signIn.elsewhere}</p>
          <button type="button" class="button" onClick={signIn(false)}>
            {t.signIn.here}
          </button>
        </>
      );
    case "faulty":
      return <Faulty state={state} signIn={signIn} />;
    default:
      return state satisfies never;
  }
}

function Faulty({
  state: { fault, detail },
  signIn,
}: Readonly<{ state: Extract<Outside, { kind: "faulty" }>; signIn: (asksAgain: boolean) => () => void }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const isOutside = fault === "not-allowed" || fault === "not-accepted";
  const groups = new Intl.ListFormat(language).format(OFFICE_GROUPS.map((group) => t.shell.group[group]));
  return (
    <>
      <Heading text={t.signIn.faultTitle} isRefused />
      <p role="alert">{t.signIn.fault[fault]}</p>
      {fault === "not-allowed" && <p>{detail || t.signIn.groups(groups)}</p>}
      <div class="actions">
        <button type="button" class="button primary" onClick={signIn(false)}>
          {t.signIn.retry}
        </button>
        {isOutside && (
          <button type="button" class="button" onClick={signIn(true)}>
            {t.signIn.otherAccount}
          </button>
        )}
      </div>
    </>
  );
}

/** Above the page, which stays as it was. */
export function Lapsed({ address }: Readonly<{ address: string }>) {
  const t = useOfficeMessages();
  return (
    <Dialog title={t.signIn.lapsedTitle}>
      <p>{t.signIn.lapsed}</p>
      <div class="actions">
        <a class="button primary" href={address} target="_blank" rel="noopener">
          {t.signIn.lapsedLink}
        </a>
      </div>
    </Dialog>
  );
}
