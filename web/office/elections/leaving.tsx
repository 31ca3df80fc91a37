import { useEffect, useRef, useState } from "preact/hooks";
import { go } from "#web/navigation.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { isOfOffice, readOfficePath } from "#web/office/router.ts";
import { Dialog } from "#web/office/shell/dialog.tsx";

type Unsaved = Readonly<{ hasUnsaved: () => boolean; save: () => Promise<boolean>; forget: () => void }>;

const pageOf = (address: string): string => JSON.stringify(readOfficePath(new URL(address).pathname).route);

/**
 * Saves before the page is left, by a link or the browser's own buttons, and asks where that fails. Browsers without the Navigation API save
 * as the page goes; a closed tab is the browser's to ask about.
 */
export function Leaving({ hasUnsaved, save, forget }: Unsaved) {
  const t = useOfficeMessages();
  const [goOn, setGoOn] = useState<() => void>();
  const saveNow = useRef(save);
  saveNow.current = save;
  useEffect(() => {
    if (!("navigation" in window)) return;
    const onNavigate = (event: NavigateEvent): void => {
      const { destination, navigationType } = event;
      if (!event.cancelable || event.downloadRequest !== null || !hasUnsaved()) return;
      // The same page in the other language loses nothing.
      if (isOfOffice(new URL(destination.url).pathname) && pageOf(destination.url) === pageOf(location.href)) return;
      event.preventDefault();
      const leave = (): void => {
        const { pathname, origin } = new URL(destination.url);
        if (navigationType === "traverse") navigation.traverseTo(destination.key);
        else if (origin === location.origin && isOfOffice(pathname)) go({ path: pathname });
        else location.assign(destination.url);
      };
      void saveNow.current().then((isSaved) => (isSaved ? leave() : setGoOn(() => leave)));
    };
    navigation.addEventListener("navigate", onNavigate);
    return () => navigation.removeEventListener("navigate", onNavigate);
  }, []);
  if (goOn === undefined) return null;
  const stay = (): void => setGoOn(undefined);
  const leave = (): void => {
    forget();
    goOn();
  };
  return (
    <Dialog title={t.officeElections.editor.leaveTitle} onClose={stay}>
      <p>{t.officeElections.editor.leaveWhat}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={stay}>
          {t.officeElections.editor.stay}
        </button>
        <button type="button" class="button grave" onClick={leave}>
          {t.officeElections.editor.leave}
        </button>
      </div>
    </Dialog>
  );
}
