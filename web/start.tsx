import { render } from "preact";
import type { Language } from "#core/language.ts";
import { knowTexts } from "#web/messages/catalogue.ts";
import type { Messages } from "#web/messages/en.ts";
import { Site } from "#web/shell/site.tsx";
import { surviveReloads } from "#web/vote/session.ts";
import "#web/styles/tokens.css";
import "#web/styles/page.css";
import "#web/styles/controls.css";
import "#web/styles/print.css";

/** Shows the site, with the texts that came with the script. The build makes a script for each file of `entries/`. */
export function start(language: Language, texts: Messages): void {
  knowTexts(language, texts);
  surviveReloads();
  const root = document.getElementById("site");
  if (root === null) return;
  root.replaceChildren();
  render(<Site />, root);
}
