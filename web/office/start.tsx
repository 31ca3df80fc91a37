import { render } from "preact";
import type { Language } from "#core/language.ts";
import { knowTexts } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import type { OfficeWords } from "#web/office/messages/office-words-en.ts";
import { knowOfficeWords } from "#web/office/messages/words.ts";
import { Console } from "#web/office/shell/console.tsx";
import { session } from "#web/office/sign-in/current.ts";
import "#web/styles/tokens.css";
import "#web/styles/page.css";
import "#web/styles/controls.css";
import "#web/styles/office-shell.css";
import "#web/styles/office-controls.css";
import "#web/styles/office-audit.css";
import "#web/styles/print.css";

/** Shows the console, with the texts that came with the script. */
export function startOffice(language: Language, texts: Messages, words: OfficeWords): void {
  knowTexts(language, texts);
  knowOfficeWords(language, words);
  const root = document.getElementById("site");
  if (root === null) return;
  // The browser may keep a page that was left, as it was: then nothing is on it, and coming back begins anew.
  addEventListener("pagehide", () => {
    session.hide();
    render(null, root);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
  root.replaceChildren();
  render(<Console />, root);
  void session.arrive();
}
